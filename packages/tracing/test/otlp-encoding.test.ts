import { SpanKind, SpanStatusCode, TraceFlags } from '@opentelemetry/api';
import { JsonTraceSerializer, ProtobufTraceSerializer } from '@opentelemetry/otlp-transformer';
import { describe, expect, it } from 'vitest';
import { jsonEncoding } from '../src/otlp/json-encoding.js';
import { toOtlpSpanId, toOtlpTraceId } from '../src/otlp/otlp-ids.js';
import { SCHEMA_URL, toRequests } from '../src/otlp/otlp-request.js';
import type { OtlpEncoding } from '../src/otlp/otlp-request.js';
import type { OtlpSpan } from '../src/otlp/otlp-span.js';
import { protobufEncoding } from '../src/otlp/protobuf-encoding.js';
import { decodeProtobuf, partialSuccess } from './support/otlp-sink.js';

const origin = {
  resource: { 'service.name': 'support', 'telemetry.sdk.name': 'baton', replicas: 3 },
  scope: { name: '@baton/tracing', version: '1.2.3' },
};

const span: OtlpSpan = {
  traceId: '0123456789abcdef0123456789abcdef',
  spanId: 'aaaabbbbccccdddd',
  parentSpanId: '1111222233334444',
  name: 'chat gpt-ü🙂',
  kind: 3,
  startTime: 1_700_000_000_000_250_000n,
  endTime: 1_700_000_000_001_750_000n,
  attributes: {
    text: 'naïve \u0000 🙂',
    empty: '',
    yes: true,
    no: false,
    zero: 0,
    negative: -5,
    large: 2 ** 40 + 1,
    double: 0.7,
    list: ['a', '', 'ü'],
    none: [],
  },
  error: 'rate limited',
};
const plain: OtlpSpan = {
  ...span,
  parentSpanId: undefined,
  kind: 1,
  attributes: {},
  error: undefined,
};

/** Shared, as the official exporters group by identity. */
const resource = {
  attributes: origin.resource,
  merge: () => resource,
  getRawAttributes: () => Object.entries(origin.resource),
  schemaUrl: SCHEMA_URL,
};
const instrumentationScope = { ...origin.scope, schemaUrl: SCHEMA_URL };

/** The same spans in the shape that OpenTelemetry's own exporters are given. */
function readable(
  each: OtlpSpan,
): Parameters<typeof JsonTraceSerializer.serializeRequest>[0][number] {
  const context = (spanId: string) => ({
    traceId: each.traceId,
    spanId,
    traceFlags: TraceFlags.SAMPLED,
  });
  const time = (ns: bigint): [number, number] => [
    Number(ns / 1_000_000_000n),
    Number(ns % 1_000_000_000n),
  ];
  return {
    name: each.name,
    kind: each.kind === 3 ? SpanKind.CLIENT : SpanKind.INTERNAL,
    spanContext: () => context(each.spanId),
    ...(each.parentSpanId !== undefined && { parentSpanContext: context(each.parentSpanId) }),
    startTime: time(each.startTime),
    endTime: time(each.endTime),
    duration: time(each.endTime - each.startTime),
    status:
      each.error === undefined
        ? { code: SpanStatusCode.UNSET }
        : { code: SpanStatusCode.ERROR, message: each.error },
    attributes: Object.fromEntries(
      Object.entries(each.attributes).map(([key, value]) => [
        key,
        typeof value === 'object' ? [...value] : value,
      ]),
    ),
    links: [],
    events: [],
    ended: true,
    resource,
    instrumentationScope,
    droppedAttributesCount: 0,
    droppedEventsCount: 0,
    droppedLinksCount: 0,
  };
}

function encode<T>(encoding: OtlpEncoding<T>, spans: readonly OtlpSpan[]): Uint8Array {
  return encoding.encodeRequest(
    spans.map((each) => encoding.encodeSpan(each)),
    origin,
  );
}

/**
 * Without what may be said or left out - zeros, empty lists -, the flags, which have a test of their own, and the schema
 * that the official exporter gives to resources, where the .proto files have none.
 */
function withoutDefaults(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (key, part: unknown) => {
    if (typeof part !== 'object' || part === null || Array.isArray(part)) return part;
    return Object.fromEntries(
      Object.entries(part).filter(
        ([name, field]) =>
          !(field === 0 && (name === 'code' || name.startsWith('dropped'))) &&
          !(Array.isArray(field) && field.length === 0) &&
          !(name === 'schemaUrl' && key === 'resource') &&
          name !== 'flags',
      ),
    );
  });
}

