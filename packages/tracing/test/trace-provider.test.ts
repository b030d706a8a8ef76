import { Agent, Runner, tool } from '@baton/core';
import { functionCall, ScriptedModel } from '@baton/core/testing';
import { describe, expect, it } from 'vitest';
import { createTracing, NoopSpan, NoopTrace, Span, Trace } from '../src/index.js';
import type { TraceProviderOptions, Tracing } from '../src/index.js';
import { shop } from './support/agents.js';
import { KeepingLogger, nameOf, Recorder, sleep } from './support/recorder.js';

interface Setup {
  readonly tracing: Tracing;
  readonly recorder: Recorder;
  readonly logger: KeepingLogger;
}

function setUp(options: TraceProviderOptions = {}): Setup {
  const recorder = new Recorder();
  const logger = new KeepingLogger();
  return { recorder, logger, tracing: createTracing({ processors: [recorder], logger, ...options }) };
}

/** The names of a span and all around it, innermost first. */
function around(recorder: Recorder, name: string): string[] {
  const names: string[] = [];
  const byId = new Map(recorder.spans.map((span) => [span.spanId, span]));
  for (let id: string | null = recorder.span(name).spanId; id !== null; ) {
    const span = byId.get(id);
    if (span === undefined) break;
    names.push(nameOf(span));
    id = span.parentId;
  }
  return names;
}

