import type { SpanRecord, TraceRecord } from './trace-record.js';

/** A trace on OpenAI's wire; the key it is sent with is no part of it. */
export function traceToJson({ traceId, name, groupId, metadata }: TraceRecord): object {
  return { object: 'trace', id: traceId, workflow_name: name, group_id: groupId, metadata: metadata ?? null };
}

/** A span on OpenAI's wire. */
export function spanToJson(span: SpanRecord): object {
  return {
    object: 'trace.span',
    id: span.spanId,
    trace_id: span.traceId,
    parent_id: span.parentId,
    started_at: span.startedAt,
    ended_at: span.endedAt,
    // Fields that begin with an underscore are for processors in the app.
    span_data: Object.fromEntries(Object.entries(span.spanData).filter(([key]) => !key.startsWith('_'))),
    error: span.error,
  };
}
