import { Agent, Runner, tool } from '@baton/core';
import { functionCall, ScriptedModel } from '@baton/core/testing';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { BatchTraceProcessor, createTracing } from '../src/index.js';
import { OTLPTraceExporter } from '../src/otlp/index.js';
import type { OTLPTraceExporterOptions } from '../src/otlp/index.js';
import { attributesOf, startOtlpSink } from './support/otlp-sink.js';
import type { DecodedSpan } from './support/otlp-sink.js';
import { recordingLogger } from './support/recording-logger.js';
import { runProcess } from './support/run-process.js';

const weather = tool({
  name: 'get_weather',
  description: 'The weather of a city.',
  parameters: z.object({ city: z.string() }),
  execute: ({ city }) => `Sunny in ${city}`,
});

function weatherAgent(): Agent {
  const script = [functionCall('get_weather', { city: 'Rome' }, 'call_1'), 'Sunny.'];
  return new Agent({
    name: 'Guide',
    model: new ScriptedModel(script, { name: 'gpt-test' }),
    tools: [weather],
  });
}

function tracingTo(
  options: OTLPTraceExporterOptions,
  batch: { readonly scheduleDelay?: number; readonly shutdownTimeout?: number } = {},
) {
  const logger = recordingLogger();
  const exporter = new OTLPTraceExporter({ logger, ...options });
  const tracing = createTracing({
    processors: [new BatchTraceProcessor(exporter, { logger, ...batch })],
    logger,
  });
  return { tracing, logger };
}

/** Each span's name with those above it. */
function paths(spans: readonly DecodedSpan[]): string[] {
  const path = (span: DecodedSpan): string => {
    const parent = spans.find(({ spanId }) => spanId === span.parentSpanId);
    return parent === undefined ? span.name : `${path(parent)} > ${span.name}`;
  };
  return spans.map((span) => path(span)).sort();
}

describe('a run over OTLP', () => {
  it.each(['http/protobuf', 'http/json'] as const)(
    'is a tree of spans by the GenAI conventions: %s',
    async (protocol) => {
      await using sink = await startOtlpSink();
      const { tracing } = tracingTo({ url: sink.url, protocol });
      await new Runner({ tracer: tracing }).run(weatherAgent(), 'How is Rome?');
      await tracing.shutdown();
      const root = 'invoke_workflow Agent workflow';
      expect(paths(sink.spans())).toEqual([
        root,
        `${root} > invoke_agent Guide`,
        `${root} > invoke_agent Guide > turn 1`,
        `${root} > invoke_agent Guide > turn 1 > chat gpt-test`,
        `${root} > invoke_agent Guide > turn 1 > execute_tool get_weather`,
        `${root} > invoke_agent Guide > turn 2`,
        `${root} > invoke_agent Guide > turn 2 > chat gpt-test`,
      ]);
      expect(new Set(sink.spans().map(({ traceId }) => traceId)).size).toBe(1);
      const toolSpan = sink.spans().find(({ name }) => name === 'execute_tool get_weather');
      expect(attributesOf(toolSpan?.attributes ?? [])).toEqual({
        'gen_ai.operation.name': 'execute_tool',
        'gen_ai.tool.name': 'get_weather',
        'gen_ai.tool.type': 'function',
        'gen_ai.tool.call.id': 'call_1',
        'gen_ai.tool.call.arguments': '{"city":"Rome"}',
        'gen_ai.tool.call.result': 'Sunny in Rome',
      });
    },
  );

  it('is in one tree with the other runs of its withTrace() [TR-45]', async () => {
    await using sink = await startOtlpSink();
    const { tracing } = tracingTo({ url: sink.url });
    const runner = new Runner({ tracer: tracing });
    await tracing.withTrace('Twice', async () => {
      await runner.run(weatherAgent(), 'How is Rome?');
      await runner.run(weatherAgent(), 'How is Rome now?');
    });
    await tracing.shutdown();
    const spans = sink.spans();
    expect(spans.filter(({ parentSpanId }) => !parentSpanId).map(({ name }) => name)).toEqual([
      'invoke_workflow Twice',
    ]);
    expect(paths(spans).every((path) => path.startsWith('invoke_workflow Twice'))).toBe(true);
    const ends = spans.map(({ endTimeUnixNano }) => BigInt(endTimeUnixNano));
    const last = spans.find(({ name }) => name === 'invoke_workflow Twice')?.endTimeUnixNano ?? '0';
    expect(ends.every((end) => end <= BigInt(last))).toBe(true);
  });

  it('has the error of a failed run on the spans that it went through', async () => {
    await using sink = await startOtlpSink();
    const { tracing } = tracingTo({ url: sink.url });
    const agent = new Agent({
      name: 'Guide',
      model: new ScriptedModel([new TypeError('Out of order')], { name: 'gpt-test' }),
    });
    await expect(new Runner({ tracer: tracing }).run(agent, 'Hi')).rejects.toThrow('Out of order');
    await tracing.shutdown();
    const failed = sink.spans().filter(({ status }) => status.code === 2);
    expect(failed.map(({ name }) => name).sort()).toEqual([
      'chat gpt-test',
      'invoke_agent Guide',
      'invoke_workflow Agent workflow',
      'turn 1',
    ]);
    expect(failed.every(({ status }) => status.message === 'Out of order')).toBe(true);
  });
});

