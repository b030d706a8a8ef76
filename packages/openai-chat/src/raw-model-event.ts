import { rawEventOf, type RawModelStreamEvent } from '@baton/openai-shared';

/** An event of a run that has a chunk of Chat Completions in `data.event`. */
export type OpenAIChatCompletionsRawModelStreamEvent = RawModelStreamEvent;

/**
 * Whether an event of a streamed run is a chunk of Chat Completions as the server sent it: for what only the server
 * knows, such as its fingerprint.
 *
 * @example
 * ```ts
 * import { isOpenAIChatCompletionsRawModelStreamEvent } from '@baton/openai-chat';
 * import type { RunStreamEvent } from '@baton/core';
 *
 * export function fingerprintOf(event: RunStreamEvent): unknown {
 *   return isOpenAIChatCompletionsRawModelStreamEvent(event) ? event.data.event['system_fingerprint'] : undefined;
 * }
 * ```
 */
export function isOpenAIChatCompletionsRawModelStreamEvent<T extends { readonly type: string }>(
  event: T,
): event is T & OpenAIChatCompletionsRawModelStreamEvent {
  return Array.isArray(rawEventOf(event)?.['choices']);
}
