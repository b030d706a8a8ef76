import { createServer } from 'node:http';
import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import root from '@opentelemetry/otlp-transformer/build/src/generated/root.js';

/** Of the classes that the official .proto files were compiled to, what is used here; the package has no types of them. */
interface MessageType {
  decode(body: Uint8Array): object;
  toObject(message: object, options: { longs: StringConstructor; bytes: ArrayConstructor }): object;
  encode(message: object): { finish(): Uint8Array };
}

const { ExportTraceServiceRequest, ExportTraceServiceResponse } = (
  root as unknown as Record<
    'opentelemetry',
    {
      proto: {
        collector: {
          trace: {
            v1: Record<'ExportTraceServiceRequest' | 'ExportTraceServiceResponse', MessageType>;
          };
        };
      };
    }
  >
).opentelemetry.proto.collector.trace.v1;

/** A span as the official packages decode it: ids in hexadecimal digits, 64-bit numbers as text. */
export interface DecodedSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind: number;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes: readonly KeyValue[];
  readonly status: { readonly code?: number; readonly message?: string };
  readonly flags: number;
}

export interface KeyValue {
  readonly key: string;
  readonly value: Readonly<Record<string, unknown>>;
}

export interface DecodedRequest {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly KeyValue[] };
    readonly scopeSpans: readonly {
      readonly scope: { readonly name: string; readonly version: string };
      readonly spans: readonly DecodedSpan[];
      readonly schemaUrl: string;
    }[];
    readonly schemaUrl: string;
  }[];
}

export interface Received {
  readonly path: string | undefined;
  readonly headers: IncomingHttpHeaders;
  /** As it came, gzip undone. */
  readonly body: Buffer;
}

type Answer = (response: ServerResponse, count: number) => void;

export interface OtlpSink extends AsyncDisposable {
  readonly url: string;
  readonly received: Received[];
  /** All spans so far, in the order they came. */
  spans(): DecodedSpan[];
  /** What to answer from now on; default: everything is accepted. */
  answer: Answer;
  close(): Promise<void>;
}

/** A collector on this machine that decodes what it gets with the official packages. */
export async function startOtlpSink(answer: Answer = accept): Promise<OtlpSink> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const raw = Buffer.concat(chunks);
      const body = request.headers['content-encoding'] === 'gzip' ? gunzipSync(raw) : raw;
      received.push({ path: request.url, headers: request.headers, body });
      sink.answer(response, received.length);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A server that listens on TCP has such an address.
  const { port } = server.address() as AddressInfo;
  const sink: OtlpSink = {
    url: `http://127.0.0.1:${port}/v1/traces`,
    received,
    answer,
    spans: () =>
      received.flatMap((each) =>
        decode(each).resourceSpans.flatMap((resource) =>
          resource.scopeSpans.flatMap((scope) => scope.spans),
        ),
      ),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
    [Symbol.asyncDispose]: () => sink.close(),
  };
  return sink;
}

/** The request as the official definitions read it. */
export function decode({ headers, body }: Pick<Received, 'headers' | 'body'>): DecodedRequest {
  if (headers['content-type'] === 'application/json') return JSON.parse(body.toString('utf8'));
  return decodeProtobuf(body);
}

export function decodeProtobuf(body: Uint8Array): DecodedRequest {
  const message = ExportTraceServiceRequest.decode(body);
  const object = ExportTraceServiceRequest.toObject(message, { longs: String, bytes: Array });
  return JSON.parse(JSON.stringify(object), (key, value) =>
    (key === 'traceId' || key === 'spanId' || key === 'parentSpanId') && Array.isArray(value)
      ? Buffer.from(value).toString('hex')
      : value,
  );
}

/** What a collector answers that has not taken everything. */
export function partialSuccess(rejectedSpans: number, errorMessage: string): Uint8Array {
  return ExportTraceServiceResponse.encode({
    partialSuccess: { rejectedSpans, errorMessage },
  }).finish();
}

/** Attributes as a plain object; each value as it is, without the name of its type. */
export function attributesOf(attributes: readonly KeyValue[]): Record<string, unknown> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, plain(value)]));
}

function plain(value: Readonly<Record<string, unknown>>): unknown {
  if ('arrayValue' in value) {
    // The shape of `AnyValue` in common.proto.
    const { values } = value['arrayValue'] as {
      readonly values: readonly Record<string, unknown>[];
    };
    return values.map((part) => plain(part));
  }
  if ('intValue' in value) return Number(value['intValue']);
  return Object.values(value)[0];
}

function accept(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/x-protobuf' }).end();
}
