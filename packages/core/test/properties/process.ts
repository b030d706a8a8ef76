import type { ModelMiddleware, ModelRequest, RunStreamEvent, StreamedRunResult } from '../../src/index.js';
import { systemRuntime } from '../../src/internal/runtime.js';
import type { Runtime } from '../../src/index.js';
import { VirtualTime } from './virtual-time.js';
import type { World } from './world.js';
import type { Disturbance } from './world-plan.js';

/** Something of the world that a run has started and has to wait for. */
export interface Activity {
  readonly what: string;
  /** A run may leave it behind, e.g. a model that does not listen to its signal. */
  readonly mayBeLeft: () => boolean;
}

/** One process: it has its own time, agents and run, and can die at any point. */
export class Process {
  readonly world: World;
  readonly number: number;
  readonly time: VirtualTime = new VirtualTime();
  readonly abort: AbortController = new AbortController();
  readonly active: Set<Activity> = new Set();
  readonly runtime: Runtime;
  /** Requests to models that this process has to count: those that came back, with the failed attempts before them. */
  requests = 0;
  /** Requests that the run had counted before this process. */
  requestsBefore = 0;
  /** Which call a command of the shell belongs to. */
  readonly shellKeys: Map<string, string> = new Map();
  /** What was still running when the run said that it was over. */
  leftAtEnd: readonly string[] = [];
  dead = false;
  /** What is left of a process that died: its state, if the app had one already. */
  snapshot: string | undefined;
  result: StreamedRunResult | undefined;
  reader: AsyncIterableIterator<RunStreamEvent> | undefined;
  readonly died: Promise<void>;
  #die: () => void = () => undefined;
  /** Attempts at a model call, by the input they were made with. */
  readonly #attempts = new Map<unknown, number>();
  #points = 0;
  #disturbance: Disturbance | undefined;

  /** @param number The how manieth process of the world it is, from 0. */
  constructor(world: World, number: number) {
    this.world = world;
    this.number = number;
    this.#disturbance = world.plan.disturbances[number];
    this.died = new Promise((resolve) => {
      this.#die = resolve;
    });
    this.runtime = {
      ...systemRuntime,
      now: () => this.time.now,
      newId: (prefix) => world.newId(prefix),
      random: () => 0.5,
      sleep: (ms, signal) => this.time.sleep(ms, 'run sleep', signal),
      startTimer: (ms, onTime) => this.time.startTimer(ms, onTime, 'run timer'),
    };
  }

  /** A point where the run meets the world: whatever shall happen here, happens now. */
  point(where: Disturbance['where'] = 'anywhere'): void {
    if (this.dead) return;
    const disturbance = this.#disturbance;
    if (disturbance === undefined || (disturbance.where === 'tool' && where !== 'tool')) return;
    if (this.#points++ < disturbance.at) return;
    if (!this.#disturb(disturbance.kind)) return;
    this.#disturbance = undefined;
    this.world.seen(disturbance.kind);
  }

  /** A point in code that can wait: a dead process never comes back from it. */
  async step(where?: Disturbance['where']): Promise<void> {
    this.point(where);
    if (this.dead) await NEVER;
  }

  /** Work of the world, as long as it takes; nobody hears of it when the process dies meanwhile. */
  async during<T>(activity: Activity, work: () => Promise<T>): Promise<T> {
    if (this.dead) await NEVER;
    this.active.add(activity);
    try {
      await this.step();
      return await work();
    } finally {
      this.active.delete(activity);
    }
  }

  /** Nothing more happens to it. */
  calm(): void {
    this.#disturbance = undefined;
  }

  noteAttempt({ input }: ModelRequest): void {
    this.#attempts.set(input, (this.#attempts.get(input) ?? 0) + 1);
  }

  /** Counts a model call at the run's own port: what comes through it is the run's. */
  readonly countRequests: ModelMiddleware = async (call, next) => {
    const response = await next(call);
    this.requests += this.#attempts.get(call.request.input) ?? 0;
    return response;
  };

  /** What is still running although it should not be. */
  leftBehind(): string[] {
    return [...this.active].filter((each) => !each.mayBeLeft()).map((each) => each.what);
  }

  #disturb(kind: Disturbance['kind']): boolean {
    const { result } = this;
    if (kind === 'abort' || result === undefined) {
      // A run that is not streamed can only be cancelled from outside.
      if (kind === 'crash' || kind === 'say') return false;
      this.abort.abort(new Error('aborted by the app'));
      return true;
    }
    switch (kind) {
      case 'crash':
        this.snapshot = result.state.toString();
        this.dead = true;
        this.#die();
        return true;
      case 'cancel':
        result.cancel();
        return true;
      case 'cancel_after_turn':
        result.cancel({ mode: 'after_turn' });
        return true;
      case 'leave':
        if (this.reader === undefined) result.cancel();
        else void this.reader.return?.();
        return true;
      case 'say':
        result.state.addInput(this.world.newQuestion());
        return true;
      default:
        return kind satisfies never;
    }
  }
}

/** What waits in a process that is no more. */
export const NEVER: Promise<never> = new Promise(() => undefined);
