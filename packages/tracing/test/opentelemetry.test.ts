import { Agent, Runner, tool, Usage } from '@baton/core';
import { ScriptedModel, functionCall } from '@baton/core/testing';
import { SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { Attributes } from '@opentelemetry/api';
import { AlwaysOffSampler, SamplingDecision } from '@opentelemetry/sdk-trace-base';
import type { Sampler } from '@opentelemetry/sdk-trace-base';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { createTracing } from '../src/index.js';
import type { Tracing } from '../src/index.js';
import { OpenTelemetryProcessor } from '../src/opentelemetry/index.js';
import { startOpenTelemetry } from './support/open-telemetry.js';
import type { OpenTelemetry } from './support/open-telemetry.js';

let otel: OpenTelemetry;
beforeEach(() => {
  otel = startOpenTelemetry();
});
afterEach(() => otel.stop());

function tracingWith(processor: OpenTelemetryProcessor = new OpenTelemetryProcessor()): Tracing {
  return createTracing({ processors: [processor] });
}

const weather = tool({
  name: 'get_weather',
  description: 'The weather of a city.',
  parameters: z.object({ city: z.string() }),
  execute: ({ city }) => `Sunny in ${city}`,
});

/** A weather run: a tool call, then an answer; with the usage of the answer. */
function weatherAgent(execute = weather): Agent {
  const model = new ScriptedModel(
    [
      functionCall('get_weather', { city: 'Rome' }, 'call_1'),
      {
        output: [
          {
            type: 'message',
            role: 'assistant',
            content: [{ type: 'output_text', text: 'Sunny.' }],
          },
        ],
        usage: new Usage({
          requests: 1,
          inputTokens: 100,
          outputTokens: 20,
          inputTokensDetails: { cached_tokens: 60 },
          outputTokensDetails: { reasoning_tokens: 5 },
        }),
        responseId: 'resp_2',
        finishReason: 'stop',
      },
    ],
    { name: 'gpt-test' },
  );
  return new Agent({
    name: 'Guide',
    instructions: 'Be brief.',
    model,
    modelSettings: { temperature: 0.5, maxTokens: 100 },
    tools: [execute],
  });
}

describe("Baton's spans in the app's OpenTelemetry", () => {
  it('are a tree by the GenAI conventions [TR-44]', async () => {
    await new Runner({ tracer: tracingWith() }).run(weatherAgent(), 'How is Rome?');
    expect(otel.path('execute_tool get_weather')).toEqual([
      'invoke_workflow Agent workflow',
      'invoke_agent Guide',
      'turn 1',
      'execute_tool get_weather',
    ]);
    expect(
      otel
        .spans()
        .filter(({ name }) => name === 'chat gpt-test')
        .map(({ kind }) => kind),
    ).toEqual([SpanKind.CLIENT, SpanKind.CLIENT]);
    expect(new Set(otel.spans().map((span) => span.spanContext().traceId)).size).toBe(1);
    expect(otel.spans()[0]?.instrumentationScope).toMatchObject({
      name: '@baton/tracing',
      version: '0.0.0',
    });
  });

  it('tell of a model call who was asked for what, what it cost, and what was said', async () => {
    await new Runner({
      tracer: tracingWith(),
      groupId: 'thread-1',
      traceMetadata: { user: 'u1' },
    }).run(weatherAgent(), 'How is Rome?');
    const chat = otel.spans().findLast(({ name }) => name === 'chat gpt-test');
    const {
      'gen_ai.input.messages': input,
      'gen_ai.output.messages': output,
      ...rest
    } = chat?.attributes ?? {};
    expect(rest).toEqual({
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'openai',
      'gen_ai.conversation.id': 'thread-1',
      'gen_ai.request.model': 'gpt-test',
      'gen_ai.request.temperature': 0.5,
      'gen_ai.request.max_tokens': 100,
      'gen_ai.response.id': 'resp_2',
      'gen_ai.response.finish_reasons': ['stop'],
      'gen_ai.usage.input_tokens': 100,
      'gen_ai.usage.output_tokens': 20,
      'gen_ai.usage.cache_read.input_tokens': 60,
      'gen_ai.usage.reasoning.output_tokens': 5,
      'gen_ai.system_instructions': '[{"type":"text","content":"Be brief."}]',
      'baton.metadata.user': 'u1',
    });
    expect(JSON.parse(String(input))).toEqual([
      { role: 'user', parts: [{ type: 'text', content: 'How is Rome?' }] },
      {
        role: 'assistant',
        parts: [
          { type: 'tool_call', id: 'call_1', name: 'get_weather', arguments: { city: 'Rome' } },
        ],
      },
      {
        role: 'tool',
        parts: [{ type: 'tool_call_response', id: 'call_1', response: 'Sunny in Rome' }],
      },
    ]);
    expect(JSON.parse(String(output))).toEqual([
      { role: 'assistant', parts: [{ type: 'text', content: 'Sunny.' }], finish_reason: 'stop' },
    ]);
  });

  it('tell of a tool call its tool, its id, arguments and output', async () => {
    await new Runner({ tracer: tracingWith() }).run(weatherAgent(), 'How is Rome?');
    expect(otel.span('execute_tool get_weather').attributes).toEqual({
      'gen_ai.operation.name': 'execute_tool',
      'gen_ai.tool.name': 'get_weather',
      'gen_ai.tool.type': 'function',
      'gen_ai.tool.call.id': 'call_1',
      'gen_ai.tool.call.arguments': '{"city":"Rome"}',
      'gen_ai.tool.call.result': 'Sunny in Rome',
    });
  });

  it('tell of handoffs and guardrails', async () => {
    const expert = new Agent({ name: 'Expert', model: new ScriptedModel(['Done.']) });
    const triage = new Agent({
      name: 'Triage',
      model: new ScriptedModel([functionCall('transfer_to_expert', {})]),
      handoffs: [expert],
      inputGuardrails: [
        {
          name: 'polite',
          execute: () => Promise.resolve({ tripwireTriggered: false, outputInfo: {} }),
        },
      ],
    });
    await new Runner({ tracer: tracingWith() }).run(triage, 'Help!');
    expect(otel.span('handoff Expert').attributes).toEqual({
      'baton.handoff.from_agent': 'Triage',
      'baton.handoff.to_agent': 'Expert',
    });
    expect(otel.span('guardrail polite').attributes).toEqual({
      'baton.guardrail.name': 'polite',
      'baton.guardrail.triggered': false,
    });
    expect(otel.path('invoke_agent Expert')).toEqual([
      'invoke_workflow Agent workflow',
      'invoke_agent Expert',
    ]);
  });

  it('are below the span that is active where the run starts', async () => {
    await otel.tracerProvider.getTracer('app').startActiveSpan('GET /weather', async (request) => {
      await new Runner({ tracer: tracingWith() }).run(weatherAgent(), 'How is Rome?');
      request.end();
    });
    expect(otel.path('invoke_agent Guide').slice(0, 2)).toEqual([
      'GET /weather',
      'invoke_workflow Agent workflow',
    ]);
  });

  it('are above the spans that the app opens in its tools, and those are above runs inside', async () => {
    const inner = new Agent({ name: 'Inner', model: new ScriptedModel(['Sunny']) });
    const tracer = tracingWith();
    const nested = tool({
      name: 'get_weather',
      description: 'The weather of a city.',
      parameters: z.object({ city: z.string() }),
      execute: () =>
        otel.tracerProvider.getTracer('app').startActiveSpan('look outside', async (span) => {
          const result = await new Runner({ tracer }).run(inner, 'How is it?');
          span.end();
          return result.finalOutput ?? '';
        }),
    });
    await new Runner({ tracer }).run(weatherAgent(nested), 'How is Rome?');
    expect(otel.path('invoke_agent Inner')).toEqual([
      'invoke_workflow Agent workflow',
      'invoke_agent Guide',
      'turn 1',
      'execute_tool get_weather',
      'look outside',
      'invoke_workflow Agent workflow',
      'invoke_agent Inner',
    ]);
  });

  it('of several runs in one withTrace() are below one span [TR-45]', async () => {
    const tracing = tracingWith();
    const runner = new Runner({ tracer: tracing });
    await tracing.withTrace(
      'Two questions',
      async () => {
        await runner.run(weatherAgent(), 'How is Rome?');
        await runner.run(weatherAgent(), 'How is Rome now?');
      },
      { groupId: 'thread-1', metadata: { user: 'u1' } },
    );
    expect(otel.span('invoke_workflow Two questions').attributes).toMatchObject({
      'gen_ai.operation.name': 'invoke_workflow',
      'gen_ai.workflow.name': 'Two questions',
      'gen_ai.conversation.id': 'thread-1',
      'baton.metadata.user': 'u1',
    });
    const root = otel.span('invoke_workflow Two questions').spanContext().spanId;
    expect(
      otel.spans().filter(({ parentSpanContext }) => parentSpanContext?.spanId === root),
    ).toHaveLength(2);
  });

  it('have one root where runs and turns have no spans of their own [TRC-15]', async () => {
    const tracing = createTracing({
      processors: [new OpenTelemetryProcessor()],
      includeTaskAndTurnSpans: false,
    });
    await new Runner({ tracer: tracing }).run(weatherAgent(), 'How is Rome?');
    expect(otel.path('execute_tool get_weather')).toEqual([
      'invoke_workflow Agent workflow',
      'invoke_agent Guide',
      'execute_tool get_weather',
    ]);
    expect(otel.spans().filter((span) => span.parentSpanContext === undefined)).toHaveLength(1);
  });

  it('of concurrent runs do not mix', async () => {
    const runner = new Runner({ tracer: tracingWith() });
    const app = otel.tracerProvider.getTracer('app');
    await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        app.startActiveSpan(`request ${i}`, async (span) => {
          await runner.run(weatherAgent(), 'How is Rome?', { workflowName: `Workflow ${i}` });
          span.end();
        }),
      ),
    );
    for (let i = 0; i < 20; i += 1) {
      const workflow = otel.span(`invoke_workflow Workflow ${i}`);
      expect(workflow.parentSpanContext?.spanId).toBe(
        otel.span(`request ${i}`).spanContext().spanId,
      );
      const below = otel
        .spans()
        .filter((span) => span.spanContext().traceId === workflow.spanContext().traceId);
      expect(below).toHaveLength(8);
    }
  });

  it('have the times and the errors of a failing run', async () => {
    const agent = new Agent({
      name: 'Guide',
      model: new ScriptedModel([new TypeError('Out of order')], { name: 'gpt-test' }),
    });
    await expect(new Runner({ tracer: tracingWith() }).run(agent, 'Hi')).rejects.toThrow(
      'Out of order',
    );
    const chat = otel.span('chat gpt-test');
    expect(chat.status).toEqual({ code: SpanStatusCode.ERROR, message: 'Out of order' });
    expect(chat.attributes).toMatchObject({ 'error.type': 'TypeError' });
    const ns = ([seconds, nanos]: readonly [number, number]): number => seconds * 1e9 + nanos;
    const outer = otel.span('invoke_workflow Agent workflow');
    expect(outer.status.code).toBe(SpanStatusCode.ERROR);
    expect(ns(outer.startTime)).toBeLessThanOrEqual(ns(chat.startTime));
    expect(ns(outer.endTime)).toBeGreaterThanOrEqual(ns(chat.endTime));
  });

  it('have no message, argument, output or error text where sensitive data is off [RC-8]', async () => {
    const failing = tool({
      name: 'get_weather',
      description: 'The weather of a city.',
      parameters: z.object({ city: z.string() }),
      execute: () => Promise.reject(new Error('SECRET-ERROR')),
    });
    const model = new ScriptedModel([
      functionCall('get_weather', { city: 'SECRET-ARGUMENT' }),
      'SECRET-ANSWER',
    ]);
    const agent = new Agent({
      name: 'Guide',
      instructions: 'SECRET-INSTRUCTION',
      model,
      tools: [failing],
    });
    await new Runner({ tracer: tracingWith(), traceIncludeSensitiveData: false }).run(
      agent,
      'SECRET-INPUT',
    );
    const everything = JSON.stringify(
      otel
        .spans()
        .map(({ name, attributes, status, events }) => [name, attributes, status, events]),
    );
    expect(everything).not.toContain('SECRET');
    expect(otel.span('chat scripted-model').attributes).toMatchObject({
      'gen_ai.usage.input_tokens': expect.any(Number),
    });
  });

  it('have no keys in what they show', async () => {
    await new Runner({ tracer: tracingWith() }).run(
      weatherAgent(),
      `My key is sk-proj-${'a1B2'.repeat(12)}, use it.`,
    );
    expect(JSON.stringify(otel.spans().map(({ attributes }) => attributes))).not.toContain(
      'a1B2a1B2',
    );
  });

  it('are a tree also where the app has no context manager', async () => {
    await otel.stop();
    otel = startOpenTelemetry({ carriesContext: false });
    await new Runner({ tracer: tracingWith() }).run(weatherAgent(), 'How is Rome?');
    expect(otel.path('execute_tool get_weather')).toHaveLength(4);
  });

  it('tell a sampler what they are about before they start, and nothing that was said', async () => {
    await otel.stop();
    const seen: (readonly [string, Attributes])[] = [];
    const sampler: Sampler = {
      shouldSample: (_context, _traceId, name, _kind, attributes) => {
        seen.push([name, attributes]);
        return { decision: SamplingDecision.NOT_RECORD };
      },
      toString: () => 'recording',
    };
    otel = startOpenTelemetry({ sampler });
    await new Runner({ tracer: tracingWith(), traceMetadata: { user: 'u1' } }).run(
      weatherAgent(),
      'How is Rome?',
    );
    expect(seen.find(([name]) => name === 'execute_tool get_weather')?.[1]).toEqual({
      'gen_ai.operation.name': 'execute_tool',
      'gen_ai.tool.name': 'get_weather',
      'gen_ai.tool.type': 'function',
      'gen_ai.tool.call.id': 'call_1',
    });
    expect(seen.find(([name]) => name === 'chat gpt-test')?.[1]).toMatchObject({
      'gen_ai.request.model': 'gpt-test',
    });
    expect(JSON.stringify(seen)).not.toMatch(/Rome|Be brief|u1/);
  });

  it('go to the provider that is given, where the app has several', async () => {
    const given = otel;
    otel = startOpenTelemetry();
    try {
      const processor = new OpenTelemetryProcessor({ tracerProvider: given.tracerProvider });
      await new Runner({ tracer: tracingWith(processor) }).run(weatherAgent(), 'How is Rome?');
      expect(given.spans()).not.toEqual([]);
      expect(otel.spans()).toEqual([]);
    } finally {
      await given.stop();
    }
  });

  it('cost an app nothing but time that has not set OpenTelemetry up', async () => {
    await otel.stop();
    const result = await new Runner({ tracer: tracingWith() }).run(weatherAgent(), 'How is Rome?');
    expect(result.finalOutput).toBe('Sunny.');
  });

  it('that are left open end with their trace', async () => {
    const tracing = tracingWith();
    await tracing.withTrace('Hasty', () => {
      tracing.createSpan({ data: { type: 'custom', name: 'left open' } }).start();
    });
    expect(otel.path('left open')).toEqual(['invoke_workflow Hasty', 'left open']);
  });

  it('that are open end with a shutdown, and none are made after it', async () => {
    const tracing = tracingWith();
    const trace = tracing.createTrace({ name: 'Long' });
    trace.start();
    await tracing.shutdown();
    trace.end();
    await new Runner({ tracer: tracing }).run(weatherAgent(), 'How is Rome?');
    expect(otel.spans().map(({ name }) => name)).toEqual(['invoke_workflow Long']);
  });

  it('are the active ones inside of custom spans', async () => {
    const tracing = tracingWith();
    await tracing.withTrace('Custom', () =>
      tracing.withCustomSpan(
        async () => {
          await Promise.resolve();
          trace.getActiveSpan()?.addEvent('seen');
        },
        { data: { name: 'step', data: { count: 3, nested: { a: 1 } } } },
      ),
    );
    expect(otel.span('step').events.map(({ name }) => name)).toEqual(['seen']);
    expect(otel.span('step').attributes).toEqual({
      'baton.custom.count': 3,
      'baton.custom.nested': '{"a":1}',
    });
  });
});

