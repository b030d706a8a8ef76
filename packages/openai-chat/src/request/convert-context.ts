import type { AgentInputItem } from '@baton/core/model';
import type { ChatDialect } from '../chat-dialect.js';
import type { ReplayReasoning } from './replay-reasoning.js';

/** What items are converted with; the same for all calls of one model. */
export interface ConvertContext {
  /** The name of the model that is asked. */
  readonly model: string;
  readonly dialect: ChatDialect;
  /** Whether what would be lost is a `UserError`. */
  readonly strict: boolean;
  /** Whether everything in a tool output that the wire can carry is sent. */
  readonly preserveToolOutputAllContent: boolean;
  readonly replayReasoning: ReplayReasoning | undefined;
  readonly warnings: Warnings;
}

/** Says what was done differently than asked. */
export interface Warnings {
  /** At most once per code. */
  once(code: string, message: string): void;
  /** At most once per code and item. */
  ofItem(code: string, message: string, item: AgentInputItem): void;
}
