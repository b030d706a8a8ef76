import { Runner } from '@baton/core';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { BatchTraceProcessor, createTracing } from '../src/index.js';
import type { TraceConfig, Tracing, TracingExporter } from '../src/index.js';
import { OpenAITracingExporter } from '../src/openai/index.js';
import type { OpenAITracingExporterOptions } from '../src/openai/index.js';
import { shop } from './support/agents.js';
import { openHttpSink } from './support/http-sink.js';
import type { Answer, HttpSink } from './support/http-sink.js';
import { KeepingLogger } from './support/recorder.js';

const sinks: HttpSink[] = [];

afterEach(async () => {
  vi.unstubAllEnvs();
  await Promise.all(sinks.splice(0).map((sink) => sink.close()));
});

interface Setup {
  readonly sink: HttpSink;
  readonly logger: KeepingLogger;
  readonly tracing: Tracing;
}

async function setUp(options: OpenAITracingExporterOptions = {}, answer?: Answer): Promise<Setup> {
  const sink = await openHttpSink(answer);
  sinks.push(sink);
  const logger = new KeepingLogger();
  const exporter: TracingExporter = new OpenAITracingExporter({
    endpoint: sink.url,
    apiKey: 'sk-test-0123456789',
    logger,
    baseDelay: 20,
    ...options,
  });
  const tracing = createTracing({ processors: [new BatchTraceProcessor(exporter, { logger })] });
  return { sink, logger, tracing };
}

async function sendOne({ tracing }: Setup, config: TraceConfig = {}): Promise<void> {
  await tracing.withTrace('T', () => tracing.withCustomSpan(() => undefined, { data: { name: 'x' } }), config);
  await tracing.forceFlush();
}

/** What a batch has in it. */
function dataOf({ received }: HttpSink, index = 0): Record<string, unknown>[] {
  // The wire has an object with a list in it, as the tests see.
  return (JSON.parse(received[index]?.text ?? '') as { data: Record<string, unknown>[] }).data;
}

