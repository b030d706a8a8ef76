import type { RunItem, RunToolApprovalItem } from '../agent/index.js';
import { runConcurrently } from '../internal/run-concurrently.js';
import type { FunctionCallItem } from '../item/index.js';
import { isLocalToolOutput } from '../tool/index.js';
import type { Activation } from './activate-agent.js';
import { answerToolCall, requireKnownTools } from './answer-tool-call.js';
import type { PendingCall, ToolAnswer } from './answer-tool-call.js';
import { executeHandoffs } from './execute-handoff.js';
import { itemEvent } from './run-events.js';
import type { RunScope } from './run-scope.js';
import { toolForCall } from './tool-for-call.js';
import { toolResultItem } from './tool-result-item.js';
import { toRunItem } from './transcript.js';

/** What became of the actions of a turn. */
export interface ActionOutcome {
  /** Calls that wait for a human. */
  readonly interruptions: readonly RunToolApprovalItem[];
  /** Calls that stand behind one of those, by place in the transcript. */
  readonly held: readonly number[];
  readonly handedOff: boolean;
}

/**
 * Step 4: answers the open calls of the turn. Tools start in call order, run at the same time except in
 * lanes, and their outputs are recorded in call order; then the handoff, if there is one and nothing waits.
 */
export async function executeActions(
  scope: RunScope,
  activation: Activation,
): Promise<ActionOutcome> {
  const { state } = scope;
  const handoffCalls: PendingCall<FunctionCallItem>[] = [];
  const toolCalls: PendingCall[] = [];
  for (const { seq, item, handoff } of state.openCalls()) {
    if (handoff === true && item.type === 'function_call') handoffCalls.push({ seq, toolCall: item });
    else toolCalls.push({ seq, toolCall: item });
  }
  requireKnownTools(scope, activation, toolCalls);
  const { interruptions, held } = await answerAll(scope, activation, toolCalls);
  const handedOff =
    handoffCalls.length > 0 &&
    interruptions.length === 0 &&
    (await executeHandoffs(scope, activation, handoffCalls));
  return { interruptions, held, handedOff };
}

async function answerAll(
  scope: RunScope,
  activation: Activation,
  calls: readonly PendingCall[],
): Promise<Pick<ActionOutcome, 'interruptions' | 'held'>> {
  const ledger = new AnswerLedger(scope, calls);
  try {
    await runConcurrently(
      lanesOf(activation, calls),
      async (lane, signal) => {
        let held = false;
        for (const [index, call] of lane) {
          if (call !== lane[0]?.[1]) signal.throwIfAborted();
          const answer = await answerToolCall(scope, activation, { call, signal, held });
          ledger.note(index, answer);
          held ||= answer.type !== 'output';
        }
      },
      { signal: scope.signal, limit: scope.config.toolExecution?.maxFunctionToolConcurrency ?? undefined },
    );
  } finally {
    // What did finish is recorded, even if a sibling failed.
    await ledger.close();
  }
  return ledger;
}

type Lane = [index: number, call: PendingCall][];

/** Calls that run at the same time, those of a lane in one list: the next has to see what the one before did. */
function lanesOf(activation: Activation, calls: readonly PendingCall[]): readonly Lane[] {
  const lanes: Lane[] = [];
  const byName = new Map<string, Lane>();
  for (const [index, call] of calls.entries()) {
    const name = toolForCall(activation, call.toolCall)?.lane;
    const lane = name === undefined ? undefined : byName.get(name);
    if (lane !== undefined) {
      lane.push([index, call]);
      continue;
    }
    const own: Lane = [[index, call]];
    lanes.push(own);
    if (name !== undefined) byName.set(name, own);
  }
  return lanes;
}

/** Records answers in call order although they come in any: an answer waits for those before it. */
class AnswerLedger {
  readonly interruptions: RunToolApprovalItem[] = [];
  readonly held: number[] = [];
  readonly #scope: RunScope;
  readonly #calls: readonly PendingCall[];
  readonly #answers: (ToolAnswer | undefined)[];
  #next = 0;
  #told: Promise<void> | undefined;

  constructor(scope: RunScope, calls: readonly PendingCall[]) {
    this.#scope = scope;
    this.#calls = calls;
    this.#answers = calls.map(() => undefined);
  }

  note(index: number, answer: ToolAnswer): void {
    this.#answers[index] = answer;
    while (this.#next < this.#calls.length && this.#answers[this.#next] !== undefined) {
      this.#record(this.#next++);
    }
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
    if (answer.type === 'waiting') {
      for (const waiting of answer.interruptions) {
        this.interruptions.push(waiting);
        this.#tell(waiting);
      }
      return;
    }
    if (answer.type === 'held') {
      this.held.push(call.seq);
      return;
    }
    const { value, output } = answer;
    const rawItem = toolResultItem(call.toolCall, output);
    // What a local tool gave is in its item already.
    const entry = state.recordToolResult(rawItem, 'tool', isLocalToolOutput(output) ? undefined : value);
    const runItem = toRunItem(entry, state.graph);
    if (runItem !== undefined) this.#tell(runItem);
  }

  #tell(item: RunItem): void {
    const written = this.#scope.ports.emit(itemEvent(item));
    if (written !== undefined) this.#told = Promise.resolve(this.#told).then(() => written);
  }
}
