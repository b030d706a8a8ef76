import type { ModelRequest, ModelSettings, Prompt, SerializedOutputType } from '@baton/core/model';
import { isRecord, type JsonRecord } from '@baton/openai-shared';
import { convertTools, type ConvertedTools } from './convert-tools.js';
import { inputJson } from './input-json.js';
import type { ResponsesMemory } from './run-memory.js';
import { toWireInputPart } from './to-wire-content.js';
import { toWireToolChoice } from './tool-choice.js';

/** What a body is made with besides the request. */
export interface BodyOptions {
  readonly model: string;
  readonly stream: boolean;
  readonly memory: ResponsesMemory;
}

/**
 * The body of `POST /responses`, as text: the big parts (input, tools) are put together from JSON that is
 * remembered, so that a turn serializes only what is new. `modelSettings.providerData` has the last word.
 */
export function requestBody(request: ModelRequest, options: BodyOptions): string {
  const { modelSettings: settings, prompt } = request;
  // The template has a model of its own, unless the app named one.
  const model = prompt !== undefined && !request.overridePromptModel ? undefined : options.model;
  const tools = convertTools(request, { known: options.memory.tools, model });
  const extra = settings.providerData ?? {};
  const small: Record<string, unknown> = {
    model,
    instructions: request.systemInstructions,
    previous_response_id: request.previousResponseId,
    conversation: request.conversationId,
    prompt: prompt && toWirePrompt(prompt),
    include: include(tools, extra),
    tool_choice: toWireToolChoice(settings.toolChoice, { tools, prompt: prompt !== undefined }),
    parallel_tool_calls: parallelToolCalls(request, tools),
    text: merged(toWireText(settings, request.outputType), extra['text']),
    ...settingsFields(settings, extra),
    stream: options.stream ? true : undefined,
    ...without(extra, ['include', 'text', 'reasoning']),
  };
  const { input, tools: extraTools, ...rest } = small;
  const fields = JSON.stringify(rest).slice(1, -1);
  const inputText =
    input === undefined
      ? inputJson(request.input, {
          memory: options.memory,
          model: options.model,
          store: settings.store,
        })
      : JSON.stringify(input);
  const toolsText = extraTools === undefined ? tools.json : JSON.stringify(extraTools);
  const tail = toolsText === undefined ? '' : `,"tools":${toolsText}`;
  return `{${fields}${fields === '' ? '' : ','}"input":${inputText}${tail}}`;
}

/** The settings that need no more than a name; penalties are not in this API [RSP-4]. */
function settingsFields(settings: ModelSettings, extra: JsonRecord): JsonRecord {
  return {
    temperature: settings.temperature,
    top_p: settings.topP,
    truncation: settings.truncation,
    max_output_tokens: settings.maxTokens,
    store: settings.store,
    reasoning: merged(settings.reasoning && { ...settings.reasoning }, extra['reasoning']),
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
function toWireText(
  { text }: ModelSettings,
  outputType: SerializedOutputType,
): JsonRecord | undefined {
  if (outputType === 'text') return text && { ...text };
  const { name, schema, strict } = outputType;
  return { ...text, format: { type: 'json_schema', name, schema, strict } };
}

function toWirePrompt({ promptId, version, variables }: Prompt): JsonRecord {
  return {
    id: promptId,
    ...(version !== undefined && { version }),
    ...(variables !== undefined && {
      variables: Object.fromEntries(
        Object.entries(variables).map(([name, value]) => [name, toWireVariable(value)]),
      ),
    }),
  };
}

/** A variable is a text, or a part of a message in Baton's form or the wire's. */
function toWireVariable(value: unknown): unknown {
  if (!isRecord(value)) return value;
  const { type, text, image, file, filename, detail, providerData } = value;
  if (type === 'input_text' && typeof text === 'string') return { type, text };
  if (type === 'input_image' && image !== undefined) {
    // The fields come from the app's own variable and are checked by the API.
    return toWireInputPart({ type, image, detail, providerData } as never);
  }
  if (type === 'input_file' && file !== undefined) {
    // As above.
    return toWireInputPart({ type, file, filename, providerData } as never);
  }
  return value;
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

/** Fields of both; the app's own words win one by one, so that a verbosity does not cost the format. */
function merged(ours: JsonRecord | undefined, extra: unknown): unknown {
  if (extra === undefined) return ours;
  return isRecord(extra) ? { ...ours, ...extra } : extra;
}

function without(record: JsonRecord, names: readonly string[]): JsonRecord {
  return Object.fromEntries(
    Object.entries(record).filter(([name, value]) => value !== undefined && !names.includes(name)),
  );
}