describe('OTLP as it is written', () => {
  it('is in protobuf what the official exporter writes, field by field', () => {
    const official = ProtobufTraceSerializer.serializeRequest([readable(span), readable(plain)]);
    expect(official).toBeDefined();
    expect(withoutDefaults(decodeProtobuf(encode(protobufEncoding, [span, plain])))).toEqual(
      withoutDefaults(decodeProtobuf(official ?? new Uint8Array())),
    );
  });

  it('is in JSON what the official exporter writes, field by field', () => {
    const official = JsonTraceSerializer.serializeRequest([readable(span), readable(plain)]);
    const text = (bytes: Uint8Array | undefined): unknown =>
      JSON.parse(new TextDecoder().decode(bytes));
    // The official exporter writes 64-bit integers of attributes as numbers; OTLP says text, and collectors take both.
    const numbersAsText = (value: unknown): unknown =>
      JSON.parse(JSON.stringify(value), (key, part: unknown) =>
        key === 'intValue' ? String(part) : part,
      );
    expect(numbersAsText(withoutDefaults(text(encode(jsonEncoding, [span, plain]))))).toEqual(
      numbersAsText(withoutDefaults(text(official))),
    );
  });

  it('keeps every kind of attribute through the official decoder', () => {
    const [resource] = decodeProtobuf(encode(protobufEncoding, [span])).resourceSpans;
    expect(resource?.scopeSpans[0]?.spans[0]?.attributes).toEqual([
      { key: 'text', value: { stringValue: 'naïve \u0000 🙂' } },
      { key: 'empty', value: { stringValue: '' } },
      { key: 'yes', value: { boolValue: true } },
      { key: 'no', value: { boolValue: false } },
      { key: 'zero', value: { intValue: '0' } },
      { key: 'negative', value: { intValue: '-5' } },
      { key: 'large', value: { intValue: '1099511627777' } },
      { key: 'double', value: { doubleValue: 0.7 } },
      {
        key: 'list',
        value: {
          arrayValue: { values: [{ stringValue: 'a' }, { stringValue: '' }, { stringValue: 'ü' }] },
        },
      },
      { key: 'none', value: { arrayValue: {} } },
    ]);
  });

  it('says in its flags that the span is sampled and its parent is not remote', () => {
    const [resource] = decodeProtobuf(encode(protobufEncoding, [span])).resourceSpans;
    expect(resource?.scopeSpans[0]?.spans[0]?.flags).toBe(0x101);
  });

  it.each([jsonEncoding, protobufEncoding])(
    'is cut into requests no larger than allowed: $contentType',
    (encoding) => {
      const spans = Array.from({ length: 50 }, () => span);
      const requests = toRequests(spans, encoding, { origin, maxBytes: 4000 });
      expect(requests.length).toBeGreaterThan(2);
      expect(requests.every(({ body }) => body.length <= 4000)).toBe(true);
      expect(requests.reduce((sum, { spanCount }) => sum + spanCount, 0)).toBe(50);
    },
  );

  it('sends a span alone that is larger than a request may be', () => {
    const requests = toRequests([span, span], protobufEncoding, { origin, maxBytes: 10 });
    expect(requests.map(({ spanCount }) => spanCount)).toEqual([1, 1]);
  });

  it('reads a partial success as the official package writes it', () => {
    expect(protobufEncoding.decodeResponse(partialSuccess(300, 'too long'))).toEqual({
      rejectedSpans: 300,
      errorMessage: 'too long',
    });
    const json = new TextEncoder().encode(
      '{"partialSuccess":{"rejectedSpans":"2","errorMessage":"no"}}',
    );
    expect(jsonEncoding.decodeResponse(json)).toEqual({ rejectedSpans: 2, errorMessage: 'no' });
  });

  it.each([
    ['nothing', new Uint8Array()],
    ['text', new TextEncoder().encode('<html>502</html>')],
    ['a length beyond its end', Uint8Array.of(0x0a, 0xff, 0xff, 0xff, 0x7f)],
  ])('reads no partial success out of %s', (_, body) => {
    expect(protobufEncoding.decodeResponse(body)).toBeUndefined();
    expect(jsonEncoding.decodeResponse(body)).toBeUndefined();
  });
});

describe('ids for OTLP', () => {
  it("are the digits of Baton's own", () => {
    expect(toOtlpTraceId('trace_0123456789abcdef0123456789abcdef')).toBe(
      '0123456789abcdef0123456789abcdef',
    );
    expect(toOtlpSpanId('span_aaaabbbbccccddddeeeeffff')).toBe('aaaabbbbccccdddd');
  });

  it('of an id that the app chose are always the same, and others for another id', () => {
    expect(toOtlpTraceId('order-17')).toMatch(/^[0-9a-f]{32}$/);
    expect(toOtlpTraceId('order-17')).toBe(toOtlpTraceId('order-17'));
    expect(toOtlpTraceId('order-17')).not.toBe(toOtlpTraceId('order-18'));
    expect(toOtlpTraceId('order-17').slice(0, 16)).not.toBe(toOtlpTraceId('order-17').slice(16));
  });

  it('are never all zeros, which OpenTelemetry takes for no id', () => {
    expect(toOtlpTraceId(`trace_${'0'.repeat(32)}`)).not.toMatch(/^0+$/);
    expect(toOtlpSpanId(`span_${'0'.repeat(24)}`)).not.toMatch(/^0+$/);
  });
});