const TWENTY_SECRETS: readonly string[] = Array.from(
  { length: 20 },
  (_, i) => `planted-${i}-${'qW3e'.repeat(4)}`,
);

describe('with sensitive data off', () => {
  it.each(['http/protobuf', 'http/json'] as const)(
    'no secret of twenty leaves, wherever it was planted: %s',
    async (protocol) => {
      await using sink = await startOtlpSink();
      const { tracing, logger } = tracingTo({
        url: `${sink.url}?key=${TWENTY_SECRETS[0]}`,
        protocol,
        headers: { 'x-api-key': TWENTY_SECRETS[1] ?? '' },
      });
      const secret = (i: number): string => TWENTY_SECRETS[i] ?? '';
      const failing = tool({
        name: 'fail',
        description: secret(2),
        parameters: z.object({ text: z.string() }),
        execute: () => Promise.reject(new Error(secret(3))),
      });
      const agent = new Agent({
        name: 'Guide',
        instructions: secret(4),
        model: new ScriptedModel([
          [
            functionCall('get_weather', { city: secret(5) }),
            functionCall('fail', { text: secret(6) }),
          ],
          { ...reply(secret(7)), responseId: 'resp_1', providerData: { raw: secret(8) } },
        ]),
        modelSettings: { providerData: { metadata: { note: secret(9) }, stop: [secret(10)] } },
        tools: [weather, failing],
        outputGuardrails: [
          {
            name: 'leaky',
            execute: () => Promise.resolve({ tripwireTriggered: false, outputInfo: secret(11) }),
          },
        ],
        inputGuardrails: [
          {
            name: 'strict',
            execute: () => Promise.resolve({ tripwireTriggered: false, outputInfo: secret(12) }),
          },
        ],
      });
      const broken = new Agent({
        name: 'Broken',
        model: new ScriptedModel([new Error(secret(13))]),
      });
      const runner = new Runner({ tracer: tracing, traceIncludeSensitiveData: false });
      await runner.run(agent, [
        { role: 'system', content: secret(14) },
        {
          role: 'user',
          content: [
            { type: 'input_text', text: secret(15) },
            { type: 'input_image', image: `https://example.com/?sig=${secret(16)}` },
          ],
        },
      ]);
      await expect(runner.run(broken, secret(17))).rejects.toThrow();
      await tracing.withTrace(
        'Own spans',
        () =>
          tracing.withCustomSpan(() => undefined, {
            data: { name: 'mine', data: { text: secret(18) } },
          }),
        { includeSensitiveData: false },
      );
      await tracing
        .withTrace(
          'Own failure',
          () =>
            tracing.withCustomSpan(() => Promise.reject(new Error(secret(19))), {
              data: { name: 'mine' },
            }),
          { includeSensitiveData: false },
        )
        .catch(() => undefined);
      await tracing.shutdown();
      expect(sink.spans().length).toBeGreaterThan(10);
      const sent = sink.received.map(({ body }) => body.toString('latin1')).join('\n');
      for (const each of TWENTY_SECRETS) expect(sent).not.toContain(each);
      expect(logger.text()).toBe('');
    },
  );

  it('the same secrets are there where it is on, so that the search can find them', async () => {
    await using sink = await startOtlpSink();
    const { tracing } = tracingTo({ url: sink.url });
    const agent = new Agent({
      name: 'Guide',
      instructions: TWENTY_SECRETS[0] ?? '',
      model: new ScriptedModel([TWENTY_SECRETS[1] ?? '']),
    });
    await new Runner({ tracer: tracing }).run(agent, TWENTY_SECRETS[2] ?? '');
    await tracing.shutdown();
    const sent = sink.received.map(({ body }) => body.toString('latin1')).join('\n');
    for (const each of TWENTY_SECRETS.slice(0, 3)) expect(sent).toContain(each);
  });
});

