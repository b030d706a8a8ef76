import type { AgentInputItem, Logger, ModelRequest, ModelWarning } from '@baton/core/model';
import type { Warnings } from './convert-context.js';

/** What was said already. */
export interface Said {
  readonly codes: Set<string>;
  readonly items: Map<AgentInputItem, Set<string>> | undefined;
}

/** What the warnings of one call need to know. */
export interface WarningsOptions {
  /** What the model itself has said, for calls outside of runs. */
  readonly said: Said;
  readonly logger: Logger;
}

/** The warnings of one call: to the run's logger, and onto its response. */
export class RequestWarnings implements Warnings {
  /** What was said in this call. */
  readonly list: ModelWarning[] = [];
  readonly #said: Said;
  readonly #logger: Logger;

  /** In a run the run remembers, so that a model made anew for each turn says nothing twice [D4]. */
  constructor(request: ModelRequest, { said, logger }: WarningsOptions) {
    this.#said = request.runMemory === undefined ? said : saidInRun(request.runMemory);
    this.#logger = request.logger ?? logger;
  }

  once(code: string, message: string): void {
    if (this.#said.codes.has(code)) return;
    this.#said.codes.add(code);
    this.#say(code, message);
  }

  ofItem(code: string, message: string, item: AgentInputItem): void {
    const { items } = this.#said;
    if (items?.get(item)?.has(code) === true) return;
    items?.set(item, new Set([...(items.get(item) ?? []), code]));
    this.#say(code, message);
  }

  #say(code: string, message: string): void {
    this.list.push({ code, message });
    this.#logger.warn(message);
  }
}

/** Nothing said so far, by a model; each call outside of a run speaks of its items anew. */
export function nothingSaid(): Said {
  return { codes: new Set(), items: undefined };
}

function saidInRun(memory: NonNullable<ModelRequest['runMemory']>): Said {
  // Only this function writes under this key.
  let said = memory.get(KEY) as Said | undefined;
  if (said === undefined) {
    said = { codes: new Set(), items: new Map() };
    memory.set(KEY, said);
  }
  return said;
}

const KEY = '@baton/openai-chat: warnings';
