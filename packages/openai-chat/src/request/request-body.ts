import type { ModelRequest, ModelSettings } from '@baton/core/model';
import type { JsonRecord } from '@baton/openai-shared';
import type { ChatDialect } from '../chat-dialect.js';
import type { ConvertContext } from './convert-context.js';
import { convertTools } from './convert-tools.js';
import { messagesJson } from './messages-json.js';
import { responseFormat } from './response-format.js';
import type { ChatMemory } from './run-memory.js';
import { toWireToolChoice } from './tool-choice.js';

/** What a body is made with besides the request. */
export interface BodyOptions {
  readonly context: ConvertContext;
  readonly stream: boolean;
  readonly memory: ChatMemory;
}

/**
 * The body of `POST /chat/completions`, as text: the big parts (messages, tools, output format) are put together
 * from JSON that is remembered, so that a turn serializes only what is new. `modelSettings.providerData` has the
 * last word over every field.
 */
export function requestBody(request: ModelRequest, options: BodyOptions): string {
  const { modelSettings: settings } = request;
  const { context, stream, memory } = options;
  const { model, dialect } = context;
  const extra = settings.providerData ?? NOTHING;
  const tools = convertTools(request, memory.tools, { strictTools: dialect.strictTools !== false });
  const hasTools = tools.json !== undefined;
  const format = responseFormat(request.outputType, memory, { dialect, hasTools, stream });
  let json = JSON.stringify({
    model,
    ...settingsFields(settings, context),
    tool_choice: toWireToolChoice(settings.toolChoice, tools),
    // Servers refuse it without tools [CHT-14].
    parallel_tool_calls:
      hasTools && dialect.parallelToolCalls !== false ? settings.parallelToolCalls : undefined,
    ...streamFields(stream, dialect),
    ...logprobs(extra),
    ...extra,
  }).slice(0, -1);
  const add = (field: string, value: string | undefined): void => {
    if (value !== undefined && extra[field] === undefined) json += `,"${field}":${value}`;
  };
  const messages = messagesJson(request.input, context, memory);
  const instructions = instructionsJson(request.systemInstructions, format.instructions);
  add('messages', `[${[instructions, messages].filter((part) => part !== '').join(',')}]`);
  add('tools', tools.json);
  add('response_format', format.json);
  return `${json}}`;
}

function settingsFields(settings: ModelSettings, { model, dialect }: ConvertContext): JsonRecord {
  const { promptCacheRetention: retention } = settings;
  return {
    temperature: settings.temperature,
    top_p: settings.topP,
    frequency_penalty: settings.frequencyPenalty,
    presence_penalty: settings.presencePenalty,
    [dialect.maxTokens ?? maxTokensField(model)]: settings.maxTokens,
    store: settings.store,
    ...reasoning(settings, dialect),
    verbosity: settings.text?.verbosity,
    prompt_cache_retention: retention === 'in-memory' ? 'in_memory' : retention,
    prompt_cache_options: settings.promptCacheOptions,
  };
}

function reasoning({ reasoning: wanted }: ModelSettings, dialect: ChatDialect): JsonRecord {
  const effort = wanted?.effort;
  if (effort === undefined || dialect.reasoning === 'none') return NOTHING;
  return dialect.reasoning === 'reasoning'
    ? { reasoning: { effort } }
    : { reasoning_effort: effort };
}

/** Usage comes with a stream only where it is asked for [CC-3]. */
function streamFields(stream: boolean, { streamUsage }: ChatDialect): JsonRecord {
  if (!stream) return NOTHING;
  return {
    stream: true,
    ...(streamUsage !== false && { stream_options: { include_usage: true } }),
  };
}

/** `top_logprobs` is refused without it; the app's own word stands [CHT-15]. */
function logprobs(extra: JsonRecord): JsonRecord {
  const top = extra['top_logprobs'];
  return top === undefined || top === null ? NOTHING : { logprobs: true };
}

/** The first message: what the agent is, and how it has to answer where nothing else says so. */
function instructionsJson(instructions: string | undefined, format: string | undefined): string {
  const content = [instructions, format].filter((text) => text !== undefined && text !== '');
  return content.length === 0
    ? ''
    : JSON.stringify({ role: 'system', content: content.join('\n\n') });
}

function maxTokensField(model: string): string {
  return /^(o\d|gpt-([5-9]|\d\d))/.test(model) ? 'max_completion_tokens' : 'max_tokens';
}

const NOTHING: JsonRecord = Object.freeze({});
