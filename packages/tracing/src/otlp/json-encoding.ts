import { asRecord, firstString, fromJson } from '../genai/attributes.js';
import type { Attributes, AttributeValue } from '../genai/attributes.js';
import { SCHEMA_URL, SPAN_FLAGS, STATUS_ERROR } from './otlp-request.js';
import type { OtlpEncoding, OtlpOrigin, PartialSuccess } from './otlp-request.js';
import type { OtlpSpan } from './otlp-span.js';

/**
 * OTLP as JSON: names in camel case, ids in hexadecimal digits, enums and flags as numbers, 64-bit integers as text
 * (the OTLP specification, "JSON Protobuf Encoding").
 */
export const jsonEncoding: OtlpEncoding<Uint8Array> = {
  contentType: 'application/json',
  encodeSpan: (span) => encoder.encode(JSON.stringify(spanJson(span))),
  sizeOf: (encoded) => encoded.length + 1,
  encodeRequest,
  decodeResponse,
};

const encoder = new TextEncoder();

function encodeRequest(
  spans: readonly Uint8Array[],
  { resource, scope }: OtlpOrigin,
): Uint8Array<ArrayBuffer> {
  const head =
    `{"resourceSpans":[{"resource":${JSON.stringify({ attributes: keyValues(resource) })},` +
    `"scopeSpans":[{"scope":${JSON.stringify(scope)},"schemaUrl":"${SCHEMA_URL}","spans":[`;
  const pieces: Uint8Array[] = [encoder.encode(head)];
  spans.forEach((span, i) => {
    if (i > 0) pieces.push(COMMA);
    pieces.push(span);
  });
  pieces.push(encoder.encode(`]}],"schemaUrl":"${SCHEMA_URL}"}]}`));
  return concat(pieces);
}

const COMMA = encoder.encode(',');

function spanJson(span: OtlpSpan): object {
  return {
    traceId: span.traceId,
    spanId: span.spanId,
    ...(span.parentSpanId !== undefined && { parentSpanId: span.parentSpanId }),
    name: span.name,
    kind: span.kind,
    startTimeUnixNano: String(span.startTime),
    endTimeUnixNano: String(span.endTime),
    attributes: keyValues(span.attributes),
    status: span.error === undefined ? {} : { code: STATUS_ERROR, message: span.error },
    flags: SPAN_FLAGS,
  };
}

function keyValues(attributes: Attributes): readonly object[] {
  return Object.entries(attributes).map(([key, value]) => ({ key, value: anyValue(value) }));
}

function anyValue(value: AttributeValue): object {
  switch (typeof value) {
    case 'string':
      return { stringValue: value };
    case 'boolean':
      return { boolValue: value };
    case 'number':
      return Number.isSafeInteger(value) ? { intValue: String(value) } : { doubleValue: value };
    default:
      return { arrayValue: { values: value.map((part) => anyValue(part)) } };
  }
}

function decodeResponse(body: Uint8Array): PartialSuccess | undefined {
  const partial = asRecord(asRecord(fromJson(new TextDecoder().decode(body)))?.['partialSuccess']);
  if (partial === undefined) return undefined;
  return {
    rejectedSpans: Number(partial['rejectedSpans'] ?? 0),
    errorMessage: firstString(partial['errorMessage']) ?? '',
  };
}

function concat(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(pieces.reduce((size, piece) => size + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}
