import type { Attributes, AttributeValue } from '../genai/attributes.js';
import { SCHEMA_URL, SPAN_FLAGS, STATUS_ERROR } from './otlp-request.js';
import type { OtlpEncoding, OtlpOrigin, PartialSuccess } from './otlp-request.js';
import type { OtlpSpan } from './otlp-span.js';
import { readFields } from './protobuf-reader.js';
import { ProtobufWriter } from './protobuf-writer.js';

/**
 * OTLP as protobuf. The field numbers are those of opentelemetry-proto 1.x: `trace_service.proto`, `trace.proto`,
 * `resource.proto` and `common.proto`.
 */
export const protobufEncoding: OtlpEncoding<Uint8Array> = {
  contentType: 'application/x-protobuf',
  encodeSpan: (span) => writeSpan(new ProtobufWriter(), span).finish(),
  // A tag and a length of up to five bytes.
  sizeOf: (encoded) => encoded.length + 6,
  encodeRequest,
  decodeResponse,
};

function encodeRequest(
  spans: readonly Uint8Array[],
  { resource, scope }: OtlpOrigin,
): Uint8Array<ArrayBuffer> {
  return new ProtobufWriter()
    .message(1, (resourceSpans) => {
      resourceSpans
        .message(1, (message) => writeAttributes(message, 1, resource))
        .message(2, (scopeSpans) => {
          scopeSpans.message(1, (message) => {
            message.string(1, scope.name).string(2, scope.version);
          });
          for (const span of spans) scopeSpans.bytes(2, span);
          scopeSpans.string(3, SCHEMA_URL);
        })
        .string(3, SCHEMA_URL);
    })
    .finish();
}

function writeSpan(writer: ProtobufWriter, span: OtlpSpan): ProtobufWriter {
  writer.bytes(1, fromHex(span.traceId)).bytes(2, fromHex(span.spanId));
  if (span.parentSpanId !== undefined) writer.bytes(4, fromHex(span.parentSpanId));
  writer
    .string(5, span.name)
    .varint(6, span.kind)
    .fixed64(7, span.startTime)
    .fixed64(8, span.endTime);
  writeAttributes(writer, 9, span.attributes);
  const { error } = span;
  writer.message(15, (status) => {
    if (error !== undefined) status.string(2, error).varint(3, STATUS_ERROR);
  });
  return writer.fixed32(16, SPAN_FLAGS);
}

function writeAttributes(writer: ProtobufWriter, field: number, attributes: Attributes): void {
  for (const [key, value] of Object.entries(attributes)) {
    writer.message(field, (keyValue) => {
      keyValue.string(1, key).message(2, (any) => writeAnyValue(any, value));
    });
  }
}

function writeAnyValue(writer: ProtobufWriter, value: AttributeValue): void {
  switch (typeof value) {
    case 'string':
      writer.string(1, value);
      return;
    case 'boolean':
      writer.varint(2, value ? 1 : 0);
      return;
    case 'number':
      if (Number.isSafeInteger(value)) writer.varint(3, value);
      else writer.double(4, value);
      return;
    default:
      writer.message(5, (array) => {
        for (const part of value) array.message(1, (any) => writeAnyValue(any, part));
      });
  }
}

/** `ExportTraceServiceResponse`: a partial success in field 1, with a count in field 1 and a text in field 2. */
function decodeResponse(body: Uint8Array): PartialSuccess | undefined {
  const partial = readFields(body).get(1);
  if (!(partial instanceof Uint8Array)) return undefined;
  const fields = readFields(partial);
  const rejected = fields.get(1);
  const message = fields.get(2);
  return {
    rejectedSpans: typeof rejected === 'bigint' ? Number(rejected) : 0,
    errorMessage: message instanceof Uint8Array ? new TextDecoder().decode(message) : '',
  };
}

function fromHex(digits: string): Uint8Array {
  return Uint8Array.from({ length: digits.length / 2 }, (_, i) =>
    Number.parseInt(digits.slice(i * 2, i * 2 + 2), 16),
  );
}
