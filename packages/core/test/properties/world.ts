import type { AgentInputItem } from '../../src/index.js';
import type { Execution } from './world-tool.js';
import { StrictServer } from './strict-server.js';
import { WorldSession } from './world-session.js';
import type { Decision, WorldPlan } from './world-plan.js';

/** What outlives a process: the provider, the session, the effects of tools, and what was seen. */
export class World {
  readonly plan: WorldPlan;
  readonly server: StrictServer = new StrictServer();
  readonly session: WorldSession | undefined;
  /** Every start of a function tool, in order. */
  readonly executions: Execution[] = [];
  /** Calls that a human agreed to, by key, and tools for good, by name. */
  readonly approved: Set<string> = new Set();
  /** Calls that a human has decided on, by key, and tools for good, by run and name. */
  readonly decided: Set<string> = new Set();
  /** The conversations that its runs and its session were left with. */
  readonly left: (readonly AgentInputItem[])[] = [];
  /** Laws that were seen broken while the world was running. */
  readonly problems: string[] = [];
  readonly #modelCalls = new Map<string, number>();
  readonly #count: (what: string) => void;
  /** Hooks called so far. */
  hooks = 0;
  #ids = 0;
  #questions = 0;
  #decisions = 0;
  #writes = 0;

  constructor(plan: WorldPlan, count: (what: string) => void) {
    this.plan = plan;
    this.#count = count;
    if (plan.memory === 'session') this.session = new WorldSession(this);
  }

  newId(prefix: string): string {
    return `${prefix}_${++this.#ids}`;
  }

  newQuestion(): string {
    return `Question ${++this.#questions}`;
  }

  /** How often the agent's model has been asked before. */
  nextModelCall(agent: string): number {
    const before = this.#modelCalls.get(agent) ?? 0;
    this.#modelCalls.set(agent, before + 1);
    return before;
  }

  nextDecision(): Decision {
    const { decisions } = this.plan;
    return decisions[this.#decisions++ % decisions.length] ?? 'approve';
  }

  /** The number of this write to the session, from 1. */
  nextWrite(): number {
    return ++this.#writes;
  }

  /** Counts that something happened, for the test's own coverage. */
  seen(what: string): void {
    this.#count(what);
  }

  /** A law is broken. */
  broken(law: string): void {
    this.problems.push(law);
  }
}
