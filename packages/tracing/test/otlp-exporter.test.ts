import { UserError } from '@baton/core';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { rootSpanId } from '../src/otlp/otlp-ids.js';
import { OTLPTraceExporter } from '../src/otlp/index.js';
import type { OTLPTraceExporterOptions } from '../src/otlp/index.js';
import { recordingLogger } from './support/recording-logger.js';
import { attributesOf, decode, partialSuccess, startOtlpSink } from './support/otlp-sink.js';
import { spanRecord, TRACE_ID, traceRecord } from './support/records.js';

const agent = spanRecord({ type: 'agent', name: 'Guide', tools: ['look'], output_type: 'text' });
const fast = { baseDelayMs: 1, maxDelayMs: 5 };

/** What may send the requests. */
const FETCHES = [
  ['by itself', undefined],
  ['with the fetch of the platform', globalThis.fetch],
] as const;

afterEach(() => vi.unstubAllEnvs());

describe('OTLPTraceExporter', () => {
  it.each(['http/protobuf', 'http/json'] as const)(
    'sends spans that the official package decodes: %s [TR-28]',
    async (protocol) => {
      await using sink = await startOtlpSink();
      await new OTLPTraceExporter({ url: sink.url, protocol }).export([
        { ...agent, groupId: 'thread-1', traceMetadata: { user: 'u1' } },
      ]);
      const [span] = sink.spans();
      expect(span).toMatchObject({
        traceId: '0123456789abcdef0123456789abcdef',
        spanId: 'aaaabbbbccccdddd',
        name: 'invoke_agent Guide',
        kind: 1,
        startTimeUnixNano: '1700000000000250000',
        endTimeUnixNano: '1700000000001750000',
        flags: 0x101,
      });
      expect(attributesOf(span?.attributes ?? [])).toEqual({
        'gen_ai.operation.name': 'invoke_agent',
        'gen_ai.agent.name': 'Guide',
        'gen_ai.output.type': 'text',
        'gen_ai.conversation.id': 'thread-1',
        'baton.agent.tools': ['look'],
        'baton.metadata.user': 'u1',
      });
      expect(sink.received[0]?.headers['content-type']).toBe(
        protocol === 'http/json' ? 'application/json' : 'application/x-protobuf',
      );
    },
  );

  it('tells who sends: resource, scope and the version of the conventions', async () => {
    await using sink = await startOtlpSink();
    const exporter = new OTLPTraceExporter({
      url: sink.url,
      serviceName: 'support',
      resourceAttributes: { 'service.version': '7' },
    });
    await exporter.export([agent]);
    const [resourceSpans] = decode(
      sink.received[0] ?? { headers: {}, body: Buffer.alloc(0) },
    ).resourceSpans;
    expect(attributesOf(resourceSpans?.resource.attributes ?? [])).toEqual({
      'service.name': 'support',
      'service.version': '7',
      'telemetry.sdk.name': 'baton',
      'telemetry.sdk.language': 'nodejs',
      'telemetry.sdk.version': '0.0.0',
    });
    expect(resourceSpans?.scopeSpans[0]?.scope).toEqual({
      name: '@baton/tracing',
      version: '0.0.0',
    });
    expect(resourceSpans?.schemaUrl).toBe('https://opentelemetry.io/schemas/1.45.0');
  });

  it('gives a failed span an error status and its type', async () => {
    await using sink = await startOtlpSink();
    await new OTLPTraceExporter({ url: sink.url }).export([
      { ...agent, error: { message: 'Too long', name: 'ToolTimeoutError' } },
    ]);
    expect(sink.spans()[0]?.status).toEqual({ code: 2, message: 'Too long' });
    expect(attributesOf(sink.spans()[0]?.attributes ?? [])).toMatchObject({
      'error.type': 'ToolTimeoutError',
    });
  });

  it('puts the spans of a trace that the app opened below one span for all of it', async () => {
    await using sink = await startOtlpSink();
    const exporter = new OTLPTraceExporter({ url: sink.url });
    await exporter.export([{ ...agent, traceOrigin: 'app' }]);
    await exporter.export([traceRecord({ groupId: 'thread-1' })]);
    const [child, root] = sink.spans();
    expect(root).toMatchObject({ name: 'invoke_workflow Support', spanId: rootSpanId(TRACE_ID) });
    expect(root?.parentSpanId).toBeFalsy();
    expect(child?.parentSpanId).toBe(root?.spanId);
    expect(child?.traceId).toBe(root?.traceId);
  });

  it('has the span of the run as the root of a trace that a run opened', async () => {
    await using sink = await startOtlpSink();
    const task = spanRecord({ type: 'task', name: 'Support' });
    await new OTLPTraceExporter({ url: sink.url }).export([task, traceRecord({ origin: 'run' })]);
    expect(sink.spans().map(({ name }) => name)).toEqual(['invoke_workflow Support']);
    expect(sink.spans()[0]?.parentSpanId).toBeFalsy();
  });

  it('has one root also where runs have no span of their own', async () => {
    await using sink = await startOtlpSink();
    await new OTLPTraceExporter({ url: sink.url }).export([agent, traceRecord({ origin: 'run' })]);
    const [child, root] = sink.spans();
    expect(root?.name).toBe('invoke_workflow Support');
    expect(child?.parentSpanId).toBe(root?.spanId);
  });

  it('sends nothing where there is nothing to send', async () => {
    await using sink = await startOtlpSink();
    await new OTLPTraceExporter({ url: sink.url }).export([]);
    await new OTLPTraceExporter({ url: sink.url }).export([traceRecord({ origin: 'run' })]);
    expect(sink.received).toEqual([]);
  });

  it('compresses with gzip where it is told to', async () => {
    await using sink = await startOtlpSink();
    await new OTLPTraceExporter({ url: sink.url, compression: 'gzip' }).export([agent]);
    expect(sink.received[0]?.headers['content-encoding']).toBe('gzip');
    expect(sink.spans()).toHaveLength(1);
  });

  it('sends requests no larger than allowed', async () => {
    await using sink = await startOtlpSink();
    const long = spanRecord({ type: 'function', name: 'read', output: 'x'.repeat(3_000) });
    await new OTLPTraceExporter({ url: sink.url, maxRequestBytes: 10_000 }).export(
      Array.from({ length: 10 }, () => long),
    );
    expect(sink.spans()).toHaveLength(10);
    expect(sink.received.length).toBeGreaterThan(1);
    expect(sink.received.every(({ body }) => body.length <= 10_000)).toBe(true);
  });

  it('asks for headers anew with each export where they are a function', async () => {
    await using sink = await startOtlpSink();
    let token = 0;
    const exporter = new OTLPTraceExporter({
      url: sink.url,
      headers: async () => ({ Authorization: `Bearer ${++token}` }),
    });
    await exporter.export([agent]);
    await exporter.export([agent]);
    expect(sink.received.map(({ headers }) => headers.authorization)).toEqual([
      'Bearer 1',
      'Bearer 2',
    ]);
  });

  it.each(FETCHES)(
    'sends a password in the URL as a header, where it is in no log, %s',
    async (_, fetch) => {
      await using sink = await startOtlpSink((response) => response.writeHead(401).end());
      const logger = recordingLogger();
      const url = `${sink.url.replace('http://', 'http://me:p%40ss@')}?key=query-key`;
      await new OTLPTraceExporter({ url, logger, fetch }).export([agent]);
      expect(sink.received[0]?.headers.authorization).toBe(`Basic ${btoa('me:p@ss')}`);
      expect(sink.received[0]?.path).toBe('/v1/traces?key=query-key');
      expect(logger.text()).toContain('status 401');
      expect(logger.text()).not.toMatch(/p@ss|p%40ss|query-key/);
    },
  );
});

