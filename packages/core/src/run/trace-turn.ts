import type { Model, ModelRequest, ModelResponse, Usage } from '../model/index.js';
import { noopSpan, withSpan } from '../trace/index.js';
import type { GenerationSpanData, GenerationUsageData, Span } from '../trace/index.js';
import type { Activation } from './activate-agent.js';
import type { NextStep } from './decide-next-step.js';
import { mayShowData } from './run-scope.js';
import type { RunScope } from './run-scope.js';

/** What makes an agent's turns, each in a span of its own; where nothing is traced, just the turns. */
export function tracedTurns(
  scope: RunScope,
  activation: Activation,
  runTurn: (scope: RunScope, activation: Activation) => Promise<NextStep>,
): () => Promise<NextStep> {
  if (scope.span === noopSpan) return () => runTurn(scope, activation);
  // One for all turns, as they come one after the other: a copy for each costs more than the span.
  const inTurn: { -readonly [Key in keyof RunScope]: RunScope[Key] } = { ...scope };
  const run = (): Promise<NextStep> => runTurn(inTurn, activation);
  return () => {
    const { phase, turn } = scope.state;
    inTurn.span = scope.tracer.startSpan(
      // A turn is counted when its model call starts.
      { type: 'turn', turn: phase.type === 'model' ? turn + 1 : turn, agent_name: activation.agent.name },
      scope.span,
    );
    return withSpan(inTurn.span, run);
  };
}

/** Opens the span of a model call. */
export function startGeneration(scope: RunScope, model: Model, request: ModelRequest): Span {
  if (scope.span === noopSpan) return noopSpan;
  // Field by field: spreading what may be missing costs more than all else that is done here.
  const data: GenerationSpanData = {
    type: 'generation',
    // As they are: a copy for each call is dear, too.
    model_config: request.modelSettings as Readonly<Record<string, unknown>>, // any object is
  };
  if (model.name !== undefined) data.model = model.name;
  const { baseURL } = model;
  if (baseURL !== undefined) data._base_url = baseURL;
  if (mayShowData(scope)) {
    if (request.systemInstructions !== undefined) data.instructions = request.systemInstructions;
    data.input = request.input;
  }
  return scope.tracer.startSpan(data, scope.span);
}

/** Notes on the span what came back. */
export function describeResponse(scope: RunScope, { data }: Span, response: ModelResponse): void {
  if (data.type !== 'generation') return;
  data.usage = toUsageData(response.usage);
  if (mayShowData(scope)) data.output = response.output;
  if (response.responseId !== undefined) data.response_id = response.responseId;
  if (response.finishReason !== undefined) data._finish_reason = response.finishReason;
}

function toUsageData(usage: Usage): GenerationUsageData {
  const { inputTokens, outputTokens, totalTokens, inputTokensDetails, outputTokensDetails } = usage;
  const data: Record<string, unknown> & GenerationUsageData = {
    input_tokens: inputTokens,
    output_tokens: outputTokens,
    total_tokens: totalTokens,
  };
  if (inputTokensDetails.length > 0) data['input_tokens_details'] = sumOf(inputTokensDetails);
  if (outputTokensDetails.length > 0) data['output_tokens_details'] = sumOf(outputTokensDetails);
  return data;
}

/** A response is one request, but for a model that asks several times. */
function sumOf(list: readonly Readonly<Record<string, number>>[]): Readonly<Record<string, number>> {
  const [only] = list;
  if (only !== undefined && list.length === 1) return only;
  const sum: Record<string, number> = {};
  for (const details of list) {
    for (const [key, count] of Object.entries(details)) sum[key] = (sum[key] ?? 0) + count;
  }
  return sum;
}
