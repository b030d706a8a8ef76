import {
  type ModelRequest,
  type ModelSettings,
  type SerializedOutputType,
  UserError,
} from '@baton/core/model';
import { isRecord, type JsonRecord } from '@baton/openai-shared';
import { convertTools, type ConvertedTools } from './convert-tools.js';
import { inputJson } from './input-json.js';
import type { ResponsesMemory } from './run-memory.js';
import { toWirePrompt } from './to-wire-prompt.js';
import { toWireToolChoice } from './tool-choice.js';

/** What a body is made with besides the request. */
export interface BodyOptions {
  readonly model: string;
  readonly stream: boolean;
  readonly memory: ResponsesMemory;
}

/**
 * The body of `POST /responses`, as text: the big parts (input, tools, output format) are put together from
 * JSON that is remembered, so that a turn serializes only what is new. `modelSettings.providerData` has the
 * last word over every field.
 */
export function requestBody(request: ModelRequest, options: BodyOptions): string {
  const { modelSettings: settings, prompt } = request;
  const { memory } = options;
  const extra = settings.providerData ?? NOTHING;
  // The template has a model of its own, unless the app named one.
  const model = prompt !== undefined && !request.overridePromptModel ? undefined : options.model;
  const tools = convertTools(request, { known: memory.tools, model });
  if (tools.unreachable && prompt === undefined) throw unreachableTools();
  const { include: _include, text: _text, reasoning: _reasoning, ...overrides } = extra;
  const small = {
    model,
    instructions: request.systemInstructions,
    previous_response_id: request.previousResponseId,
    conversation: request.conversationId,
    prompt: prompt && toWirePrompt(prompt),
    include: include(tools, extra),
    tool_choice: toWireToolChoice(settings.toolChoice, { tools, prompt: prompt !== undefined }),
    parallel_tool_calls: parallelToolCalls(request, tools),
    ...settingsFields(settings, extra),
    stream: options.stream ? true : undefined,
    ...overrides,
  };
  let json = JSON.stringify(small).slice(0, -1);
  const add = (field: string, value: string | undefined): void => {
    if (value === undefined || extra[field] !== undefined) return;
    json += `${json === '{' ? '' : ','}"${field}":${value}`;
  };
  const { store } = settings;
  add('input', inputJson(request.input, { memory, model: options.model, store }));
  add('tools', tools.json);
  json += textField(request, memory, json === '{' ? '' : ',');
  return `${json}}`;
}

/** The settings that need no more than a name; penalties are not in this API [RSP-4]. */
function settingsFields(settings: ModelSettings, extra: JsonRecord): JsonRecord {
  return {
    temperature: settings.temperature,
    top_p: settings.topP,
    truncation: settings.truncation,
    max_output_tokens: settings.maxTokens,
    store: settings.store,
    reasoning: merged(settings.reasoning, extra['reasoning']),
    prompt_cache_retention:
      settings.promptCacheRetention === 'in-memory' ? 'in_memory' : settings.promptCacheRetention,
    prompt_cache_options: settings.promptCacheOptions,
    context_management: settings.contextManagement?.map(({ compactThreshold, ...entry }) => ({
      ...entry,
      ...(compactThreshold !== undefined && { compact_threshold: compactThreshold }),
    })),
  };
}

/** Verbosity and format share one field [R3, JS-106]. */
function textField(request: ModelRequest, memory: ResponsesMemory, separator: string): string {
  const { text, providerData } = request.modelSettings;
  const own = merged(text, providerData?.['text']);
  const format = formatJson(request.outputType, memory);
  if (format === undefined || !(own === undefined || isRecord(own)) || own?.['format']) {
    return own === undefined ? '' : `${separator}"text":${JSON.stringify(own)}`;
  }
  const rest = JSON.stringify(own ?? NOTHING).slice(1, -1);
  return `${separator}"text":{${rest}${rest === '' ? '' : ','}"format":${format}}`;
}

function formatJson(type: SerializedOutputType, { formats }: ResponsesMemory): string | undefined {
  if (type === 'text') return undefined;
  let json = formats.get(type);
  if (json === undefined) {
    const { name, schema, strict } = type;
    json = JSON.stringify({ type: 'json_schema', name, schema, strict });
    formats.set(type, json);
  }
  return json;
}

/** Everything that is asked for, once: by tools, by the app, by `top_logprobs` [R3]. */
function include(tools: ConvertedTools, extra: JsonRecord): readonly unknown[] | undefined {
  const own = extra['include'];
  const all = new Set<unknown>([...tools.include, ...(Array.isArray(own) ? own : [])]);
  if (extra['top_logprobs'] !== undefined && extra['top_logprobs'] !== null) {
    all.add('message.output_text.logprobs');
  }
  return all.size === 0 ? undefined : [...all];
}

/** Only where there are tools, or a prompt that may have some; handoffs alone are never parallel [RSP-5]. */
function parallelToolCalls(request: ModelRequest, tools: ConvertedTools): boolean | undefined {
  const wanted = request.modelSettings.parallelToolCalls;
  if (wanted === undefined) return undefined;
  if (request.prompt !== undefined || request.tools.length > 0) return wanted;
  return !wanted && tools.json !== undefined ? false : undefined;
}

function unreachableTools(): UserError {
  return new UserError(
    'There are tools with deferLoading, and nothing to load them with. Add toolSearchTool() to the tools.',
  );
}

/** Fields of both; the app's own words win one by one, so that a verbosity does not cost the format. */
function merged(ours: object | undefined, extra: unknown): unknown {
  if (extra === undefined) return ours;
  return isRecord(extra) ? { ...ours, ...extra } : extra;
}

const NOTHING: JsonRecord = Object.freeze({});
