/** Makes the ids of traces and spans. */
export interface TracingIdGenerator {
  /** `trace_` and 32 hexadecimal digits, where OpenAI's backend is to take it. */
  generateTraceId(): string;
  /** `span_` and 24 hexadecimal digits, where OpenAI's backend is to take it. */
  generateSpanId(): string;
}

/** A new id for a trace: `trace_` and 32 hexadecimal digits. */
export function generateTraceId(): string {
  return `trace_${hex(36)}`;
}

/** A new id for a span: `span_` and 24 hexadecimal digits. */
export function generateSpanId(): string {
  return `span_${hex(28)}`;
}

/** A new id that links the traces of one conversation: `group_` and 24 hexadecimal digits. */
export function generateGroupId(): string {
  return `group_${hex(28)}`;
}

/** Random ids, as OpenAI's backend takes them. */
export const defaultTracingIdGenerator: TracingIdGenerator = { generateTraceId, generateSpanId };

/** The id of whatever is not recorded. */
export const NOOP_ID = 'no-op';

/** The digits of a random UUID up to that place of its text. */
function hex(end: number): string {
  const uuid = crypto.randomUUID();
  return uuid.slice(0, 8) + uuid.slice(9, 13) + uuid.slice(14, 18) + uuid.slice(19, 23) + uuid.slice(24, end);
}
