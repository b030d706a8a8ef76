import { isObject, type JsonObject } from '../json.js';
import type { DetailedReply } from '../reply/reply.js';
import type { FinishedItem } from './output-items.js';
import { conversationIdOf, type ResponsesRequest } from './request.js';

/** A response as the API sends it (schema `Response`). */
export interface ResponseObject extends JsonObject {
  readonly id: string;
  readonly status: 'in_progress' | 'completed' | 'incomplete' | 'failed';
  readonly output: readonly FinishedItem[];
  readonly previous_response_id: string | null;
}

/** The response before the model has said anything: the request's settings, with OpenAI's defaults for the rest. */
export function startResponse(
  id: string,
  request: ResponsesRequest,
  createdAt: number,
): ResponseObject {
  const reasoning = isObject(request['reasoning']) ? request['reasoning'] : {};
  const conversationId = conversationIdOf(request);
  return {
    id,
    object: 'response',
    created_at: createdAt,
    completed_at: null,
    status: 'in_progress',
    background: request['background'] ?? false,
    error: null,
    incomplete_details: null,
    instructions: request.instructions ?? null,
    max_output_tokens: request['max_output_tokens'] ?? null,
    max_tool_calls: request['max_tool_calls'] ?? null,
    model: request.model,
    output: [],
    parallel_tool_calls: request['parallel_tool_calls'] ?? true,
    previous_response_id: request.previous_response_id ?? null,
    ...(conversationId === undefined ? {} : { conversation: { id: conversationId } }),
    ...(request.prompt ? { prompt: request.prompt } : {}),
    ...(typeof request['prompt_cache_key'] === 'string'
      ? { prompt_cache_key: request['prompt_cache_key'] }
      : {}),
    reasoning: { effort: null, summary: null, ...reasoning },
    safety_identifier: request['safety_identifier'] ?? null,
    service_tier: servedTier(request['service_tier']),
    temperature: request['temperature'] ?? 1,
    text: { format: { type: 'text' }, verbosity: 'medium', ...request.text },
    tool_choice: request.tool_choice ?? 'auto',
    tools: (request.tools ?? []).map((tool) =>
      tool.type === 'function' ? { ...tool, strict: tool['strict'] ?? true } : tool,
    ),
    top_logprobs: request['top_logprobs'] ?? 0,
    top_p: request['top_p'] ?? 1,
    truncation: request['truncation'] ?? 'disabled',
    usage: null,
    user: request['user'] ?? null,
    metadata: request['metadata'] ?? {},
  };
}

/** The response as the reply ends it. */
export function finishResponse(
  started: ResponseObject,
  reply: DetailedReply,
  result: {
    readonly output: readonly FinishedItem[];
    readonly usage: JsonObject | null;
    readonly completedAt: number;
  },
): ResponseObject {
  const { output, usage, completedAt } = result;
  if (reply.failed !== undefined) {
    const error = { code: reply.failed.code ?? 'server_error', message: reply.failed.message };
    return { ...started, status: 'failed', error, output };
  }
  if (reply.incomplete !== undefined) {
    return {
      ...started,
      status: 'incomplete',
      incomplete_details: { reason: reply.incomplete },
      output,
      usage,
    };
  }
  return { ...started, status: 'completed', completed_at: completedAt, output, usage };
}

/** `auto` is a wish; the response names the tier that served it. */
function servedTier(wanted: unknown): unknown {
  return wanted === undefined || wanted === null || wanted === 'auto' ? 'default' : wanted;
}
