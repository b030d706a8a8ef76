import { Runner } from '@baton/core';
import { describe, expect, it } from 'vitest';
import { BatchTraceProcessor, createTracing, SimpleTraceProcessor } from '../src/index.js';
import type { BatchTraceProcessorOptions, TracingExporter, TracingItem, TracingProcessor } from '../src/index.js';
import { shop } from './support/agents.js';
import { KeepingExporter, KeepingLogger, Recorder, sleep } from './support/recorder.js';

/** Starts and ends so many spans in one trace. */
async function spans(processors: readonly TracingProcessor[], count: number): Promise<void> {
  const tracing = createTracing({ processors });
  await tracing.withTrace('T', async () => {
    for (let index = 0; index < count; index++) {
      await tracing.withCustomSpan(() => undefined, { data: { name: String(index) } });
    }
  });
}

/** A processor whose every method does the same. */
function always(act: () => Promise<void>): TracingProcessor {
  return { start: act, onTraceStart: act, onTraceEnd: act, onSpanStart: act, onSpanEnd: act, shutdown: act, forceFlush: act };
}

describe('processors', () => {
  it('are told in the order they were added [TR-26, TR-27]', async () => {
    const order: string[] = [];
    const named = (name: string): TracingProcessor => always(() => Promise.resolve(void order.push(name)));
    const tracing = createTracing({ processors: [named('a')] });
    tracing.registerProcessor(named('b'));
    await tracing.withTrace('T', () => undefined);
    expect(order).toEqual(['a', 'b', 'a', 'b', 'a', 'b']);
  });

  it('can be added while traces run; replacing them shuts the others down [TR-37]', async () => {
    const [a, b, c] = [new Recorder(), new Recorder(), new Recorder()];
    const tracing = createTracing({ processors: [a] });
    await tracing.withTrace('1', () => tracing.registerProcessor(b));
    tracing.setProcessors([b, c]);
    await tracing.withTrace('2', () => undefined);
    await sleep(0);
    expect(a.told).toEqual(['start', '+trace 1', '-trace 1', 'shutdown']);
    expect(b.told).toEqual(['start', '-trace 1', '+trace 2', '-trace 2']);
    expect(c.told).toEqual(['start', '+trace 2', '-trace 2']);
  });

  it.each([
    ['throws', () => { throw new Error('broken'); }],
    ['rejects', () => Promise.reject(new Error('broken'))],
  ])('one that %s is logged once; neither the others nor the run see it [TR-26, TRC-01]', async (_how, act) => {
    const [before, after, logger] = [new Recorder(), new Recorder(), new KeepingLogger()];
    const bad: TracingProcessor = { ...always(act), runInside: act as never };
    const tracing = createTracing({ processors: [before, bad, after], logger });
    const result = await new Runner({ tracer: tracing }).run(shop(), 'Hi');
    expect(result.finalOutput).toBe('Done');
    await tracing.forceFlush();
    await tracing.shutdown();
    expect(after.told).toEqual(before.told);
    expect(after.spans.length).toBeGreaterThan(5);
    expect(logger.lines.filter((line) => line.startsWith('warn'))).toHaveLength(1);
    expect(logger.lines[0]).toContain('A tracing processor failed; the run is not affected: broken');
  });

  it('may wrap what happens inside a span, whose value and error stay its own', async () => {
    const wrapped: string[] = [];
    const wrapper: TracingProcessor = {
      ...always(() => Promise.resolve()),
      runInside: (item, fn) => {
        wrapped.push(item.type);
        return fn();
      },
    };
    const tracing = createTracing({ processors: [wrapper, wrapper] });
    await tracing.withTrace('T', async () => {
      expect(await tracing.withCustomSpan(() => 7, { data: { name: 'x' } })).toBe(7);
      const failing = tracing.withCustomSpan(() => { throw new Error('mine'); }, { data: { name: 'x' } });
      await expect(failing).rejects.toThrow('mine');
    });
    expect(wrapped).toEqual(['trace', 'trace', 'trace.span', 'trace.span', 'trace.span', 'trace.span']);
  });

  it('are flushed and shut down together; errors are logged, not thrown [TR-25]', async () => {
    const [recorder, logger] = [new Recorder(), new KeepingLogger()];
    const bad = always(() => Promise.reject(new Error('late')));
    const tracing = createTracing({ processors: [bad, recorder], logger });
    await tracing.forceFlush();
    await tracing.shutdown(10);
    expect(recorder.told).toEqual(['flush', 'shutdown']);
    expect(logger.lines).toHaveLength(2);
  });
});