describe('OTLPTraceExporter, where the collector does not take it', () => {
  it.each([429, 502, 503, 504])('sends again after status %i', async (status) => {
    await using sink = await startOtlpSink((response, count) =>
      response.writeHead(count === 1 ? status : 200).end(),
    );
    const logger = recordingLogger();
    await new OTLPTraceExporter({ url: sink.url, logger, ...fast }).export([agent]);
    expect(sink.received).toHaveLength(2);
    expect(sink.received[1]?.body).toEqual(sink.received[0]?.body);
    expect(logger.text()).toBe('');
  });

  it.each([400, 401, 403, 404, 413, 500])('does not send again after status %i', async (status) => {
    await using sink = await startOtlpSink((response) => response.writeHead(status).end('no'));
    const logger = recordingLogger();
    await new OTLPTraceExporter({ url: sink.url, logger, ...fast }).export([agent]);
    expect(sink.received).toHaveLength(1);
    expect(logger.errors).toEqual([
      `[non-fatal] Tracing: 1 spans for ${sink.url} are lost: the server answered with status ${status}.`,
    ]);
  });

  it('sends the same again also with the fetch of the platform', async () => {
    await using sink = await startOtlpSink((response, count) =>
      response.writeHead(count === 1 ? 503 : 200).end(),
    );
    await new OTLPTraceExporter({ url: sink.url, fetch: globalThis.fetch, ...fast }).export([
      agent,
    ]);
    expect(sink.received).toHaveLength(2);
    expect(sink.received[1]?.body).toEqual(sink.received[0]?.body);
  });

  it('gives up after three attempts, and says so once', async () => {
    await using sink = await startOtlpSink((response) => response.writeHead(503).end());
    const logger = recordingLogger();
    await new OTLPTraceExporter({ url: sink.url, logger, ...fast }).export([agent]);
    expect(sink.received).toHaveLength(3);
    expect(logger.errors).toHaveLength(1);
    expect(logger.text()).toContain('status 503 (3 attempts)');
  });

  it.each([
    ['seconds', () => '0.05'],
    ['a date', () => new Date(Date.now() + 1_500).toUTCString()],
  ])('waits as long as Retry-After says, in %s', async (_, retryAfter) => {
    const times: number[] = [];
    await using sink = await startOtlpSink((response, count) => {
      times.push(performance.now());
      response.writeHead(count === 1 ? 429 : 200, { 'retry-after': retryAfter() }).end();
    });
    await new OTLPTraceExporter({ url: sink.url, baseDelayMs: 60_000, maxDelayMs: 60_000 }).export([
      agent,
    ]);
    expect(times).toHaveLength(2);
    expect((times[1] ?? 0) - (times[0] ?? 0)).toBeGreaterThanOrEqual(40);
  });

  it('gives up where Retry-After asks for more than the longest wait', async () => {
    await using sink = await startOtlpSink((response) =>
      response.writeHead(429, { 'retry-after': '3600' }).end(),
    );
    const logger = recordingLogger();
    await new OTLPTraceExporter({ url: sink.url, logger }).export([agent]);
    expect(sink.received).toHaveLength(1);
    expect(logger.text()).toContain('asked to wait 3600 s');
  });

  it('does not throw where nobody listens', async () => {
    const sink = await startOtlpSink();
    await sink.close();
    const logger = recordingLogger();
    await new OTLPTraceExporter({ url: sink.url, logger, ...fast }).export([agent]);
    expect(logger.text()).toMatch(/ECONNREFUSED.*3 attempts/);
  });

  it('does not wait longer than its timeout for an answer', async () => {
    await using sink = await startOtlpSink(() => undefined);
    const logger = recordingLogger();
    await new OTLPTraceExporter({ url: sink.url, logger, timeoutMs: 30, ...fast }).export([agent]);
    expect(sink.received).toHaveLength(3);
    expect(logger.text()).toContain('there was no answer within 30 ms (3 attempts)');
  });

  it('does not wait for the end of an answer that does not end', async () => {
    await using sink = await startOtlpSink((response) => response.writeHead(200).write('x'));
    await new OTLPTraceExporter({
      url: sink.url,
      logger: recordingLogger(),
      timeoutMs: 30,
      maxAttempts: 1,
    }).export([agent]);
    expect(sink.received).toHaveLength(1);
  });

  it.each(['while it waits for an answer', 'between attempts'])(
    'stops when nobody waits any more: %s [TRC-02]',
    async (when) => {
      const abort = new AbortController();
      await using sink = await startOtlpSink((response) => {
        if (when === 'between attempts') response.writeHead(503).end();
        setTimeout(() => abort.abort(), 20);
      });
      const exporter = new OTLPTraceExporter({
        url: sink.url,
        logger: recordingLogger(),
        baseDelayMs: 3_600_000,
        maxDelayMs: 3_600_000,
        timeoutMs: 3_600_000,
      });
      await exporter.export([agent], abort.signal);
      expect(sink.received).toHaveLength(1);
    },
  );

  it.each(FETCHES)(
    'follows no redirect, so that its headers go nowhere else, %s',
    async (_, fetch) => {
      await using other = await startOtlpSink();
      await using sink = await startOtlpSink((response) =>
        response.writeHead(303, { location: other.url }).end(),
      );
      await new OTLPTraceExporter({
        url: sink.url,
        logger: recordingLogger(),
        fetch,
        headers: { 'x-key': 'k' },
      }).export([agent]);
      expect(other.received).toEqual([]);
    },
  );

  it.each(['http/protobuf', 'http/json'] as const)(
    'logs what was rejected of a request that was taken: %s',
    async (protocol) => {
      const json = JSON.stringify({
        partialSuccess: { rejectedSpans: '1', errorMessage: 'too old' },
      });
      await using sink = await startOtlpSink((response) =>
        response.writeHead(200).end(protocol === 'http/json' ? json : partialSuccess(1, 'too old')),
      );
      const logger = recordingLogger();
      await new OTLPTraceExporter({ url: sink.url, protocol, logger }).export([agent]);
      expect(logger.warnings).toEqual([`Tracing: ${sink.url} rejected 1 of 1 spans: too old`]);
    },
  );

  it('loses one span, and not the others, where one cannot be written', async () => {
    await using sink = await startOtlpSink();
    const logger = recordingLogger();
    const broken = spanRecord({ type: 'agent', name: 'Broken' }, { startTime: Number.NaN });
    await new OTLPTraceExporter({ url: sink.url, logger }).export([broken, agent]);
    expect(sink.spans().map(({ name }) => name)).toEqual(['invoke_agent Guide']);
    expect(logger.errors).toHaveLength(1);
  });

  it('does not throw where the function for headers does', async () => {
    await using sink = await startOtlpSink();
    const logger = recordingLogger();
    const headers = (): never => {
      throw new Error('no token');
    };
    await new OTLPTraceExporter({ url: sink.url, logger, headers }).export([agent]);
    expect(logger.text()).toContain('no token');
  });
});