describe('a run', () => {
  it('is a trace of its agents, model calls, tools, handoffs and guardrails, each in what it belongs to [TR-1, RUN-29]', async () => {
    const { tracing, recorder } = setUp();
    await new Runner({ tracer: tracing, workflowName: 'Shop' }).run(shop(), 'Hi');
    expect(recorder.told).toEqual([
      'start',
      '+trace Shop',
      '+task Shop',
      '+guardrail topic',
      '-guardrail topic',
      '+agent Opener',
      '+turn',
      '+generation',
      '-generation',
      '+function act',
      '-function act',
      '-turn',
      '+turn',
      '+generation',
      '-generation',
      '+handoff',
      '-handoff',
      '-turn',
      '-agent Opener',
      '+agent Closer',
      '+turn',
      '+generation',
      '-generation',
      '-turn',
      '-agent Closer',
      '+guardrail tone',
      '-guardrail tone',
      '-task Shop',
      '-trace Shop',
    ]);
    expect(around(recorder, 'function act')).toEqual(['function act', 'turn', 'agent Opener', 'task Shop']);
  });

  it('inside a trace belongs to it; several make one story [TR-45, RUN-29]', async () => {
    const { tracing, recorder } = setUp();
    const runner = new Runner({ tracer: tracing, workflowName: 'Each' });
    await tracing.withTrace('Story', async () => {
      await runner.run(shop(), 'First');
      await runner.run(shop(), 'Second');
    });
    expect(recorder.traces.map((trace) => trace.name)).toEqual(['Story']);
    expect(new Set(recorder.spans.map((span) => span.traceId))).toEqual(new Set([recorder.traces[0]?.traceId]));
    expect(recorder.of('task').map((span) => span.parentId)).toEqual([null, null]);
    expect(recorder.told.at(-1)).toBe('-trace Story');
  });

  it('called by hand in a tool is in the span of that tool [TR-24]', async () => {
    const { tracing, recorder } = setUp();
    const runner = new Runner({ tracer: tracing });
    const ask = tool({
      name: 'ask',
      execute: async () => {
        await sleep(1);
        return (await runner.run(new Agent({ name: 'Inner', model: new ScriptedModel(['Inside']) }), 'Hi')).finalOutput ?? '';
      },
    });
    await runner.run(new Agent({ name: 'Outer', model: new ScriptedModel([functionCall('ask'), 'Done']), tools: [ask] }), 'Hi');
    expect(recorder.traces).toHaveLength(1);
    expect(around(recorder, 'agent Inner').slice(0, 4)).toEqual(['agent Inner', 'task Agent workflow', 'function ask', 'turn']);
  });

  it('knows its id, group and metadata; spans have them too [TR-4, TR-5, JS-133, TRC-10]', async () => {
    const { tracing, recorder } = setUp();
    await new Runner({ tracer: tracing }).run(shop(), 'Hi', {
      traceId: 'trace_mine',
      groupId: 'chat_1',
      traceMetadata: { tenant: 'acme' },
      workflowName: 'Support',
    });
    expect(recorder.traces[0]?.toJSON()).toEqual({
      object: 'trace',
      id: 'trace_mine',
      workflow_name: 'Support',
      group_id: 'chat_1',
      metadata: { tenant: 'acme' },
    });
    expect(recorder.spans[0]).toMatchObject({ traceMetadata: { tenant: 'acme' }, groupId: 'chat_1', traceName: 'Support' });
  });

  it('sums what its model calls have cost in its turns and in itself, those of runs inside included [JS-133, TRC-16]', async () => {
    const { tracing, recorder } = setUp();
    const inner = new Agent({ name: 'Inner', model: new ScriptedModel(['Inside']) });
    const outer = new Agent({
      name: 'Outer',
      model: new ScriptedModel([functionCall('inner', { input: 'x' }), 'Done']),
      tools: [inner.asTool({ toolName: 'inner' })],
    });
    await new Runner({ tracer: tracing, workflowName: 'Sum' }).run(outer, 'Hi');
    const none = { cached_input_tokens: 0, cache_write_input_tokens: 0 };
    expect(recorder.of('task').map((span) => span.spanData.usage)).toEqual([
      { requests: 1, input_tokens: 10, output_tokens: 5, total_tokens: 15, ...none },
      { requests: 3, input_tokens: 30, output_tokens: 15, total_tokens: 45, ...none },
    ]);
    expect(recorder.of('turn').map((span) => span.spanData.usage)).toEqual([
      { input_tokens: 10, output_tokens: 5, ...none },
      { input_tokens: 10, output_tokens: 5, ...none },
      { input_tokens: 10, output_tokens: 5, ...none },
    ]);
  });

  it.each([
    ['the tracing', { includeTaskAndTurnSpans: false }, {}],
    ['the run', {}, { tracing: { includeTaskAndTurnSpans: false } }],
  ])('has no spans for itself and its turns where %s says so; the others stay as they are [TRC-15]', async (_who, options, config) => {
    const { tracing, recorder } = setUp(options);
    await new Runner({ tracer: tracing, ...config }).run(shop(), 'Hi');
    expect(around(recorder, 'function act')).toEqual(['function act', 'agent Opener']);
    expect(recorder.of('task')).toEqual([]);
    expect(recorder.of('turn')).toEqual([]);
    expect(recorder.told.at(-1)).toBe('-trace Agent workflow');
  });

  it('that fails has its error on what failed, on what is around it, and on the trace [TRC-08]', async () => {
    const { tracing, recorder } = setUp();
    const agent = new Agent({ name: 'A', model: new ScriptedModel([new RangeError('Too far')]) });
    await expect(new Runner({ tracer: tracing, workflowName: 'Trip' }).run(agent, 'Hi')).rejects.toThrow('Too far');
    const error = { message: 'Too far', name: 'RangeError' };
    for (const name of ['generation', 'turn', 'agent A', 'task Trip']) expect(recorder.span(name).error).toEqual(error);
    expect(recorder.traces[0]?.error).toEqual(error);
  });

  it('that is streamed ends its trace when the stream is over, also inside withTrace() [JS-24]', async () => {
    const { tracing, recorder } = setUp();
    const runner = new Runner({ tracer: tracing });
    const result = await tracing.withTrace('Streamed', () => runner.run(shop(), 'Hi', { stream: true }));
    expect(recorder.told).not.toContain('-trace Streamed');
    for await (const _event of result) await sleep(0);
    await result.completed;
    await sleep(0);
    expect(recorder.told.at(-1)).toBe('-trace Streamed');
  });

  it('is not recorded where nobody is told, and costs the noop tracer only', async () => {
    const tracing = createTracing();
    const span = tracing.startTrace({ workflowName: 'x', includeSensitiveData: true });
    expect(span).not.toBeInstanceOf(Span);
    await new Runner({ tracer: tracing }).run(shop(), 'Hi');
  });

  it('is not recorded where tracing is disabled, from outside or for a time [TR-2, TR-38, TR-25]', async () => {
    const { tracing, recorder } = setUp({ disabled: true });
    const runner = new Runner({ tracer: tracing });
    await runner.run(shop(), 'Hi');
    await tracing.withTrace('Off', () => tracing.withCustomSpan(() => undefined, { data: { name: 'x' } }));
    expect(recorder.told).toEqual([]);
    tracing.setDisabled(false);
    await runner.run(shop(), 'Hi');
    expect(recorder.traces).toHaveLength(1);
  });

  it('is not recorded inside a trace that is disabled', async () => {
    const { tracing, recorder, logger } = setUp();
    await tracing.withTrace('Off', () => new Runner({ tracer: tracing }).run(shop(), 'Hi'), { disabled: true });
    expect(recorder.told).toEqual([]);
    expect(logger.lines).toEqual([]);
  });
});

