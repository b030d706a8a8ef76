import type { Attributes } from '../genai/attributes.js';
import { describeSpan, describeTrace } from '../genai/describe-span.js';
import type { ModelNaming } from '../genai/describe-model-call.js';
import type { SpanDescription } from '../genai/span-description.js';
import type { SpanRecord, TraceRecord, TracingItem } from '../trace-record.js';
import { rootSpanId, toOtlpSpanId, toOtlpTraceId } from './otlp-ids.js';

/** A span of OTLP, before it is written as JSON or as protobuf; numbers as in `trace.proto`. */
export interface OtlpSpan {
  /** 32 hexadecimal digits. */
  readonly traceId: string;
  /** 16 hexadecimal digits. */
  readonly spanId: string;
  readonly parentSpanId: string | undefined;
  readonly name: string;
  /** 1 internal, 3 client. */
  readonly kind: 1 | 3;
  /** Nanoseconds since the epoch. */
  readonly startTime: bigint;
  readonly endTime: bigint;
  readonly attributes: Attributes;
  /** What went wrong; `undefined` leaves the status unset. */
  readonly error: string | undefined;
}

/** The item as a span: a trace is one that stands for all of it. */
export function toOtlpSpan(item: TracingItem, naming: ModelNaming): OtlpSpan {
  return item.type === 'trace' ? fromTrace(item) : fromSpan(item, naming);
}

/** Whether the span is below the one that stands for its trace; the span of a whole run needs none above it. */
export function isBelowRoot({ parentId, traceOrigin, spanData }: SpanRecord): boolean {
  return parentId === null && (traceOrigin === 'app' || spanData.type !== 'task');
}

function fromSpan(span: SpanRecord, naming: ModelNaming): OtlpSpan {
  return {
    ...described(describeSpan(span, naming), span),
    spanId: toOtlpSpanId(span.spanId),
    parentSpanId: parentOf(span),
  };
}

function fromTrace(trace: TraceRecord): OtlpSpan {
  return {
    ...described(describeTrace(trace), trace),
    spanId: rootSpanId(trace.traceId),
    parentSpanId: undefined,
  };
}

function parentOf(span: SpanRecord): string | undefined {
  if (span.parentId !== null) return toOtlpSpanId(span.parentId);
  return isBelowRoot(span) ? rootSpanId(span.traceId) : undefined;
}

function described(
  { name, kind, attributes }: SpanDescription,
  { traceId, startTime, endTime, error }: TracingItem,
): Omit<OtlpSpan, 'spanId' | 'parentSpanId'> {
  return {
    traceId: toOtlpTraceId(traceId),
    name,
    kind: kind === 'client' ? 3 : 1,
    startTime: toNanoseconds(startTime),
    endTime: toNanoseconds(endTime ?? startTime),
    attributes,
    error: error?.message,
  };
}

/** A double has microseconds at most at this distance from the epoch, so more digits would be noise. */
function toNanoseconds(milliseconds: number): bigint {
  return BigInt(Math.round(milliseconds * 1000)) * 1000n;
}
