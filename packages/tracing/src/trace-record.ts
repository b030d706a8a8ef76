import type { SpanData, SpanError } from '@baton/core';

/** A trace as processors and exporters see it. */
export interface TraceRecord {
  readonly type: 'trace';
  /** `trace_` and 32 hexadecimal digits, unless the app chose its own. */
  readonly traceId: string;
  /** The workflow. */
  readonly name: string;
  /** Links the traces of one conversation. */
  readonly groupId: string | null;
  readonly metadata?: Readonly<Record<string, unknown>> | undefined;
  /** The key it is sent with, where it is not the exporter's own; empty: none. Never part of what is sent. */
  readonly tracingApiKey?: string | undefined;
  /** Milliseconds since the epoch, with a fraction. */
  readonly startTime: number;
  /** As `startTime`; undefined while the trace runs. */
  readonly endTime: number | undefined;
  /** What ended the trace, where it failed. */
  readonly error: SpanError | null;
  /** Who opened the trace: a run for itself, or the app, around any number of runs. */
  readonly origin: 'run' | 'app';
  /** Whether it goes on with a trace that was started before, perhaps in another process; its times are those of this part. */
  readonly resumed?: boolean | undefined;
  /** The trace as exporters get it: without keys and credentials, and of limited size. */
  finished(): TraceRecord;
  /** The trace on OpenAI's wire: `{ object: 'trace', id, workflow_name, group_id, metadata }`. */
  toJSON(): object | null;
}

/** A span as processors and exporters see it; an exporter gets it finished, redacted and of limited size. */
export interface SpanRecord<TData extends SpanData = SpanData> {
  readonly type: 'trace.span';
  readonly traceId: string;
  /** `span_` and 24 hexadecimal digits. */
  readonly spanId: string;
  /** The span around this one; null directly below the trace. */
  readonly parentId: string | null;
  /** What the span is about, discriminated by `type`. */
  readonly spanData: TData;
  readonly error: SpanError | null;
  /** Milliseconds since the epoch, with a fraction; monotonic within a trace. */
  readonly startTime: number;
  /** As `startTime`; undefined while the span runs. */
  readonly endTime: number | undefined;
  /** `startTime` as ISO 8601 in UTC. */
  readonly startedAt: string | null;
  /** `endTime` as ISO 8601 in UTC; null while the span runs. */
  readonly endedAt: string | null;
  /** The workflow, origin, group and metadata of the span's trace. */
  readonly traceName: string;
  readonly traceOrigin: 'run' | 'app';
  readonly groupId: string | null;
  readonly traceMetadata: Readonly<Record<string, unknown>> | undefined;
  /** Whether inputs, outputs and error texts may be recorded; where not, they are not in here. */
  readonly includeSensitiveData: boolean;
  readonly tracingApiKey?: string | undefined;
  /**
   * The span as exporters get it: without keys and credentials, and of limited size. The span itself where it is that
   * already.
   */
  finished(): SpanRecord<TData>;
  /** The span on OpenAI's wire: `{ object: 'trace.span', id, trace_id, parent_id, started_at, … }`. */
  toJSON(): object | null;
}

/** What an exporter is given: traces from when they start or end (`tracesAt`), spans from when they end. */
export type TracingItem = TraceRecord | SpanRecord;
