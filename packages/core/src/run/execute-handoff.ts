import { getTransferMessage, toConversationItems } from '../agent/index.js';
import type { AnyAgent, HandoffInputFilter, RunItem } from '../agent/index.js';
import { ModelBehaviorError, UserError } from '../error/index.js';
import { orAbort } from '../internal/abort-scope.js';
import { isRecord } from '../internal/json.js';
import type { AgentInputItem, FunctionCallItem, FunctionCallResultItem } from '../item/index.js';
import { withSpan } from '../trace/index.js';
import type { Activation } from './activate-agent.js';
import { nestedHistory } from './nest-history.js';
import type { PendingCall } from './answer-tool-call.js';
import { visibleItems } from './conversation.js';
import { dropNewlyUnpaired } from './drop-unpaired.js';
import { itemEvent } from './run-events.js';
import type { AnyRunState, RunScope } from './run-scope.js';
import { functionResultItem } from './tool-result-item.js';
import { toRunItem } from './transcript.js';
import type { TranscriptEntry } from './transcript.js';

/** What a model reads of a handoff beside the one that was taken [RUN-21]. */
export const IGNORED_HANDOFF_MESSAGE = 'Multiple handoffs detected, ignoring this one.';

/** Takes the first handoff of the turn and answers the others; `true` as the run goes on elsewhere. */
export async function executeHandoffs(
  scope: RunScope,
  activation: Activation,
  calls: readonly PendingCall<FunctionCallItem>[],
): Promise<true> {
  const [first, ...ignored] = calls;
  const handoff = first && activation.handoffs.get(first.toolCall.name);
  if (first === undefined || handoff === undefined) {
    throw new ModelBehaviorError(
      `Handoff ${first?.toolCall.name ?? ''} not found in agent ${activation.agent.name}`,
    );
  }
  const { state, ports } = scope;
  const fromAgent = activation.agent;
  const turnStart = state.turnEntries()[0]?.seq ?? 0;
  const span = scope.tracer.startSpan({ type: 'handoff', from_agent: fromAgent.name }, scope.span);
  await withSpan(span, async () => {
    if (ignored.length > 0) {
      const requested = calls.map((call) => call.toolCall.name);
      span.setError({ message: 'Multiple handoffs requested', name: 'MultipleHandoffs', data: { requestedAgents: requested } });
    }
    await orAbort(handoff.onInvokeHandoff(state.context, first.toolCall.arguments), scope.signal);
    const target: AnyAgent = handoff.agent;
    if (span.data.type === 'handoff') span.data.to_agent = target.name;
    for (const call of ignored) {
      const item = functionResultItem(call.toolCall, IGNORED_HANDOFF_MESSAGE);
      await tell(scope, toRunItem(state.recordToolResult(item, { call: call.seq, origin: 'tool' }), state.graph));
    }
    const output = functionResultItem(first.toolCall, getTransferMessage(target));
    // Before the agent changes: one that goes on after a failure must not see what it was to be kept from.
    const taken = { call: first.seq, target };
    const filter = handoff.inputFilter ?? scope.config.handoffInputFilter;
    const view =
      filter === undefined
        ? await orAbort(nestedHistory(scope, output), scope.signal)
        : await orAbort(filteredItems(scope, filter, { turnStart, output, taken }), scope.signal);
    const entry = state.switchAgent(output, taken);
    if (view !== undefined) state.setView(view);
    await tell(scope, toRunItem(entry, state.graph));
    await ports.emit({ type: 'agent_handoff', fromAgent, toAgent: target });
  });
  return true;
}

async function tell(scope: RunScope, item: RunItem | undefined): Promise<void> {
  if (item !== undefined) await scope.ports.emit(itemEvent(item));
}

interface Filtering {
  readonly turnStart: number;
  readonly output: FunctionCallResultItem;
  readonly taken: { readonly call: number; readonly target: AnyAgent };
}

/** What the filter lets the next agent see: checked, as a model refuses half a conversation. */
async function filteredItems(
  scope: RunScope,
  filter: HandoffInputFilter,
  { turnStart, output, taken }: Filtering,
): Promise<AgentInputItem[]> {
  const { state } = scope;
  if (state.server !== undefined) {
    throw new UserError(
      'A handoff input filter cannot be used while the provider keeps the conversation: it already has what the filter takes out. ' +
        'Leave out conversationId, previousResponseId and autoPreviousResponseId, or the filter.',
    );
  }
  if (typeof filter !== 'function') {
    throw new UserError(`Invalid input filter: expected a function, got ${typeof filter}.`);
  }
  const transcript = [...state.transcript, toEntry(state, output, taken)];
  const runItems = (from: number, to: number): RunItem[] =>
    transcript.slice(from, to).flatMap((entry) => toRunItem(entry, state.graph) ?? []);
  const base = state.view;
  const inputEnd = state.transcript.findIndex((entry) => entry.turn > 0);
  const given = inputEnd < 0 ? state.transcript.length : inputEnd;
  const preFrom = Math.max(base?.upTo ?? given, given);
  const result = await filter({
    inputHistory: base?.items ?? state.transcript.slice(0, given).map((entry) => entry.item),
    preHandoffItems: runItems(preFrom, turnStart),
    newItems: runItems(Math.max(preFrom, turnStart), transcript.length),
    runContext: state.context,
  });
  if (!isRecord(result) || !Array.isArray(result.inputHistory) || !Array.isArray(result.preHandoffItems) || !Array.isArray(result.newItems)) {
    throw new UserError(
      'Invalid input filter result: a handoff input filter must return { inputHistory, preHandoffItems, newItems }, each a list.',
    );
  }
  const items = [
    ...result.inputHistory,
    ...toConversationItems(result.preHandoffItems),
    ...toConversationItems(result.newItems),
  ];
  return [...dropNewlyUnpaired(items, [...visibleItems(state), output])];
}

/** The output of the handoff as the entry that it will be. */
function toEntry(
  { transcript, turn, agentKey, graph }: AnyRunState,
  item: FunctionCallResultItem,
  { call, target }: Filtering['taken'],
): TranscriptEntry {
  return { seq: transcript.length, turn, agent: agentKey, origin: 'handoff', item, call, target: graph.keyOf(target) };
}