describe('two tracings in one process', () => {
  it('record to two places, also where the runs are mixed', async () => {
    const a = setUp();
    const b = setUp();
    const runs = [a, b, a, b].map(({ tracing }, index) =>
      new Runner({ tracer: tracing, workflowName: `Run ${index}` }).run(shop(), 'Hi'),
    );
    await Promise.all(runs);
    expect(a.recorder.traces.map((trace) => trace.name)).toEqual(['Run 0', 'Run 2']);
    expect(b.recorder.traces.map((trace) => trace.name)).toEqual(['Run 1', 'Run 3']);
    expect(a.recorder.spans).toHaveLength(b.recorder.spans.length);
  });

  it('have a current span each', async () => {
    const a = setUp();
    const b = setUp();
    await a.tracing.withTrace('A', async () => {
      expect(b.tracing.getCurrentTrace()).toBeNull();
      await b.tracing.withTrace('B', () => {
        expect(a.tracing.getCurrentTrace()?.name).toBe('A');
        expect(b.tracing.getCurrentTrace()?.name).toBe('B');
      });
    });
  });
});

describe('the current trace and span', () => {
  it('survive awaits, timers and concurrency [TR-23, TR-42]', async () => {
    const { tracing } = setUp();
    const seen = await Promise.all(
      ['a', 'b', 'c'].map((name, index) =>
        tracing.withTrace(name, () =>
          tracing.withCustomSpan(
            async (span) => {
              await sleep(3 - index);
              const later = await new Promise<Span | null>((resolve) => setTimeout(() => resolve(tracing.getCurrentSpan()), 1));
              expect(later).toBe(span);
              return `${tracing.getCurrentTrace()?.name} ${nameOf(span)}`;
            },
            { data: { name } },
          ),
        ),
      ),
    );
    expect(seen).toEqual(['a custom a', 'b custom b', 'c custom c']);
    expect(tracing.getCurrentTrace()).toBeNull();
    expect(tracing.getCurrentSpan()).toBeNull();
  });

  it('in a tool is the span of its call', async () => {
    const { tracing, recorder } = setUp();
    const look = tool({
      name: 'look',
      execute: async () => {
        await sleep(1);
        await tracing.withCustomSpan(() => sleep(1), { data: { name: 'inside' } });
        return 'Seen';
      },
    });
    const agent = new Agent({ name: 'A', model: new ScriptedModel([functionCall('look'), 'Done']), tools: [look] });
    await new Runner({ tracer: tracing }).run(agent, 'Hi');
    expect(around(recorder, 'custom inside').slice(0, 2)).toEqual(['custom inside', 'function look']);
  });

  it("in each of an app's functions is the span that calls it, whatever runs beside it", async () => {
    const { tracing, recorder } = setUp();
    const seen: string[] = [];
    const look = async (who: string): Promise<void> => {
      const before = tracing.getCurrentSpan();
      await sleep(1);
      expect(tracing.getCurrentSpan()).toBe(before);
      seen.push(`${who}: ${before === null ? tracing.getCurrentTrace()?.name : nameOf(before)}`);
      await tracing.withCustomSpan(() => sleep(1), { data: { name: who } });
    };
    const model = new ScriptedModel([[functionCall('left'), functionCall('right')], 'Done']);
    const asked = {
      name: 'asked',
      getResponse: async (request: Parameters<typeof model.getResponse>[0]) => {
        await look('model');
        return model.getResponse(request);
      },
      getStreamedResponse: (request: Parameters<typeof model.getStreamedResponse>[0]) => model.getStreamedResponse(request),
    };
    const agent = new Agent({
      name: 'A',
      instructions: async () => {
        await look('instructions');
        return 'Be brief';
      },
      model: asked,
      tools: ['left', 'right'].map((name) =>
        tool({
          name,
          needsApproval: async () => {
            await look(`approval of ${name}`);
            return false;
          },
          execute: async () => {
            await look(name);
            return 'Seen';
          },
        }),
      ),
      inputGuardrails: [
        {
          name: 'beside',
          execute: async () => {
            await look('guardrail');
            return { tripwireTriggered: false };
          },
        },
      ],
    });
    const runner = new Runner({ tracer: tracing, workflowName: 'W' });
    runner.on('agent_start', () => look('start of the agent'));
    await runner.run(agent, 'Hi');
    const expected: Record<string, string> = {
      'start of the agent': 'agent A',
      instructions: 'turn',
      guardrail: 'guardrail beside',
      model: 'generation',
      'approval of left': 'turn',
      'approval of right': 'turn',
      left: 'function left',
      right: 'function right',
    };
    for (const [who, name] of Object.entries(expected)) {
      expect(new Set(seen.filter((each) => each.startsWith(`${who}: `)))).toEqual(new Set([`${who}: ${name}`]));
      expect(around(recorder, `custom ${who}`)[1]).toBe(name);
    }
    expect(tracing.getCurrentSpan()).toBeNull();
  });

  it('that a function of the app has set by hand stays where it was set, also beside the steps of a run', async () => {
    const { tracing, recorder } = setUp();
    const names: string[] = [];
    const agent = new Agent({
      name: 'A',
      instructions: () => {
        const mine = tracing.createCustomSpan({ data: { name: 'mine' } });
        mine.start();
        tracing.setCurrentSpan(mine);
        mine.end();
        return 'Be brief';
      },
      model: {
        name: 'm',
        getResponse: (request) => {
          const current = tracing.getCurrentSpan();
          names.push(current === null ? 'none' : nameOf(current));
          return new ScriptedModel(['Done']).getResponse(request);
        },
        getStreamedResponse: (request) => new ScriptedModel(['Done']).getStreamedResponse(request),
      },
    });
    await new Runner({ tracer: tracing }).run(agent, 'Hi');
    expect(names).toEqual(['generation']);
    expect(around(recorder, 'custom mine').slice(0, 2)).toEqual(['custom mine', 'turn']);
  });

  it('of two runs at once is each its own', async () => {
    const { tracing, recorder } = setUp();
    const look = tool({
      name: 'look',
      execute: async () => {
        await sleep(2);
        return tracing.getCurrentTrace()?.name ?? 'none';
      },
    });
    const runs = ['a', 'b', 'c'].map((workflowName) =>
      new Runner({ tracer: tracing, workflowName }).run(
        new Agent({ name: 'A', model: new ScriptedModel([functionCall('look'), 'Done']), tools: [look] }),
        'Hi',
      ),
    );
    await Promise.all(runs);
    for (const span of recorder.of('function')) expect(span.spanData.output).toBe(span.traceName);
  });

  it('are set and reset by hand where code cannot be wrapped [TR-46, JS-132]', async () => {
    const { tracing } = setUp();
    await tracing.withTrace('By hand', () => {
      const outer = tracing.createCustomSpan({ data: { name: 'outer' } });
      tracing.setCurrentSpan(outer);
      const inner = tracing.createCustomSpan({ data: { name: 'inner' } });
      expect(inner.parent).toBe(outer);
      tracing.setCurrentSpan(inner);
      expect(tracing.getCurrentSpan()).toBe(inner);
      tracing.resetCurrentSpan();
      expect(tracing.getCurrentSpan()).toBe(outer);
      tracing.resetCurrentSpan();
      expect(tracing.getCurrentSpan()).toBeNull();
      expect(tracing.getCurrentTrace()?.name).toBe('By hand');
    });
  });

  it('belong to nobody else where the platform carries nothing along: parents are passed by hand', async () => {
    const { SynchronousStorage } = await import('../src/context-storage.js');
    const { tracing, recorder, logger } = setUp({ contextStorage: new SynchronousStorage() });
    await Promise.all(
      ['a', 'b'].map((name) =>
        tracing.withTrace(name, async (trace) => {
          expect(tracing.getCurrentTrace()).toBe(trace);
          await sleep(1);
          expect(tracing.getCurrentTrace()).toBeNull();
          await tracing.withCustomSpan(() => undefined, { data: { name } }, trace);
        }),
      ),
    );
    expect(recorder.spans.map((span) => `${span.traceName} ${nameOf(span)}`).sort()).toEqual(['a custom a', 'b custom b']);
    await new Runner({ tracer: tracing }).run(shop(), 'Hi');
    expect(around(recorder, 'function act')).toEqual(['function act', 'turn', 'agent Opener', 'task Agent workflow']);
    expect(logger.lines).toEqual([]);
  });

  it('are carried along by what the app brings', async () => {
    const { tracing } = setUp();
    const stores: unknown[] = [];
    tracing.setContextStorage({
      run: (store, callback) => {
        stores.push(store);
        return callback();
      },
      getStore: () => undefined,
      enterWith: () => undefined,
    });
    await tracing.withTrace('Mine', (trace) => expect(stores).toEqual([trace]));
  });
});

