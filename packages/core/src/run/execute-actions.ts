import type { RunItem, RunToolApprovalItem } from '../agent/index.js';
import { ModelBehaviorError } from '../error/index.js';
import { runConcurrently } from '../internal/run-concurrently.js';
import type { Activation } from './activate-agent.js';
import { answerToolCall, requireKnownTools } from './answer-tool-call.js';
import type { PendingCall, ToolAnswer } from './answer-tool-call.js';
import { executeHandoffs } from './execute-handoff.js';
import { itemEvent } from './run-events.js';
import type { RunScope } from './run-scope.js';
import { toolResultItem } from './tool-result-item.js';
import { toRunItem } from './transcript.js';

/** What became of the actions of a turn. */
export interface ActionOutcome {
  /** Calls that wait for a human. */
  readonly interruptions: readonly RunToolApprovalItem[];
  readonly handedOff: boolean;
}

/**
 * Step 4: answers the open calls of the turn. Function tools start in call order, run at the same time,
 * and their outputs are recorded in call order; then the handoff, if there is one and nothing waits.
 */
export async function executeActions(
  scope: RunScope,
  activation: Activation,
): Promise<ActionOutcome> {
  const { state } = scope;
  const handoffCalls: PendingCall[] = [];
  const toolCalls: PendingCall[] = [];
  for (const { seq, item, handoff } of state.openCalls()) {
    if (item.type !== 'function_call') throw missingLocalTool(item.type);
    (handoff === true ? handoffCalls : toolCalls).push({ seq, toolCall: item });
  }
  requireKnownTools(scope, activation, toolCalls);
  const interruptions = await answerAll(scope, activation, toolCalls);
  const handedOff =
    handoffCalls.length > 0 &&
    interruptions.length === 0 &&
    (await executeHandoffs(scope, activation, handoffCalls));
  return { interruptions, handedOff };
}

async function answerAll(
  scope: RunScope,
  activation: Activation,
  calls: readonly PendingCall[],
): Promise<readonly RunToolApprovalItem[]> {
  const ledger = new AnswerLedger(scope, calls);
  try {
    await runConcurrently(
      [...calls.entries()],
      async ([index, call], signal) => {
        ledger.note(index, await answerToolCall(scope, activation, { call, signal }));
      },
      { signal: scope.signal, limit: scope.config.toolExecution?.maxFunctionToolConcurrency ?? undefined },
    );
  } finally {
    // What did finish is recorded, even if a sibling failed.
    await ledger.close();
  }
  return ledger.interruptions;
}

/** Records answers in call order although they come in any: an answer waits for those before it. */
class AnswerLedger {
  readonly interruptions: RunToolApprovalItem[] = [];
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
    const rawItem = toolResultItem(call.toolCall, answer.output);
    const entry = state.recordToolResult(rawItem, 'tool', answer.value);
    const runItem = toRunItem(entry, state.graph);
    if (runItem !== undefined) this.#tell(runItem);
  }

  #tell(item: RunItem): void {
    const written = this.#scope.ports.emit(itemEvent(item));
    if (written !== undefined) this.#told = Promise.resolve(this.#told).then(() => written);
  }
}

function missingLocalTool(type: string): ModelBehaviorError {
  return new ModelBehaviorError(
    `The model produced a ${type} but the agent has no tool that can answer it. Add the tool, or do not offer it.`,
  );
}