describe('a collector that is', () => {
  const RUNS = 50;

  it.each([
    ['dead', undefined],
    [
      'failing',
      (response: Parameters<NonNullable<Parameters<typeof startOtlpSink>[0]>>[0]) =>
        void response.writeHead(503).end(),
    ],
    ['silent', () => undefined],
  ])('%s neither fails a run nor holds it up', async (_, answer) => {
    await using sink = await startOtlpSink(answer);
    if (answer === undefined) await sink.close();
    const { tracing, logger } = tracingTo(
      { url: sink.url, timeoutMs: 600_000, baseDelayMs: 600_000, maxDelayMs: 600_000 },
      { scheduleDelay: 1 },
    );
    const runner = new Runner({ tracer: tracing });
    // Were a run to wait for the collector, this would not end before the test's time is over.
    const results = await Promise.all(
      Array.from({ length: RUNS }, () => runner.run(weatherAgent(), 'How is Rome?')),
    );
    expect(results.every(({ finalOutput }) => finalOutput === 'Sunny.')).toBe(true);
    await tracing.shutdown(50);
    expect(logger.text()).not.toBe('');
  });
});

describe('a process that exports over OTLP', () => {
  const PROGRAM = `
    import { Agent, Runner } from '@baton/core';
    import { ScriptedModel } from '@baton/core/testing';
    import { BatchTraceProcessor, createTracing } from '../../src/index.js';
    import { OTLPTraceExporter } from '../../src/otlp/index.js';

    const exporter = new OTLPTraceExporter();
    const processors = [new BatchTraceProcessor(exporter, { scheduleDelay: 1 })];
    const tracing = createTracing({ processors, flushBeforeExit: false });
    await new Runner({ tracer: tracing }).run(new Agent({ name: 'A', model: new ScriptedModel(['Hello']) }), 'Hi');
  `;

  it('ends while a silent collector has a request of it', async () => {
    let tell: () => void;
    const asked = new Promise<void>((resolve) => (tell = resolve));
    await using sink = await startOtlpSink(() => tell());
    const source = `${PROGRAM}
      await new Promise((resolve) => process.stdin.once('data', resolve));
      process.stdin.destroy();
      console.log('over');`;
    const end = await runProcess('otlp-silent', source, {
      env: { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: sink.url, OTEL_EXPORTER_OTLP_TIMEOUT: '3600000' },
      go: asked,
    });
    expect(end).toEqual({ code: 0, output: 'over\n' });
    expect(sink.received).toHaveLength(1);
  });

  it('waits in a shutdown for a slow collector, also between attempts', async () => {
    await using sink = await startOtlpSink((response, count) => {
      setTimeout(() => response.writeHead(count === 1 ? 503 : 200).end(), 300);
    });
    const source = `${PROGRAM} await tracing.shutdown(); console.log('over');`;
    const end = await runProcess('otlp-slow', source, {
      env: { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: sink.url },
    });
    expect(end).toEqual({ code: 0, output: 'over\n' });
    expect(sink.received).toHaveLength(2);
  });

  it('waits in a flush as well', async () => {
    await using sink = await startOtlpSink(
      (response) => void setTimeout(() => response.writeHead(200).end(), 300),
    );
    const source = `${PROGRAM} await tracing.forceFlush(); console.log('over');`;
    const end = await runProcess('otlp-flush', source, {
      env: { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: sink.url },
    });
    expect(end).toEqual({ code: 0, output: 'over\n' });
  });
});

function reply(text: string) {
  return {
    output: [
      {
        type: 'message' as const,
        role: 'assistant' as const,
        content: [{ type: 'output_text' as const, text }],
      },
    ],
  };
}