describe('the exporter for OpenAI', () => {
  it('posts { data } with the key and the version of the API [TR-30, TR-31]', async () => {
    const setup = await setUp();
    await sendOne(setup);
    const [request] = setup.sink.received;
    expect(request).toMatchObject({
      method: 'POST',
      path: '/v1/traces/ingest',
      headers: { authorization: 'Bearer sk-test-0123456789', 'content-type': 'application/json', 'openai-beta': 'traces=v1' },
    });
    expect(request?.headers).not.toHaveProperty('openai-organization');
    expect(request?.headers).not.toHaveProperty('openai-project');
    expect(dataOf(setup.sink).map(({ object }) => object)).toEqual(['trace', 'trace.span']);
  });

  it('names organization and project, from options or environment [TR-30]', async () => {
    vi.stubEnv('OPENAI_ORG_ID', 'org_env');
    vi.stubEnv('OPENAI_PROJECT_ID', 'proj_env');
    const fromEnv = await setUp();
    await sendOne(fromEnv);
    expect(fromEnv.sink.received[0]?.headers).toMatchObject({ 'openai-organization': 'org_env', 'openai-project': 'proj_env' });
    const fromOptions = await setUp({ organization: 'org_1', project: 'proj_1' });
    await sendOne(fromOptions);
    expect(fromOptions.sink.received[0]?.headers).toMatchObject({ 'openai-organization': 'org_1', 'openai-project': 'proj_1' });
  });

  it('takes OPENAI_API_KEY where it has no key; with none it sends nothing, and says so once [TR-31, CF-1]', async () => {
    vi.stubEnv('OPENAI_API_KEY', '');
    const setup = await setUp({ apiKey: undefined });
    await sendOne(setup);
    await sendOne(setup);
    expect(setup.sink.received).toEqual([]);
    expect(setup.logger.lines).toEqual([
      'warn: Traces are not sent to OpenAI, as there is no key: set OPENAI_API_KEY, or pass `apiKey` to the OpenAITracingExporter.',
    ]);
    vi.stubEnv('OPENAI_API_KEY', 'sk-env');
    await sendOne(setup);
    expect(setup.sink.received[0]?.headers.authorization).toBe('Bearer sk-env');
  });

  it('asks a function for the key before each batch, so that it can change [TR-32]', async () => {
    const keys = ['sk-1', 'sk-2'];
    const setup = await setUp({ apiKey: () => Promise.resolve(keys.shift()) });
    await sendOne(setup);
    await sendOne(setup);
    expect(setup.sink.received.map(({ headers }) => headers.authorization)).toEqual(['Bearer sk-1', 'Bearer sk-2']);
  });

  it('sends a run with the key of the run; with an empty one, nowhere [TRC-14]', async () => {
    const setup = await setUp();
    const runner = new Runner({ tracer: setup.tracing });
    await Promise.all([
      runner.run(shop(), 'Hi', { tracing: { apiKey: 'sk-tenant-a' } }),
      runner.run(shop(), 'Hi', { tracing: { apiKey: '' } }),
      runner.run(shop(), 'Hi', { tracing: { apiKey: 'sk-tenant-b' } }),
    ]);
    await setup.tracing.forceFlush();
    const { received } = setup.sink;
    expect(received.map(({ headers }) => headers.authorization)).toEqual(['Bearer sk-tenant-a', 'Bearer sk-tenant-b']);
    const traces = received.map((_request, index) => new Set(dataOf(setup.sink, index).map(({ id, trace_id }) => trace_id ?? id)));
    expect(traces.map((set) => set.size)).toEqual([1, 1]);
    expect(received.map(({ text }) => text).join()).not.toContain('sk-tenant');
  });

  it('tries three times, waiting longer each time, after errors of the server [TR-30, TR-31]', async () => {
    const setup = await setUp({}, (response, number) => {
      response.statusCode = number < 3 ? 503 : 200;
      response.end();
    });
    await sendOne(setup);
    const at = setup.sink.received.map((request) => request.at);
    expect(at).toHaveLength(3);
    expect((at[1] ?? 0) - (at[0] ?? 0)).toBeGreaterThanOrEqual(19);
    expect((at[2] ?? 0) - (at[1] ?? 0)).toBeGreaterThanOrEqual(39);
    expect(setup.logger.lines).toEqual(['debug: 2 traces and spans were sent to OpenAI.']);
  });

  it('waits as long as the server asks for, within its longest wait', async () => {
    const setup = await setUp({ baseDelay: 1, maxDelay: 30 }, (response, number) => {
      if (number === 1) response.writeHead(500, { 'retry-after-ms': '25' });
      if (number === 2) response.writeHead(500, { 'retry-after': '3600' });
      response.end();
    });
    await sendOne(setup);
    const at = setup.sink.received.map((request) => request.at);
    expect((at[1] ?? 0) - (at[0] ?? 0)).toBeGreaterThanOrEqual(24);
    expect(at).toHaveLength(3);
  });

  it('gives up after that, with an error in the log and nothing thrown [TR-31]', async () => {
    const setup = await setUp({ baseDelay: 1 }, (response) => {
      response.statusCode = 500;
      response.end('a private echo');
    });
    await sendOne(setup);
    expect(setup.sink.received).toHaveLength(3);
    expect(setup.logger.lines).toEqual([
      'error: 2 traces and spans could not be sent to OpenAI and are lost; the run is not affected: the server answered with status 500 (3 attempts).',
    ]);
  });

  it.each([400, 401, 404, 413, 429, 302])('does not try again after status %i [TR-31]', async (status) => {
    const setup = await setUp({}, (response) => {
      response.writeHead(status, { 'x-request-id': 'req_7', location: 'http://elsewhere.invalid/' });
      response.end('a private echo');
    });
    await sendOne(setup);
    expect(setup.sink.received).toHaveLength(1);
    expect(setup.logger.lines).toEqual([
      `error: OpenAI refused 2 traces and spans (status ${status}, request req_7); the run is not affected. With 401 or 403, check the key that traces are sent with.`,
    ]);
  });

  it('tries again after errors of the network, and after a server that is too slow', async () => {
    const broken = await setUp({ baseDelay: 1 }, (response) => response.destroy());
    await sendOne(broken);
    expect(broken.sink.received).toHaveLength(3);
    const silent = await setUp({ baseDelay: 1, timeout: 20 }, () => undefined);
    await sendOne(silent);
    expect(silent.sink.received).toHaveLength(3);
    expect(silent.logger.lines.at(-1)).toContain('no answer within 20 ms (3 attempts)');
  });

  it('stops between attempts when the time for the shutdown is over [TRC-02, JS-131]', async () => {
    const setup = await setUp({ baseDelay: 1e9, maxDelay: 1e9 }, (response) => {
      response.statusCode = 500;
      response.end();
    });
    await setup.tracing.withTrace('T', () => undefined);
    await setup.tracing.shutdown(150);
    expect(setup.sink.received).toHaveLength(1);
  });

  it('sends nothing for an empty batch [TR-31]', async () => {
    const { sink } = await setUp();
    await new OpenAITracingExporter({ endpoint: sink.url, apiKey: 'sk' }).export([]);
    expect(sink.received).toEqual([]);
  });

  it('writes traces and spans as OpenAI reads them [TR-4, TR-8, TR-41]', async () => {
    const setup = await setUp();
    await new Runner({ tracer: setup.tracing, workflowName: 'Shop', groupId: 'chat_1' }).run(shop(), 'Hi');
    await setup.tracing.forceFlush();
    const [trace, ...spans] = dataOf(setup.sink);
    expect(trace).toEqual({ object: 'trace', id: expect.stringMatching(/^trace_[0-9a-f]{32}$/), workflow_name: 'Shop', group_id: 'chat_1', metadata: null });
    for (const span of spans) {
      expect(span).toEqual({
        object: 'trace.span',
        id: expect.stringMatching(/^span_[0-9a-f]{24}$/),
        trace_id: trace?.['id'],
        parent_id: span['parent_id'] === null ? null : expect.stringMatching(/^span_/),
        started_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
        ended_at: expect.stringMatching(/Z$/),
        span_data: expect.objectContaining({ type: expect.any(String) }),
        error: null,
      });
    }
    const data = spans.map((span) => span['span_data']);
    // OpenAI has the response itself.
    expect(data).toContainEqual({ type: 'response', response_id: 'resp_1' });
    expect(data).toContainEqual({ type: 'function', name: 'act', input: '{}', output: 'Acted well' });
    expect(data).toContainEqual({ type: 'handoff', from_agent: 'Opener', to_agent: 'Closer' });
    expect(data).toContainEqual({ type: 'agent', name: 'Opener', tools: ['act'], handoffs: ['Closer'], output_type: 'text' });
  });

  it('tells of a model call what OpenAI does not have: two numbers of tokens, and the others as details [TRC-09]', async () => {
    const setup = await setUp();
    const { tracing } = setup;
    await tracing.withTrace('T', () =>
      tracing.withGenerationSpan(
        (span) => span.setError({ message: 'Slow', name: 'SlowError', data: { ms: 3 } }),
        {
          data: {
            model: 'm',
            instructions: 'Be kind',
            input: 'Hi',
            output: 'Hello',
            response_id: 'resp_not_stored',
            model_config: { store: false },
            usage: { input_tokens: 1, output_tokens: 2, total_tokens: 3, details: { tier: 'flex' }, input_tokens_details: { cached_tokens: 1 } },
          },
        },
      ),
    );
    await tracing.forceFlush();
    const span = dataOf(setup.sink)[1];
    expect(span?.['span_data']).toEqual({
      type: 'generation',
      model: 'm',
      model_config: { store: false },
      input: [
        { role: 'system', content: 'Be kind' },
        { role: 'user', content: 'Hi' },
      ],
      output: ['Hello'],
      usage: { input_tokens: 1, output_tokens: 2, details: { total_tokens: 3, tier: 'flex', input_tokens_details: { cached_tokens: 1 } } },
    });
    expect(span?.['error']).toEqual({ message: 'Slow', data: { ms: 3, name: 'SlowError' } });
  });

  it('cuts fields to what OpenAI takes, and says that it did [TRC-09, JS-134]', async () => {
    const setup = await setUp();
    const { tracing } = setup;
    // Several bytes each on the wire.
    const long = '天"\n'.repeat(40_000);
    await tracing.withTrace('T', async () => {
      await tracing.withFunctionSpan(() => undefined, { data: { name: 'act', input: long, output: 'short' } });
      await tracing.withGenerationSpan(() => undefined, { data: { input: [{ role: 'user', content: long }, { role: 'user', content: long }] } });
      await tracing.withCustomSpan(() => undefined, { data: { name: 'mine', data: { long } } });
    });
    await tracing.forceFlush();
    const fields = dataOf(setup.sink).slice(1).map((span) => span['span_data'] as Record<string, unknown>); // spans have it
    for (const field of [fields[0]?.['input'], fields[1]?.['input'], fields[2]?.['data']]) {
      expect(Buffer.byteLength(JSON.stringify(field))).toBeLessThanOrEqual(100_000);
      expect(JSON.stringify(field)).toMatch(/left out/);
    }
    expect(fields[0]?.['output']).toBe('short');
  });
});
