import { Agent, Runner, tool } from '@baton/core';
import { functionCall, ScriptedModel } from '@baton/core/testing';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { BatchTraceProcessor, createTracing } from '../src/index.js';
import type { Tracing, TracingExporter } from '../src/index.js';
import { OpenAITracingExporter } from '../src/openai/index.js';
import { openHttpSink } from './support/http-sink.js';
import type { Answer } from './support/http-sink.js';
import { KeepingLogger } from './support/recorder.js';
import { runProcess } from './support/run-process.js';

const act = tool({ name: 'act', execute: () => 'Acted well' });

function runTo(tracing: Tracing | undefined): () => Promise<unknown> {
  const runner = new Runner(tracing === undefined ? {} : { tracer: tracing });
  return () => {
    const agent = new Agent({ name: 'A', model: new ScriptedModel([functionCall('act', {}), 'Done']), tools: [act] });
    return runner.run(agent, 'Hi');
  };
}

describe('runs do not notice their backend', () => {
  it.each<[string, Answer]>([
    ['dead: it ends every connection', (response) => void response.destroy()],
    ['silent: it never answers', () => undefined],
    ['failing: it always answers 500', (response) => void response.writeHead(500).end()],
    ['refusing: it always answers 403', (response) => void response.writeHead(403).end()],
  ])('%s [TR-31, TRC-01, TRC-02]', async (_how, answer) => {
    const sink = await openHttpSink(answer);
    const logger = new KeepingLogger();
    const exporter = new OpenAITracingExporter({ endpoint: sink.url, apiKey: 'sk', baseDelay: 1, timeout: 200, logger });
    const tracing = createTracing({
      processors: [new BatchTraceProcessor(exporter, { maxQueueSize: 200, maxBatchSize: 20, scheduleDelay: 1, logger })],
      logger,
    });
    const run = runTo(tracing);
    // Under load: many at once, and more spans than the queue has room for.
    for (let round = 0; round < 10; round++) {
      await Promise.all(Array.from({ length: 20 }, run));
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    await tracing.shutdown(300);
    expect(sink.received.length).toBeGreaterThan(0);
    await sink.close();
    expect(logger.lines.length).toBeGreaterThan(0);
    expect(logger.lines.length).toBeLessThan(200);
  });

  it('a run waits for no export: it is over while the first batch is still under way [TR-27]', async () => {
    let answer = (): void => undefined;
    const exporter: TracingExporter = {
      export: () =>
        new Promise((resolve) => {
          answer = resolve;
        }),
    };
    const processor = new BatchTraceProcessor(exporter, { exportTriggerRatio: 0, scheduleDelay: 0 });
    await runTo(createTracing({ processors: [processor] }))();
    // Nobody has answered; whoever waits for that, it is not the run.
    const down = processor.shutdown();
    await new Promise((resolve) => setTimeout(resolve, 20));
    answer();
    await down;
  });
});

describe('memory', () => {
  it('is flat over 20,000 traced runs, whatever becomes of the traces', async () => {
    setFlagsFromString('--expose-gc');
    const collect = runInNewContext('gc') as () => void; // what the flag gives
    const logger = new KeepingLogger();
    const exporter: TracingExporter = { export: () => Promise.resolve() };
    const tracing = createTracing({
      processors: [new BatchTraceProcessor(exporter, { maxQueueSize: 500, logger })],
      logger,
    });
    const run = runTo(tracing);
    const used: number[] = [];
    for (let count = 1; count <= 20_000; count++) {
      await run();
      if (count % 5_000 !== 0) continue;
      await tracing.forceFlush();
      collect();
      used.push(process.memoryUsage().heapUsed);
    }
    const [first = 0, ...later] = used;
    // A leak of one small object a run would be more than this.
    for (const bytes of later) expect(bytes - first).toBeLessThan(2 * 1024 * 1024);
  }, 300_000);
});

describe('the process', () => {
  const program = (end: string): string => `
    import { Agent, Runner } from '@baton/core';
    import { ScriptedModel } from '@baton/core/testing';
    import { BatchTraceProcessor, createTracing } from '../../src/index.js';
    import { OpenAITracingExporter } from '../../src/openai/index.js';
    const exporter = new OpenAITracingExporter({ endpoint: process.env.SINK, apiKey: 'sk', logger: { debug() {}, warn() {}, error() {} } });
    const processor = new BatchTraceProcessor(exporter, { shutdownTimeout: 700, scheduleDelay: Number(process.env.DELAY) });
    const tracing = createTracing({ processors: [processor], flushBeforeExit: process.env.FLUSH === 'yes' });
    await new Runner({ tracer: tracing }).run(new Agent({ name: 'A', model: new ScriptedModel(['Done']) }), 'Hi');
    ${end}
    console.log('over');
  `;

  it('sends what waits when it has nothing else to do, and ends as it would have [TR-36, TRC-02, JS-131]', async () => {
    const sink = await openHttpSink();
    const ended = await runProcess('flush', program(''), { env: { SINK: sink.url, FLUSH: 'yes', DELAY: '5000' } });
    await sink.close();
    expect(ended).toMatchObject({ code: 0, output: 'over\n' });
    expect(sink.received).toHaveLength(1);
    expect(sink.received[0]?.text).toContain('"trace.span"');
  });

  it('is not kept alive: not by what waits, and not by a request that nobody answers [TR-35, TRC-02]', async () => {
    const sink = await openHttpSink(() => undefined);
    const env = { SINK: sink.url, FLUSH: 'no' };
    const waiting = await runProcess('waiting', program(''), { env: { ...env, DELAY: '60000' } });
    const asking = await runProcess('asking', program('await new Promise((resolve) => setTimeout(resolve, 300));'), { env: { ...env, DELAY: '0' } });
    await sink.close();
    expect(waiting).toMatchObject({ code: 0, output: 'over\n' });
    expect(asking).toMatchObject({ code: 0, output: 'over\n' });
    expect(sink.received).toHaveLength(1);
  });

  it('ends at the deadline where the backend is silent, with its own exit code [TRC-02]', async () => {
    const sink = await openHttpSink(() => undefined);
    const ended = await runProcess('silent', program('process.exitCode = 3;'), { env: { SINK: sink.url, FLUSH: 'yes', DELAY: '5000' } });
    await sink.close();
    expect(ended.code).toBe(3);
    expect(ended.output).toContain('within 700 ms');
    expect(sink.received).toHaveLength(1);
  });

  it('lives at most five seconds longer where the backend is silent, however long a shutdown may take', async () => {
    const sink = await openHttpSink(() => undefined);
    const source = program('').replace('shutdownTimeout: 700', 'shutdownTimeout: 600_000');
    const ended = await runProcess('silent-long', source, { env: { SINK: sink.url, FLUSH: 'yes', DELAY: '60000' } });
    await sink.close();
    expect(ended.code).toBe(0);
    expect(ended.output).toContain('Traces were not all sent within 5000 ms');
  }, 60_000);

  it('waits for a simple processor, too, until everything is sent or its time is over', async () => {
    const source = (end: string): string =>
      program(end).replace(/const processor = .*;/, 'const processor = new SimpleTraceProcessor(exporter);').replace('BatchTraceProcessor,', 'SimpleTraceProcessor,');
    const sink = await openHttpSink();
    const env = { SINK: sink.url, FLUSH: 'yes' };
    expect(await runProcess('simple-shutdown', source('await tracing.shutdown();'), { env })).toEqual({ code: 0, output: 'over\n' });
    const inAll = sink.received.length;
    expect(inAll).toBeGreaterThan(1);
    expect(await runProcess('simple-flush', source('await tracing.forceFlush();'), { env })).toEqual({ code: 0, output: 'over\n' });
    expect(await runProcess('simple-exit', source(''), { env })).toEqual({ code: 0, output: 'over\n' });
    expect(sink.received).toHaveLength(3 * inAll);
    await sink.close();
    const silent = await openHttpSink(() => undefined);
    const late = await runProcess('simple-late', source('await tracing.shutdown(300);'), { env: { SINK: silent.url, FLUSH: 'yes' } });
    await silent.close();
    expect(late.code).toBe(0);
    expect(late.output).toMatch(/Tracing was shut down after 300 ms with \d+ traces and spans unsent: they are lost\.\nover/);
    expect(silent.received).toHaveLength(1);
  }, 60_000);

  it('is listened to from the first trace until the shutdown, and not where it is told not to [TRC-04, JS-135]', async () => {
    const before = process.listenerCount('beforeExit');
    const tracing = createTracing();
    expect(process.listenerCount('beforeExit')).toBe(before);
    await tracing.withTrace('T', () => undefined);
    await tracing.withTrace('T', () => undefined);
    expect(process.listenerCount('beforeExit')).toBe(before + 1);
    await tracing.shutdown();
    expect(process.listenerCount('beforeExit')).toBe(before);
    await createTracing({ flushBeforeExit: false }).withTrace('T', () => undefined);
    expect(process.listenerCount('beforeExit')).toBe(before);
  });

  it('gets no warning of many tracings, and is left as it was', async () => {
    const most = process.getMaxListeners();
    const warnings: Error[] = [];
    const onWarning = (warning: Error): void => void warnings.push(warning);
    process.on('warning', onWarning);
    const many = Array.from({ length: 20 }, () => createTracing());
    for (const tracing of many) await tracing.withTrace('T', () => undefined);
    await new Promise((resolve) => setTimeout(resolve, 5));
    for (const tracing of many) await Promise.all([tracing.shutdown(), tracing.shutdown()]);
    process.off('warning', onWarning);
    expect(warnings).toEqual([]);
    expect(process.getMaxListeners()).toBe(most);
  });
});
