import type { SpanData } from '@baton/core';
import type { SpanRecord, TraceRecord } from '../../src/trace-record.js';

export const TRACE_ID = 'trace_0123456789abcdef0123456789abcdef';

/** A finished span of one and a half milliseconds. */
export function spanRecord(spanData: SpanData, fields: Partial<SpanRecord> = {}): SpanRecord {
  const record: SpanRecord = {
    type: 'trace.span',
    traceId: TRACE_ID,
    spanId: 'span_aaaabbbbccccddddeeeeffff',
    parentId: null,
    spanData,
    error: null,
    startTime: 1_700_000_000_000.25,
    endTime: 1_700_000_000_001.75,
    startedAt: '2023-11-14T22:13:20.000Z',
    endedAt: '2023-11-14T22:13:20.001Z',
    traceName: 'Agent workflow',
    traceOrigin: 'run',
    groupId: null,
    traceMetadata: undefined,
    includeSensitiveData: true,
    finished: () => record,
    toJSON: () => null,
    ...fields,
  };
  return record;
}

/** A finished trace that the app opened. */
export function traceRecord(fields: Partial<TraceRecord> = {}): TraceRecord {
  const record: TraceRecord = {
    type: 'trace',
    traceId: TRACE_ID,
    name: 'Support',
    groupId: null,
    startTime: 1_700_000_000_000,
    endTime: 1_700_000_000_002,
    error: null,
    origin: 'app',
    finished: () => record,
    toJSON: () => null,
    ...fields,
  };
  return record;
}
