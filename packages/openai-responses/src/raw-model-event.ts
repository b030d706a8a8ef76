import { rawEventOf, type RawModelStreamEvent } from '@baton/openai-shared';

/** An event of a run that has an event of the Responses API in `data.event`. */
export type OpenAIResponsesRawModelStreamEvent = RawModelStreamEvent;

/**
 * Whether an event of a streamed run is one of the Responses API as the server sent it: for what Baton has no word for,
 * such as the progress of a hosted tool.
 *
 * @example
 * ```ts
 * import { isOpenAIResponsesRawModelStreamEvent } from '@baton/openai-responses';
 * import type { RunStreamEvent } from '@baton/core';
 *
 * export function isSearching(event: RunStreamEvent): boolean {
 *   return (
 *     isOpenAIResponsesRawModelStreamEvent(event) &&
 *     event.data.event['type'] === 'response.web_search_call.searching'
 *   );
 * }
 * ```
 */
export function isOpenAIResponsesRawModelStreamEvent<T extends { readonly type: string }>(
  event: T,
): event is T & OpenAIResponsesRawModelStreamEvent {
  return String(rawEventOf(event)?.['type']).startsWith('response.');
}
