import { isRecord, type JsonRecord } from './json.js';

/** A provider's own event in the stream of a run, as an `openai` client would give it. */
export interface RawModelStreamEvent {
  readonly type: 'raw_model_stream_event';
  readonly data: { readonly type: 'model'; readonly event: JsonRecord };
}

/** The provider's own event in an event of a run, if it is one. */
export function rawEventOf(event: {
  readonly type: string;
  readonly data?: unknown;
}): JsonRecord | undefined {
  const { type, data } = event;
  if (type !== 'raw_model_stream_event' || !isRecord(data) || data['type'] !== 'model')
    return undefined;
  return isRecord(data['event']) ? data['event'] : undefined;
}
