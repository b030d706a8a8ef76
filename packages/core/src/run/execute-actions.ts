import type { RunToolApprovalItem } from '../agent/index.js';
import { runConcurrently } from '../internal/run-concurrently.js';
import type { FunctionCallItem } from '../item/index.js';
import type { ToolResult } from '../tool/index.js';
import type { Activation } from './activate-agent.js';
import { AnswerLedger } from './answer-ledger.js';
import { answerToolCall, requireKnownTools } from './answer-tool-call.js';
import type { PendingCall } from './answer-tool-call.js';
import { executeHandoffs } from './execute-handoff.js';
import type { RunScope } from './run-scope.js';
import { toolForCall } from './tool-for-call.js';

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
export function executeActions(
  scope: RunScope,
  activation: Activation,
): ActionOutcome | Promise<ActionOutcome> {
  const { state } = scope;
  const handoffCalls: PendingCall<FunctionCallItem>[] = [];
  const toolCalls: PendingCall[] = [];
  for (const { seq, item, handoff } of state.openCalls()) {
    if (handoff === true && item.type === 'function_call') handoffCalls.push({ seq, toolCall: item });
    else toolCalls.push({ seq, toolCall: item });
  }
  if (toolCalls.length === 0 && handoffCalls.length === 0) return NOTHING_DONE;
  return actOn(scope, activation, { toolCalls, handoffCalls });
}

interface OpenActions {
  readonly toolCalls: readonly PendingCall[];
  readonly handoffCalls: readonly PendingCall<FunctionCallItem>[];
}

async function actOn(
  scope: RunScope,
  activation: Activation,
  { toolCalls, handoffCalls }: OpenActions,
): Promise<ActionOutcome> {
  requireKnownTools(scope, activation, toolCalls);
  const { interruptions, held } = await answerAll(scope, activation, toolCalls);
  const handedOff =
    handoffCalls.length > 0 &&
    interruptions.length === 0 &&
    (await executeHandoffs(scope, activation, handoffCalls));
  return { interruptions, held, handedOff };
}

const NOTHING_DONE: ActionOutcome = { interruptions: [], held: [], handedOff: false };

async function answerAll(
  scope: RunScope,
  activation: Activation,
  calls: readonly PendingCall[],
): Promise<Pick<ActionOutcome, 'interruptions' | 'held'>> {
  const ledger = new AnswerLedger(scope, calls);
  const answerLane = async (lane: Lane, signal: AbortSignal | undefined): Promise<void> => {
    let held = false;
    for (const [index, call] of lane) {
      if (call !== lane[0]?.[1]) signal?.throwIfAborted();
      const onOutput = (result: ToolResult): void => ledger.keep(call, result);
      const answer = await answerToolCall(scope, activation, { call, signal, held, onOutput });
      ledger.note(index, answer);
      held ||= answer.type !== 'output';
    }
  };
  try {
    const lanes = lanesOf(activation, ledger.unanswered());
    const limit = scope.config.toolExecution?.maxFunctionToolConcurrency ?? undefined;
    await runConcurrently(lanes, answerLane, { signal: scope.signal, limit });
  } finally {
    // What did finish is recorded, even if a sibling failed.
    const told = ledger.close();
    if (told !== undefined) await told;
  }
  return ledger;
}

type Lane = [index: number, call: PendingCall][];

/** Calls that run at the same time, those of a lane in one list: the next has to see what the one before did. */
function lanesOf(activation: Activation, calls: Readonly<Lane>): readonly Lane[] {
  const [only] = calls;
  if (only !== undefined && calls.length === 1) return [[only]];
  const lanes: Lane[] = [];
  const byName = new Map<string, Lane>();
  for (const [index, call] of calls) {
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

