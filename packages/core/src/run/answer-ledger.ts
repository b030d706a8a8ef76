import type { RunItem, RunToolApprovalItem } from '../agent/index.js';
import { isLocalToolOutput } from '../tool/index.js';
import type { PendingCall, ToolAnswer } from './answer-tool-call.js';
import type { EarlyResult } from './run-data.js';
import { itemEvent } from './run-events.js';
import type { RunScope } from './run-scope.js';
import { toolResultItem } from './tool-result-item.js';
import { toRunItem } from './transcript.js';

/**
 * Records answers in call order although they come in any: an answer waits for those before it, in the
 * state, so that it is not lost where the process ends meanwhile.
 */
export class AnswerLedger {
  readonly interruptions: RunToolApprovalItem[] = [];
  readonly held: number[] = [];
  readonly #scope: RunScope;
  readonly #calls: readonly PendingCall[];
  readonly #answers: (ToolAnswer | typeof EARLY | undefined)[];
  #next = 0;
  #told: Promise<void> | undefined;

  constructor(scope: RunScope, calls: readonly PendingCall[]) {
    this.#scope = scope;
    this.#calls = calls;
    this.#answers = calls.map(({ seq }) => (scope.state.earlyResults.has(seq) ? EARLY : undefined));
  }

  /** Whether the call was answered already, by a process that ended before those before it were. */
  has(index: number): boolean {
    return this.#answers[index] !== undefined;
  }

  note(index: number, answer: ToolAnswer): void {
    this.#answers[index] = answer;
    while (this.#next < this.#calls.length && this.#answers[this.#next] !== undefined) {
      this.#record(this.#next++);
    }
    const call = this.#calls[index];
    if (index < this.#next || call === undefined || answer.type !== 'output') return;
    this.#scope.state.keepEarlyResult(call.seq, resultOf(call, answer));
  }

  /** Records what is left behind a call that never got its answer, and waits until all is told. */
  async close(): Promise<void> {
    for (; this.#next < this.#calls.length; this.#next++) this.#record(this.#next);
    await this.#told;
  }

  #record(index: number): void {
    const call = this.#calls[index];
    const answer = this.#answers[index];
    if (call === undefined || answer === undefined) return;
    const { state } = this.#scope;
    switch (answer.type) {
      case 'waiting':
        for (const waiting of answer.interruptions) {
          this.interruptions.push(waiting);
          this.#tell(waiting);
        }
        return;
      case 'held':
        this.held.push(call.seq);
        return;
      case 'early':
      case 'output': {
        const early = state.takeEarlyResult(call.seq);
        const result = answer.type === 'output' ? resultOf(call, answer) : early;
        if (result === undefined) return;
        const runItem = toRunItem(state.recordToolResult(result.item, 'tool', result.output), state.graph);
        if (runItem !== undefined) this.#tell(runItem);
        return;
      }
      default:
        answer satisfies never;
    }
  }

  #tell(item: RunItem): void {
    const written = this.#scope.ports.emit(itemEvent(item));
    if (written !== undefined) this.#told = Promise.resolve(this.#told).then(() => written);
  }
}

const EARLY = { type: 'early' } as const;

function resultOf({ toolCall }: PendingCall, answer: Extract<ToolAnswer, { type: 'output' }>): EarlyResult {
  const { value, output } = answer;
  const item = toolResultItem(toolCall, output);
  // What a local tool gave is in its item already.
  return isLocalToolOutput(output) ? { item } : { item, output: value };
}