describe('a trace', () => {
  it('inside another is a new one, with a warning; getOrCreateTrace() stays in it [TR-3]', async () => {
    const { tracing, recorder, logger } = setUp();
    await tracing.withTrace('Outer', async () => {
      await tracing.getOrCreateTrace(() => expect(tracing.getCurrentTrace()?.name).toBe('Outer'), { name: 'Not made' });
      expect(logger.lines).toEqual([]);
      await tracing.withTrace('Inner', () => expect(tracing.getCurrentTrace()?.name).toBe('Inner'));
      expect(tracing.getCurrentTrace()?.name).toBe('Outer');
    });
    await tracing.getOrCreateTrace(() => expect(tracing.getCurrentTrace()?.name).toBe('Made'), { name: 'Made' });
    expect(recorder.traces.map((trace) => trace.name)).toEqual(['Outer', 'Inner', 'Made']);
    expect(logger.lines).toHaveLength(1);
    expect(logger.lines[0]).toContain('warn: withTrace() was called inside the trace "Outer"');
  });

  it('starts once and ends once; before its start it cannot end [TR-4, TR-5]', () => {
    const { tracing, recorder } = setUp();
    const trace = tracing.createTrace({ name: 'Once' });
    trace.end();
    expect(recorder.told).toEqual(['start']);
    trace.start();
    trace.start();
    trace.end();
    trace.end();
    expect(recorder.told).toEqual(['start', '+trace Once', '-trace Once']);
    expect(trace).toBeInstanceOf(Trace);
  });

  it('that fails ends with its error, and the error goes on', async () => {
    const { tracing, recorder } = setUp();
    const failing = tracing.withTrace('Bad', () => {
      throw new TypeError('No');
    });
    await expect(failing).rejects.toThrow('No');
    expect(recorder.told.at(-1)).toBe('-trace Bad');
    expect(recorder.traces[0]?.error).toEqual({ message: 'No', name: 'TypeError' });
  });

  it('that is disabled is a no-op, has no form on the wire, and makes what is inside it one [TR-6, TR-9, TR-24, TRC-06]', async () => {
    const { tracing, recorder } = setUp();
    const trace = tracing.createTrace({ disabled: true });
    expect(trace).toBeInstanceOf(NoopTrace);
    expect(trace.traceId).toBe('no-op');
    expect(trace.toJSON()).toBeNull();
    const span = tracing.createCustomSpan({ data: { name: 'x' } }, trace);
    const below = tracing.createCustomSpan({ data: { name: 'y' } }, span);
    for (const each of [span, below]) {
      expect(each).toBeInstanceOf(NoopSpan);
      expect(each.spanId).toBe('no-op');
      expect(each.toJSON()).toBeNull();
      each.start();
      each.setError({ message: 'ignored' });
      expect(each.error).toBeNull();
      each.end();
    }
    await tracing.withTrace(trace, () => tracing.withCustomSpan(() => undefined, { data: { name: 'z' } }));
    expect(recorder.told).toEqual([]);
  });
});

