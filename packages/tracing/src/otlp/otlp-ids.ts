/**
 * A trace id as the 16 bytes that OpenTelemetry wants, in hexadecimal digits: the digits of `trace_<32 digits>`, and
 * for an id that the app chose its hash, so that it is always the same one.
 */
export function toOtlpTraceId(traceId: string): string {
  const digits = /^trace_([0-9a-f]{32})$/i.exec(traceId)?.[1]?.toLowerCase();
  return isValid(digits) ? digits : hash(traceId, 32);
}

/** A span id as 8 bytes: the first 16 digits of `span_<24 digits>`, of other ids the hash. */
export function toOtlpSpanId(spanId: string): string {
  const digits = /^span_([0-9a-f]{16})[0-9a-f]{8}$/i.exec(spanId)?.[1]?.toLowerCase();
  return isValid(digits) ? digits : hash(spanId, 16);
}

/** The id of the span that stands for a whole trace; each span of the trace can tell it. */
export function rootSpanId(traceId: string): string {
  return hash(`root of ${traceId}`, 16);
}

/** All zeros is no id. */
function isValid(digits: string | undefined): digits is string {
  return digits !== undefined && /[1-9a-f]/.test(digits);
}

/** FNV-1a of 64 bits, once for every 16 digits; spread well enough for ids, and the same everywhere. */
function hash(text: string, digits: number): string {
  const bytes = new TextEncoder().encode(text);
  let hex = '';
  for (let part = 0; hex.length < digits; part += 1) {
    let value = FNV_OFFSET ^ BigInt(part);
    for (const byte of bytes) value = BigInt.asUintN(64, (value ^ BigInt(byte)) * FNV_PRIME);
    hex += (value === 0n ? 1n : value).toString(16).padStart(16, '0');
  }
  return hex;
}

const FNV_OFFSET = 0xcbf29ce484222325n;
const FNV_PRIME = 0x100000001b3n;