describe("Baton's metrics in the app's OpenTelemetry", () => {
  it('count the tokens of model calls, in the buckets of the conventions', async () => {
    await new Runner({ tracer: tracingWith() }).run(weatherAgent(), 'How is Rome?');
    const points = await otel.histogram('gen_ai.client.token.usage');
    const input = points.find(({ attributes }) => attributes['gen_ai.token.type'] === 'input');
    const output = points.find(({ attributes }) => attributes['gen_ai.token.type'] === 'output');
    expect(points).toHaveLength(2);
    expect(input?.attributes).toEqual({
      'gen_ai.operation.name': 'chat',
      'gen_ai.provider.name': 'openai',
      'gen_ai.request.model': 'gpt-test',
      'gen_ai.token.type': 'input',
    });
    expect(input?.value).toMatchObject({ count: 2, max: 100 });
    expect(output?.value).toMatchObject({ count: 2, max: 20 });
    expect(input?.value.buckets.boundaries).toEqual(Array.from({ length: 14 }, (_, i) => 4 ** i));
  });

  it('measure in seconds how long model calls, tool calls and agents take', async () => {
    await new Runner({ tracer: tracingWith() }).run(weatherAgent(), 'How is Rome?');
    const points = await otel.histogram('gen_ai.client.operation.duration');
    const byOperation = Object.fromEntries(
      points.map(({ attributes, value }) => [attributes['gen_ai.operation.name'], value.count]),
    );
    expect(byOperation).toEqual({ chat: 2, execute_tool: 1, invoke_agent: 1 });
    expect(points.every(({ value }) => (value.max ?? 99) < 30)).toBe(true);
    expect(points[0]?.value.buckets.boundaries).toEqual(
      Array.from({ length: 14 }, (_, i) => 2 ** i / 100),
    );
  });

  it('tell failures apart by the type of their error', async () => {
    const agent = new Agent({
      name: 'Guide',
      model: new ScriptedModel([new TypeError('Out of order')]),
    });
    await expect(new Runner({ tracer: tracingWith() }).run(agent, 'Hi')).rejects.toThrow(
      'Out of order',
    );
    const points = await otel.histogram('gen_ai.client.operation.duration');
    expect(points.map(({ attributes }) => attributes['error.type'])).toEqual([
      'TypeError',
      'TypeError',
    ]);
  });

  it('count also where no span is sampled, and hold nothing that was said', async () => {
    await otel.stop();
    otel = startOpenTelemetry({ sampler: new AlwaysOffSampler() });
    await new Runner({ tracer: tracingWith() }).run(weatherAgent(), 'How is Rome?');
    expect(otel.spans()).toEqual([]);
    const points = await otel.histogram('gen_ai.client.token.usage');
    expect(points).toHaveLength(2);
    expect(JSON.stringify(points)).not.toContain('Rome');
  });
});
