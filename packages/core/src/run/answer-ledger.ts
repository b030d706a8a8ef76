import type { RunItem, RunToolApprovalItem } from '../agent/index.js';
import { WaitList } from '../internal/wait-list.js';
import { isLocalToolOutput } from '../tool/index.js';
import type { ToolResult } from '../tool/index.js';
import type { PendingCall, ToolAnswer } from './answer-tool-call.js';
import type { EarlyResult } from './run-data.js';
import { itemEvent } from './run-events.js';
import type { RunScope } from './run-scope.js';
import { toolResultItem } from './tool-result-item.js';
import { toRunItem } from './transcript.js';

/**
 * Records answers in call order although they come in any. Outputs wait for those before them, and for their
 * own hooks, in the state, so that they are not lost where a hook fails or the process ends meanwhile.
 */
export class AnswerLedger {
  readonly interruptions: RunToolApprovalItem[] = [];
  readonly held: number[] = [];
  readonly #scope: RunScope;
  readonly #calls: readonly PendingCall[];
  readonly #answers: (ToolAnswer | undefined)[];
  /** Calls whose outputs are there from the beginning. */
  readonly #before: ReadonlySet<number>;
  #next = 0;
  readonly #told = new WaitList();

  constructor(scope: RunScope, calls: readonly PendingCall[]) {
    this.#scope = scope;
    this.#calls = calls;
    this.#answers = calls.map(() => undefined);
    const { earlyResults } = scope.state;
    this.#before =
      earlyResults.size === 0
        ? NONE
        : new Set(calls.flatMap(({ seq }, index) => (earlyResults.has(seq) ? [index] : [])));
  }

  /** The calls, with their places, that have no output of a process that is no more. */
  unanswered(): [index: number, call: PendingCall][] {
    const all = this.#calls.map((call, index): [number, PendingCall] => [index, call]);
    return this.#before.size === 0 ? all : all.filter(([index]) => !this.#before.has(index));
  }

  /** What a tool gave, before its end is told. */
  keep(call: PendingCall, result: ToolResult): void {
    const { state } = this.#scope;
    state.keepEarlyResult(call.seq, resultOf(call, result));
    state.forgetNestedRuns(call.seq);
  }

  note(index: number, answer: ToolAnswer): void {
    this.#answers[index] = answer;
    while (this.#before.has(this.#next) || this.#answers[this.#next] !== undefined) this.#record(this.#next++);
  }

  /** Records what is left behind a call that never got its answer, and waits until all is told. */
  close(): void | Promise<void> {
    for (; this.#next < this.#calls.length; this.#next++) this.#record(this.#next);
    return this.#told.end();
  }

  #record(index: number): void {
    const call = this.#calls[index];
    if (call === undefined) return;
    const { state } = this.#scope;
    const early = state.takeEarlyResult(call.seq);
    const answer = this.#answers[index];
    switch (answer?.type) {
      case 'waiting':
        for (const waiting of answer.interruptions) {
          this.interruptions.push(waiting);
          this.#tell(waiting);
        }
        return;
      case 'held':
        this.held.push(call.seq);
        return;
      case 'output':
      case undefined: {
        const result = early ?? (answer && resultOf(call, answer));
        if (result === undefined) return;
        const { item, output } = result;
        const entry = state.recordToolResult(item, { call: call.seq, origin: 'tool', output });
        const runItem = toRunItem(entry, state.graph);
        if (runItem !== undefined) this.#tell(runItem);
        return;
      }
      default:
        answer satisfies never;
    }
  }

  #tell(item: RunItem): void {
    this.#told.add(this.#scope.ports.emit(itemEvent(item)));
  }
}

const NONE: ReadonlySet<number> = new Set();

function resultOf({ toolCall }: PendingCall, { value, output }: ToolResult): EarlyResult {
  const item = toolResultItem(toolCall, output);
  // What a local tool gave is in its item already.
  return isLocalToolOutput(output) ? { item } : { item, output: value };
}
