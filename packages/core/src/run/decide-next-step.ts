import type { AnyAgent, FunctionToolResult, RunToolApprovalItem } from '../agent/index.js';
import {
  InvalidFinalOutputError,
  ModelBehaviorError,
  ModelRefusalError,
  UserError,
} from '../error/index.js';
import { orAbort } from '../internal/abort-scope.js';
import { toJsonText } from '../internal/json.js';
import { isAssistantMessage, isToolCall, messageRefusal, messageText, toolCallName } from '../item/index.js';
import type { AssistantMessageItem } from '../item/index.js';
import { parseJson } from '../tool/index.js';
import type { Activation } from './activate-agent.js';
import type { ActionOutcome } from './execute-actions.js';
import type { RunScope } from './run-scope.js';
import { functionToolFor } from './tool-for-call.js';
import { toRunItem } from './transcript.js';

/** What the run does after a turn. */
export type NextStep =
  | { readonly type: 'run_again' }
  | { readonly type: 'handoff' }
  | { readonly type: 'interruption'; readonly interruptions: readonly RunToolApprovalItem[] }
  | { readonly type: 'final_output'; readonly output: unknown };

/** Step 5. A human comes first, then a handoff, then what the tools decide, then what the model said [RUN-14]. */
export function decideNextStep(
  scope: RunScope,
  activation: Activation,
  outcome: ActionOutcome,
): NextStep | Promise<NextStep> {
  const { interruptions } = outcome;
  if (interruptions.length > 0) return { type: 'interruption', interruptions };
  if (outcome.handedOff) return { type: 'handoff' };
  const behavior = activation.agent.toolUseBehavior;
  if (behavior === 'run_llm_again') return outputOfMessage(scope, activation);
  return outputOfTools(scope, activation, behavior).then((byTools) => byTools ?? outputOfMessage(scope, activation));
}

async function outputOfTools(
  scope: RunScope,
  activation: Activation,
  behavior: Exclude<AnyAgent['toolUseBehavior'], 'run_llm_again'>,
): Promise<NextStep | undefined> {
  const { agent } = activation;
  const results = functionToolResults(scope, activation);
  if (results.length === 0) return undefined;
  if (behavior === 'stop_on_first_tool') return finalFromTool(results[0]);
  if (typeof behavior === 'function') {
    const decided = await orAbort(behavior(scope.state.context, results), scope.signal);
    return decided.isFinalOutput ? final(decided.finalOutput) : undefined;
  }
  if (typeof behavior === 'object' && Array.isArray(behavior.stopAtToolNames)) {
    const stop = results.find((result) => behavior.stopAtToolNames.includes(result.tool.name));
    return stop && finalFromTool(stop);
  }
  throw new UserError(
    `Invalid toolUseBehavior of agent "${agent.name}": ${toJsonText(behavior)}. ` +
      "Use 'run_llm_again', 'stop_on_first_tool', { stopAtToolNames: [...] } or a function.",
  );

  function finalFromTool(result: FunctionToolResult | undefined): NextStep | undefined {
    return result && final(result.output);
  }
  function final(output: unknown): NextStep {
    // A text agent's final output is text, whatever the tool returned [RUN-25].
    return {
      type: 'final_output',
      output: agent.outputSpec.serialized === 'text' ? toJsonText(output) : output,
    };
  }
}

/** Outputs of the turn's function tools in call order, also those from before an interruption. */
function functionToolResults(
  { state }: RunScope,
  { functionTools }: Activation,
): FunctionToolResult[] {
  const entries = state.turnEntries();
  const results = new Map<number | string, FunctionToolResult>();
  for (const entry of entries) {
    const { item } = entry;
    const tool = item.type === 'function_call_result' ? functionToolFor(functionTools, item) : undefined;
    const runItem = toRunItem(entry, state.graph);
    if (tool === undefined || runItem?.type !== 'tool_call_output_item') continue;
    if (item.type !== 'function_call_result') continue;
    results.set(entry.call ?? item.callId, { tool, output: runItem.output, runItem });
  }
  return entries.flatMap(({ item, seq, origin }) => {
    if (origin !== 'model' || item.type !== 'function_call') return [];
    const refused = state.approvals.decisionOn(String(seq), toolCallName(item))?.approved === false;
    const result = results.get(seq) ?? results.get(item.callId);
    return result === undefined || refused ? [] : [result];
  });
}

function outputOfMessage(scope: RunScope, { agent }: Activation): NextStep | Promise<NextStep> {
  const messages: AssistantMessageItem[] = [];
  let called = false;
  let onlyThought = true;
  for (const { origin, item } of scope.state.turnEntries()) {
    if (origin !== 'model') continue;
    if (isAssistantMessage(item)) messages.push(item);
    called ||= isToolCall(item);
    onlyThought &&= item.type === 'reasoning';
  }
  const text = lastText(messages);
  if (text === undefined) {
    const refusal = messages.map(messageRefusal).find((each) => each !== undefined);
    if (refusal !== undefined) throw new ModelRefusalError(refusal);
  }
  const isText = agent.outputSpec.serialized === 'text';
  if (called && (isText || text === undefined)) return { type: 'run_again' };
  if (text === undefined && (!isText || onlyThought)) {
    throw new ModelBehaviorError(
      `The model gave agent "${agent.name}" an empty answer: no text, no tool call, no refusal. Run again, or try another model.`,
    );
  }
  return outputOfText(agent, text ?? '', called);
}

async function outputOfText(agent: AnyAgent, text: string, called: boolean): Promise<NextStep> {
  const parsed = await agent.outputSpec.parse(text);
  if (parsed.ok) return { type: 'final_output', output: parsed.value };
  // Beside its calls a model says in prose what it is about to do; the answer is still to come.
  if (called && !parseJson(text).ok) return { type: 'run_again' };
  throw new InvalidFinalOutputError(
    `The final output of agent "${agent.name}" does not fit its output type: ${parsed.problem}`,
  );
}

function lastText(messages: readonly AssistantMessageItem[]): string | undefined {
  for (const message of messages.toReversed()) {
    const text = messageText(message);
    if (text !== undefined) return text;
  }
  return undefined;
}