describe('a span', () => {
  it('outside of any trace is not recorded, and an error says what to do [TR-24]', async () => {
    const { tracing, recorder, logger } = setUp();
    const span = tracing.createAgentSpan();
    expect(span).toBeInstanceOf(NoopSpan);
    await tracing.withCustomSpan(() => undefined, { data: { name: 'x' } });
    expect(recorder.spans).toEqual([]);
    expect(logger.lines[0]).toBe(
      'error: There is no trace for the span "agent", so it is not recorded. Start one with withTrace() around it, or pass its parent.',
    );
  });

  it('starts once and ends once, with a warning for more [TR-7, TR-8]', () => {
    const { tracing, recorder, logger } = setUp();
    const span = tracing.createCustomSpan({ data: { name: 'x' } }, tracing.createTrace());
    span.end();
    expect(recorder.told).toEqual(['start']);
    span.start();
    span.start();
    span.end();
    span.end();
    expect(recorder.told).toEqual(['start', '+custom x', '-custom x']);
    expect(logger.lines.map((line) => line.replace(/span_\w+/, 'ID'))).toEqual([
      'warn: The span ID (custom) was started twice; the second time does nothing.',
      'warn: The span ID (custom) was ended twice; the second time does nothing.',
    ]);
  });

  it('knows its trace, its parent and its times [TR-7, TR-22]', () => {
    let now = Date.UTC(2026, 0, 2, 3, 4, 5, 678);
    const { tracing } = setUp({ now: () => (now += 1_000) });
    const trace = tracing.createTrace();
    const outer = tracing.createCustomSpan({ data: { name: 'outer' } }, trace);
    const inner = tracing.createCustomSpan({ data: { name: 'inner' }, spanId: 'span_mine' }, outer);
    expect(outer.parentId).toBeNull();
    expect(inner).toMatchObject({ traceId: trace.traceId, parentId: outer.spanId, spanId: 'span_mine', startedAt: null, endedAt: null });
    inner.start();
    inner.end();
    expect(inner.startedAt).toBe('2026-01-02T03:04:06.678Z');
    expect(inner.endedAt).toBe('2026-01-02T03:04:07.678Z');
  });

  it('that is disabled is not recorded, nor what is inside it [TR-22, TR-9]', async () => {
    const { tracing, recorder } = setUp();
    await tracing.withTrace('T', () =>
      tracing.withCustomSpan(() => tracing.withCustomSpan(() => undefined, { data: { name: 'in' } }), {
        data: { name: 'out' },
        disabled: true,
      }),
    );
    expect(recorder.spans).toEqual([]);
  });

  it('notes the first error it is told of; what is thrown goes on [TR-10]', async () => {
    const { tracing, recorder } = setUp();
    const failing = tracing.withTrace('T', () =>
      tracing.withCustomSpan(
        (span) => {
          span.setError({ message: 'Known', data: { code: 7 } });
          throw new Error('Later');
        },
        { data: { name: 'x' } },
      ),
    );
    await expect(failing).rejects.toThrow('Later');
    expect(recorder.span('custom x').error).toEqual({ message: 'Known', data: { code: 7 } });
  });

  it('lasts no less than no time, whatever the clock on the wall does [TRC-03]', async () => {
    const { tracing, recorder } = setUp();
    const { now } = Date;
    try {
      await tracing.withTrace('T', () =>
        tracing.withCustomSpan(
          () => {
            Date.now = () => 0;
          },
          { data: { name: 'x' } },
        ),
      );
    } finally {
      Date.now = now;
    }
    const { startTime, endTime = 0 } = recorder.span('custom x');
    expect(endTime).toBeGreaterThanOrEqual(startTime);
    expect(Math.abs(endTime - now())).toBeLessThan(60_000);
  });
});

describe('ids', () => {
  it('have the form that OpenAI takes, and are never the same [TR-40]', () => {
    const { tracing } = setUp();
    expect(tracing.generateTraceId()).toMatch(/^trace_[0-9a-f]{32}$/);
    expect(tracing.generateSpanId()).toMatch(/^span_[0-9a-f]{24}$/);
    expect(tracing.generateGroupId()).toMatch(/^group_[0-9a-f]{24}$/);
    expect(new Set(Array.from({ length: 1_000 }, () => tracing.generateSpanId())).size).toBe(1_000);
  });

  it('are made by what the app brings, one by one or all', async () => {
    let count = 0;
    const { tracing, recorder } = setUp({ idGenerator: { generateSpanId: () => `span_${++count}` } });
    await tracing.withTrace('T', () => tracing.withCustomSpan(() => undefined, { data: { name: 'x' } }));
    expect(recorder.spans[0]?.spanId).toBe('span_1');
    expect(recorder.spans[0]?.traceId).toMatch(/^trace_[0-9a-f]{32}$/);
    tracing.setIdGenerator({ generateTraceId: () => 'trace_1' });
    expect([tracing.generateTraceId(), tracing.generateSpanId()]).toEqual(['trace_1', 'span_2']);
  });
});
