import type { JsonObject } from '../json.js';

/**
 * One output item of the model, in the wire form of the Responses API (schema `OutputItem`).
 * Leave out `id`, `call_id` and `status`: the server fills them in. Use it as it is for hosted tool calls and other
 * items that have no helper here.
 *
 * @example
 * ```ts
 * import type { OutputItem } from '@baton/testing';
 *
 * const search: OutputItem = { type: 'web_search_call', action: { type: 'search', query: 'weather in Rome' } };
 * ```
 */
export interface OutputItem extends JsonObject {
  readonly type: string;
  readonly id?: string;
}

/** Options of {@link message} and {@link refusal}. */
export interface MessageOptions {
  /** The item's id. Default: the next of the server's `msg_` counter. */
  readonly id?: string;
  /** Marks text between tool calls (`commentary`) and the answer (`final_answer`). Default: not sent. */
  readonly phase?: 'commentary' | 'final_answer';
  /** Annotations of the text, in wire form (schema `Annotation`). Default: none. */
  readonly annotations?: readonly JsonObject[];
}

/**
 * The model says something. Use it wherever a reply is wanted; a plain string means the same.
 *
 * @param text - The whole text; a stream sends it in several deltas.
 * @param options - See {@link MessageOptions}.
 * @example
 * ```ts
 * import { message, startOpenAIServer } from '@baton/testing';
 *
 * const server = await startOpenAIServer({ script: [message('Let me look that up.', { phase: 'commentary' })] });
 * await server.close();
 * ```
 */
export function message(text: string, options: MessageOptions = {}): OutputItem {
  return messageItem(
    { type: 'output_text', text, annotations: options.annotations ?? [], logprobs: [] },
    options,
  );
}

/**
 * The model declines to answer. Use it to test what your code does with a refusal.
 *
 * @param text - The words of the refusal.
 * @param options - See {@link MessageOptions}; annotations do not apply.
 * @example
 * ```ts
 * import { refusal, startOpenAIServer } from '@baton/testing';
 *
 * const server = await startOpenAIServer({ script: [refusal('I cannot help with that.')] });
 * await server.close();
 * ```
 */
export function refusal(
  text: string,
  options: Omit<MessageOptions, 'annotations'> = {},
): OutputItem {
  return messageItem({ type: 'refusal', refusal: text }, options);
}

/** Options of {@link functionCall} and {@link customToolCall}. */
export interface CallOptions {
  /** The item's id. Default: the next of the server's `fc_` (or `ctc_`) counter. */
  readonly id?: string;
  /** The id the tool output has to answer to. Default: the next of the server's `call_` counter. */
  readonly callId?: string;
  /** The namespace of the tool. Default: not sent. */
  readonly namespace?: string;
}

/**
 * The model calls a function tool. Several in one array are parallel calls.
 *
 * @param name - The name of the tool.
 * @param args - The arguments; a string is sent as it is, also when it is not JSON. Default: `{}`.
 * @param options - See {@link CallOptions}.
 * @example
 * ```ts
 * import { functionCall, startOpenAIServer } from '@baton/testing';
 *
 * const server = await startOpenAIServer({
 *   script: [[functionCall('get_weather', { city: 'Rome' }), functionCall('get_weather', { city: 'Oslo' })]],
 * });
 * await server.close();
 * ```
 */
export function functionCall(
  name: string,
  args: JsonObject | string = {},
  options: CallOptions = {},
): OutputItem {
  const text = typeof args === 'string' ? args : JSON.stringify(args);
  return { type: 'function_call', name, arguments: text, ...callFields(options) };
}

/**
 * The model calls a custom tool, whose input is free text.
 *
 * @param name - The name of the tool.
 * @param input - The text the tool gets.
 * @param options - See {@link CallOptions}.
 * @example
 * ```ts
 * import { customToolCall, startOpenAIServer } from '@baton/testing';
 *
 * const server = await startOpenAIServer({ script: [customToolCall('run_sql', 'select 1')] });
 * await server.close();
 * ```
 */
export function customToolCall(name: string, input: string, options: CallOptions = {}): OutputItem {
  return { type: 'custom_tool_call', name, input, ...callFields(options) };
}

/** Options of {@link reasoning}. */
export interface ReasoningOptions {
  /** The item's id. Default: the next of the server's `rs_` counter. */
  readonly id?: string;
  /** Raw reasoning text, as open models send it. Default: none. */
  readonly content?: string;
  /** Sent only when the request includes `reasoning.encrypted_content`. Default: made up by the server. */
  readonly encryptedContent?: string;
}

/**
 * The model thinks. Put it before the item that it leads to: the server wants the two to stay together, as OpenAI does.
 *
 * @param summary - The parts of the summary. Default: none, as when no summary was asked for.
 * @param options - See {@link ReasoningOptions}.
 * @example
 * ```ts
 * import { message, reasoning, startOpenAIServer } from '@baton/testing';
 *
 * const server = await startOpenAIServer({ script: [[reasoning('The user wants a number.'), message('42')]] });
 * await server.close();
 * ```
 */
export function reasoning(
  summary: string | readonly string[] = [],
  options: ReasoningOptions = {},
): OutputItem {
  const parts = typeof summary === 'string' ? [summary] : summary;
  return {
    type: 'reasoning',
    ...(options.id === undefined ? {} : { id: options.id }),
    summary: parts.map((text) => ({ type: 'summary_text', text })),
    ...(options.content === undefined
      ? {}
      : { content: [{ type: 'reasoning_text', text: options.content }] }),
    ...(options.encryptedContent === undefined
      ? {}
      : { encrypted_content: options.encryptedContent }),
  };
}

function messageItem(part: JsonObject, options: MessageOptions): OutputItem {
  return {
    type: 'message',
    ...(options.id === undefined ? {} : { id: options.id }),
    content: [part],
    ...(options.phase === undefined ? {} : { phase: options.phase }),
  };
}

function callFields(options: CallOptions): JsonObject {
  return {
    ...(options.id === undefined ? {} : { id: options.id }),
    ...(options.callId === undefined ? {} : { call_id: options.callId }),
    ...(options.namespace === undefined ? {} : { namespace: options.namespace }),
  };
}