describe('OTLPTraceExporter reads the environment', () => {
  async function sent(
    env: Record<string, string>,
    options: OTLPTraceExporterOptions = {},
  ): Promise<Awaited<ReturnType<typeof startOtlpSink>>> {
    const sink = await startOtlpSink();
    for (const [name, value] of Object.entries(env))
      vi.stubEnv(name, value.replace('$SINK', new URL(sink.url).origin));
    await new OTLPTraceExporter(options).export([agent]);
    await sink.close();
    return sink;
  }

  it('the endpoint of all signals gets the path of traces', async () => {
    const sink = await sent({ OTEL_EXPORTER_OTLP_ENDPOINT: '$SINK/otel/' });
    expect(sink.received[0]?.path).toBe('/otel/v1/traces');
  });

  it('the endpoint of traces is taken as it is, before that of all signals', async () => {
    const sink = await sent({
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1',
      OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: '$SINK/mine',
    });
    expect(sink.received[0]?.path).toBe('/mine');
  });

  it('headers, of which those for traces win, and those of the options above all', async () => {
    const sink = await sent(
      {
        OTEL_EXPORTER_OTLP_ENDPOINT: '$SINK',
        OTEL_EXPORTER_OTLP_HEADERS: 'x-a=all, X-B = all%20of%20them ,broken,x-c=all',
        OTEL_EXPORTER_OTLP_TRACES_HEADERS: 'x-a=traces,x-c=traces',
      },
      { headers: { 'X-C': 'option' } },
    );
    expect(sink.received[0]?.headers).toMatchObject({
      'x-a': 'traces',
      'x-b': 'all of them',
      'x-c': 'option',
    });
  });

  it('protocol and compression, of which those for traces win', async () => {
    const sink = await sent({
      OTEL_EXPORTER_OTLP_ENDPOINT: '$SINK',
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
      OTEL_EXPORTER_OTLP_COMPRESSION: 'none',
      OTEL_EXPORTER_OTLP_TRACES_COMPRESSION: 'gzip',
    });
    expect(sink.received[0]?.headers).toMatchObject({
      'content-type': 'application/json',
      'content-encoding': 'gzip',
    });
  });

  it('service name and resource attributes', async () => {
    const sink = await sent({
      OTEL_EXPORTER_OTLP_ENDPOINT: '$SINK',
      OTEL_SERVICE_NAME: 'named',
      OTEL_RESOURCE_ATTRIBUTES: 'service.name=other,deployment.environment.name=a%2Cb',
    });
    const [received] = sink.received;
    const attributes = received && decode(received).resourceSpans[0]?.resource.attributes;
    expect(attributesOf(attributes ?? [])).toMatchObject({
      'service.name': 'named',
      'deployment.environment.name': 'a,b',
    });
  });

  it('and takes the default for what it cannot use, with a word about it', async () => {
    vi.stubEnv('OTEL_EXPORTER_OTLP_ENDPOINT', 'collector:4317');
    vi.stubEnv('OTEL_EXPORTER_OTLP_PROTOCOL', 'grpc');
    const logger = recordingLogger();
    const urls: string[] = [];
    const fetch: typeof globalThis.fetch = (url) => {
      urls.push(String(url));
      return Promise.resolve(new Response());
    };
    await new OTLPTraceExporter({ logger, fetch }).export([agent]);
    expect(urls).toEqual(['http://localhost:4318/v1/traces']);
    expect(logger.errors).toHaveLength(2);
    expect(logger.text()).toMatch(/OTEL_EXPORTER_OTLP_ENDPOINT is no http[^]*PROTOCOL is "grpc"/);
  });

  it('but a URL in the options that is none is a UserError at once', () => {
    expect(() => new OTLPTraceExporter({ url: 'localhost:4318' })).toThrow(UserError);
  });

  it('a header that cannot be one is a UserError that does not show its value', () => {
    const make = (): unknown => new OTLPTraceExporter({ headers: { 'x-key': 'secret\nvalue' } });
    expect(make).toThrow(/"x-key" cannot be a header/);
    expect(make).not.toThrow(/secret/);
  });
});
