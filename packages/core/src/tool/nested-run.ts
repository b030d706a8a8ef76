import type { AgentInputItem } from '../item/index.js';
import type { Model, ModelSettings } from '../model/index.js';
import type { Session } from '../session/index.js';

/** Options of a run inside a tool call; everything else is the outer run's. */
export interface NestedRunOptions {
  readonly maxTurns?: number | null;
  readonly timeoutMs?: number;
  readonly model?: string | Model;
  readonly modelSettings?: ModelSettings;
  readonly session?: Session;
}

/** A run of another agent inside a tool call. */
export interface NestedRunRequest {
  /** An `Agent`; this room does not know the class. */
  readonly agent: { readonly name: string };
  readonly input: string | readonly AgentInputItem[];
  readonly options?: NestedRunOptions;
  /** Told each stream event of the nested run; makes its model calls streamed. */
  readonly onEvent?: (event: never) => void | Promise<void>;
  /** Cancels the nested run; the signal of the call does so in any case. */
  readonly signal?: AbortSignal | undefined;
}

/** How a nested run ended: with a `RunResult`, or waiting for a human. */
export type NestedRunOutcome =
  | { readonly type: 'done'; readonly result: object }
  | { readonly type: 'interrupted'; readonly interruption: NestedInterruption };

/** What a tool returns when a run inside it waits for a human; the outer run then waits, too. */
export class NestedInterruption {
  readonly type = 'nested_interruption';
}