describe('the simple processor', () => {
  it('gives each trace as it starts and each span as it ends, one by one [TR-28]', async () => {
    const exporter = new KeepingExporter();
    const processor = new SimpleTraceProcessor(exporter);
    await spans([processor], 2);
    await processor.shutdown();
    expect(exporter.batches.map((batch) => batch.map((item) => item.type))).toEqual([['trace'], ['trace.span'], ['trace.span']]);
    expect(exporter.closed).toBe(1);
  });

  it('goes on after an exporter that failed', async () => {
    const logger = new KeepingLogger();
    let calls = 0;
    const processor = new SimpleTraceProcessor({ export: () => Promise.reject(new Error(`no ${++calls}`)) }, { logger });
    await spans([processor], 2);
    await processor.forceFlush();
    expect(calls).toBe(3);
    expect(logger.lines).toHaveLength(3);
  });
});

describe('the batch processor', () => {
  it('has the numbers of the seed [TR-33]', async () => {
    const exporter = new KeepingExporter();
    const logger = new KeepingLogger();
    const processor = new BatchTraceProcessor(exporter, { logger });
    // Below 70 % of 8192, and before 5 s, nothing is sent.
    await spans([processor], Math.floor(8192 * 0.7) - 2);
    await sleep(5);
    expect(exporter.batches).toEqual([]);
    await spans([processor], 8192 + 10);
    expect(logger.lines[0]).toContain('The queue of traces is full (8192)');
    await processor.shutdown();
    expect(exporter.items).toHaveLength(8192);
    expect(new Set(exporter.batches.map((batch) => batch.length))).toEqual(new Set([128]));
  });

  it('spares an exporter that looks at nothing the work, and shows everything to one that looks late', async () => {
    const exporter = new KeepingExporter();
    const processor = new BatchTraceProcessor(exporter);
    const tracing = createTracing({ processors: [processor] });
    let looks = 0;
    const record = (): Promise<void> =>
      tracing.withTrace('T', () =>
        tracing.withCustomSpan(() => processor.forceFlush(), {
          data: {
            name: 'x',
            data: {
              toJSON: () => {
                looks++;
                return { note: 'password: hunter2hunter2' };
              },
            },
          },
        }),
      );
    await record();
    await processor.forceFlush();
    // Nobody knows yet what the exporter does.
    expect(looks).toBe(1);
    await record();
    await processor.forceFlush();
    expect(looks).toBe(1);
    const shown = exporter.items.filter((item) => item.type === 'trace.span').map(({ spanData }) => spanData);
    expect(looks).toBe(2);
    expect(shown).toEqual([1, 2].map(() => ({ type: 'custom', name: 'x', data: { note: 'password: [redacted]' } })));
    await record();
    await processor.forceFlush();
    expect(looks).toBe(2);
  });

  it('shows what was there when a span of the app ended, whatever becomes of its lists and objects', async () => {
    const exporter = new KeepingExporter();
    const processor = new BatchTraceProcessor(exporter);
    const tracing = createTracing({ processors: [processor] });
    const input: unknown[] = [{ role: 'user', content: [{ text: 'first' }] }];
    const seen = { count: 1, itself: {} };
    seen.itself = seen;
    await tracing.withTrace('T', async () => {
      await tracing.withGenerationSpan(() => undefined, { data: { input } });
      await tracing.withCustomSpan(() => undefined, { data: { name: 'x', data: { seen } } });
    });
    input.push({ role: 'user', content: 'second' });
    Object.assign(input[0] as object, { content: 'changed' });
    seen.count = 2;
    await processor.forceFlush();
    const shown = exporter.items.filter((item) => item.type === 'trace.span').map(({ spanData }) => spanData);
    expect(shown).toEqual([
      { type: 'generation', input: [{ role: 'user', content: [{ text: 'first' }] }] },
      { type: 'custom', name: 'x', data: { seen: { count: 1, itself: '[circular]' } } },
    ]);
  });

  it('redacts a text wherever it is met in a batch, for each tracing by its own rules', async () => {
    const exporter = new KeepingExporter();
    const processor = new BatchTraceProcessor(exporter);
    const tracings = [{ secrets: ['plover'] }, { names: ['place'] }, false as const].map((redaction) =>
      createTracing({ processors: [processor], redaction }),
    );
    for (const tracing of [...tracings, ...tracings]) {
      const data = { name: 'x', data: { text: 'say plover', place: 'cave one' } };
      await tracing.withTrace('T', () => tracing.withCustomSpan(() => undefined, { data }));
    }
    await processor.forceFlush();
    expect(exporter.batches).toHaveLength(1);
    const shown = exporter.items.flatMap((item) =>
      item.type === 'trace.span' && item.spanData.type === 'custom' ? [item.spanData.data] : [],
    );
    const each = [
      { text: 'say [redacted]', place: 'cave one' },
      { text: 'say plover', place: '[redacted]' },
      { text: 'say plover', place: 'cave one' },
    ];
    expect(shown).toEqual([...each, ...each]);
  });

  it('works ahead for an exporter that looks, so that it finds everything ready', async () => {
    const looked: string[] = [];
    const exporter: TracingExporter = {
      export: (items) => {
        looked.push('export');
        for (const item of items) if (item.type === 'trace.span') JSON.stringify(item);
        return Promise.resolve();
      },
    };
    const processor = new BatchTraceProcessor(exporter);
    const tracing = createTracing({ processors: [processor] });
    const data = { toJSON: () => looked.push('data') };
    for (let times = 0; times < 3; times++) {
      await tracing.withTrace('T', () => tracing.withCustomSpan(() => undefined, { data: { name: 'x', data } }));
      await processor.forceFlush();
    }
    expect(looked).toEqual(['data', 'export', 'data', 'export', 'data', 'export']);
    await processor.shutdown();
  });

  it('queues a trace as it starts and a span as it ends [TR-34]', async () => {
    const exporter = new KeepingExporter();
    const processor = new BatchTraceProcessor(exporter);
    const tracing = createTracing({ processors: [processor] });
    const trace = tracing.createTrace({ name: 'Open' });
    trace.start();
    const span = tracing.createCustomSpan({ data: { name: 'open' } }, trace);
    span.start();
    await processor.forceFlush();
    expect(exporter.items.map((item) => item.type)).toEqual(['trace']);
    span.end();
    await processor.forceFlush();
    expect(exporter.items.map((item) => item.type)).toEqual(['trace', 'trace.span']);
  });

  it('queues a trace as it ends for an exporter that wants it whole', async () => {
    const exporter = Object.assign(new KeepingExporter(), { tracesAt: 'end' as const });
    const processor = new BatchTraceProcessor(exporter);
    await spans([processor], 1);
    await processor.forceFlush();
    expect(exporter.items.map((item) => item.type)).toEqual(['trace.span', 'trace']);
  });

  it('sends after the delay, and at once when the queue is full enough [TR-35, TRC-11]', async () => {
    const late = new KeepingExporter();
    await spans([new BatchTraceProcessor(late, { scheduleDelay: 20 })], 3);
    expect(late.batches).toEqual([]);
    await until(() => late.items.length === 4);
    const full = new KeepingExporter();
    await spans([new BatchTraceProcessor(full, { maxQueueSize: 10, exportTriggerRatio: 0.5, scheduleDelay: 1e9 })], 4);
    await until(() => full.items.length === 5);
  });

  it('drops what comes to a full queue, and says so at once and not again and again [TR-34]', async () => {
    const logger = new KeepingLogger();
    const exporter = new KeepingExporter();
    const processor = new BatchTraceProcessor(exporter, { maxQueueSize: 3, exportTriggerRatio: 1, logger });
    await spans([processor], 50);
    await processor.shutdown();
    expect(exporter.items).toHaveLength(3);
    expect(logger.lines).toEqual([
      'warn: The queue of traces is full (3): 1 traces and spans were dropped so far. Raise maxQueueSize, or see why the exporter is slow.',
      'warn: 48 traces and spans were dropped in all, as the queue was full.',
    ]);
  });

  it('keeps to its batches in a flush and in a shutdown too [TR-35, TRC-02]', async () => {
    for (const end of ['forceFlush', 'shutdown'] as const) {
      const exporter = new KeepingExporter();
      const processor = new BatchTraceProcessor(exporter, { maxBatchSize: 4 });
      await spans([processor], 9);
      await processor[end]();
      expect(exporter.batches.map((batch) => batch.length)).toEqual([4, 4, 2]);
    }
  });

  it('exports one batch at a time, and goes on after one that failed [JS-130, TRC-01]', async () => {
    const logger = new KeepingLogger();
    let open = 0;
    let most = 0;
    let calls = 0;
    const exporter: TracingExporter = {
      export: async () => {
        most = Math.max(most, ++open);
        await sleep(1);
        open--;
        if (++calls === 1) throw new Error('no luck');
      },
    };
    const processor = new BatchTraceProcessor(exporter, { maxBatchSize: 2, logger });
    await spans([processor], 5);
    await Promise.all([processor.forceFlush(), processor.forceFlush(), processor.shutdown()]);
    expect({ most, calls }).toEqual({ most: 1, calls: 3 });
    expect(logger.lines).toEqual([
      'warn: A tracing exporter failed; 2 traces and spans are lost, the run is not affected: no luck',
    ]);
  });

  it('ends a shutdown at its deadline, tells the exporter, drops the rest, and only once [TRC-02, JS-131]', async () => {
    const logger = new KeepingLogger();
    let aborted = false;
    let closed = 0;
    const exporter: TracingExporter = {
      export: (_items, signal) => {
        signal?.addEventListener('abort', () => {
          aborted = true;
        });
        return new Promise(() => undefined);
      },
      close: () => {
        closed++;
      },
    };
    const processor = new BatchTraceProcessor(exporter, { maxBatchSize: 2, logger });
    await spans([processor], 5);
    await Promise.all([processor.shutdown(10), processor.shutdown(10)]);
    expect({ aborted, closed }).toEqual({ aborted: true, closed: 1 });
    expect(logger.lines).toEqual(['warn: Tracing was shut down after 10 ms with traces unsent: the last batch and 4 more are lost.']);
    await spans([processor], 5);
    await processor.forceFlush();
    expect(logger.lines).toHaveLength(1);
  });

  it('ends a flush at the same deadline', async () => {
    const logger = new KeepingLogger();
    const processor = new BatchTraceProcessor({ export: () => new Promise(() => undefined) }, { logger, shutdownTimeout: 10 });
    await spans([processor], 1);
    await processor.forceFlush();
    expect(logger.lines).toEqual(['warn: Traces were not all sent within 10 ms; the rest is sent later.']);
  });

  it.each([['maxQueueSize'], ['maxBatchSize']] as const)('takes a %s of nothing as one', async (name) => {
    const options: BatchTraceProcessorOptions = { [name]: 0, exportTriggerRatio: 0, logger: new KeepingLogger() };
    const items: TracingItem[] = [];
    const processor = new BatchTraceProcessor({ export: (batch) => Promise.resolve(void items.push(...batch)) }, options);
    await spans([processor], 1);
    await processor.shutdown();
    expect(items.length).toBeGreaterThan(0);
  });
});

/** Waits for what comes sooner or later; the time of the test is the limit. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await sleep(2);
}
