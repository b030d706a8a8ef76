import { Agent, Runner, RunState, tool } from '@baton/core';
import type { RunOptions, RunResult } from '@baton/core';
import { functionCall, ScriptedModel } from '@baton/core/testing';
import { describe, expect, it } from 'vitest';
import { createTracing, SimpleTraceProcessor } from '../src/index.js';
import type { Tracing } from '../src/index.js';
import { ConsoleSpanExporter } from '../src/console/index.js';
import { OTLPTraceExporter } from '../src/otlp/index.js';
import { OpenAITracingExporter } from '../src/openai/index.js';
import { OpenTelemetryProcessor } from '../src/opentelemetry/index.js';
import { openHttpSink } from './support/http-sink.js';
import { startOpenTelemetry } from './support/open-telemetry.js';
import { KeepingLogger, Recorder } from './support/recorder.js';

const KEY = 'sk-proj-abcdefghijklmnop1234567890';

/** Pays where it is allowed to, and can go on from there twice. */
function payer(): Agent {
  const pay = tool({ name: 'pay', needsApproval: true, execute: () => 'Paid' });
  return new Agent({ name: 'A', model: new ScriptedModel([functionCall('pay', {}), 'Done', 'Done']), tools: [pay] });
}

interface Process {
  readonly tracing: Tracing;
  readonly recorder: Recorder;
  readonly runner: Runner;
}

/** A tracing of its own, as another process has. */
function startProcess(): Process {
  const recorder = new Recorder();
  const tracing = createTracing({ processors: [recorder], logger: new KeepingLogger() });
  return { recorder, tracing, runner: new Runner({ tracer: tracing }) };
}

function approved(waiting: RunResult<unknown, Agent>): RunState {
  for (const each of waiting.interruptions) waiting.state.approve(each);
  return waiting.state;
}

/** The ids of the traces that a run was in before and after it waited; it goes on in another process. */
async function idsOf(
  before: RunOptions,
  after: RunOptions,
): Promise<{ readonly first: string | undefined; readonly second: string | undefined; readonly other: Process; readonly stored: string }> {
  const agent = payer();
  const one = startProcess();
  const stored = approved(await one.runner.run(agent, 'Hi', before)).toString();
  const other = startProcess();
  const result = await other.runner.run(agent, RunState.fromString(agent, stored), after);
  expect(result.finalOutput).toBe('Done');
  const [first] = one.recorder.spans;
  return { first: first?.traceId, second: other.recorder.spans[0]?.traceId, other, stored };
}

describe('a run that goes on after an approval', () => {
  it('is part of the same trace, which is not started a second time [HIT-10]', async () => {
    const { runner, recorder } = startProcess();
    const agent = payer();
    const waiting = await runner.run(agent, 'Hi', { workflowName: 'Shop' });
    await runner.run(agent, approved(waiting));
    expect(new Set(recorder.spans.map((span) => span.traceId)).size).toBe(1);
    expect(recorder.traces.map((trace) => trace.name)).toEqual(['Shop']);
    expect(recorder.told.filter((each) => each.includes('trace'))).toEqual(['+trace Shop', '-trace Shop', '-trace Shop']);
    expect(recorder.of('turn').map((span) => span.spanData.turn)).toEqual([1, 1, 2]);
    expect(recorder.of('task').map((span) => span.traceName)).toEqual(['Shop', 'Shop']);
  });

  it('in another process is, too: its processors hear that the trace goes on, and that it ends [HIT-10]', async () => {
    const { first, second, other } = await idsOf({ groupId: 'chat_1' }, {});
    expect(second).toBe(first);
    expect(other.recorder.told.filter((each) => each.includes('trace'))).toEqual(['-trace Agent workflow']);
    expect(other.recorder.spans[0]).toMatchObject({ groupId: 'chat_1', traceName: 'Agent workflow' });
  });

  it('stays in it however often it waits', async () => {
    const { runner, recorder } = startProcess();
    const pay = tool({ name: 'pay', needsApproval: true, execute: () => 'Paid' });
    const model = new ScriptedModel([functionCall('pay', {}), functionCall('pay', {}), 'Done']);
    const agent = new Agent({ name: 'A', model, tools: [pay] });
    let result = await runner.run(agent, 'Hi');
    for (let times = 0; times < 2; times++) {
      const state = RunState.fromString(agent, approved(result).toString());
      // A part that is not recorded does not make it forget.
      result = await runner.run(agent, state, { tracingDisabled: times === 0 });
    }
    expect(result.finalOutput).toBe('Done');
    expect(new Set(recorder.spans.map((span) => span.traceId)).size).toBe(1);
    expect(recorder.traces).toHaveLength(1);
  });

  it.each<[string, RunOptions, RunOptions]>([
    ['the same workflow', { workflowName: 'Shop' }, { workflowName: 'Shop' }],
    ['the same group', { groupId: 'g' }, { groupId: 'g' }],
    ['the same trace', { traceId: 'trace_1' }, { traceId: 'trace_1' }],
    ['the same key', { tracing: { apiKey: KEY } }, { tracing: { apiKey: KEY } }],
    ['no spans for runs and turns', {}, { tracing: { includeTaskAndTurnSpans: false } }],
    ['no spans for runs and turns before', { tracing: { includeTaskAndTurnSpans: false } }, {}],
  ])('and is given %s is in its trace [HIT-10]', async (_what, before, after) => {
    const { first, second, other } = await idsOf(before, after);
    expect(second).toBe(first);
    expect(other.recorder.traces).toEqual([]);
  });

  it.each<[string, RunOptions, RunOptions]>([
    ['another workflow', {}, { workflowName: 'Other' }],
    ['another group', { groupId: 'g' }, { groupId: 'h' }],
    ['a group where it had none', {}, { groupId: 'h' }],
    ['another trace', {}, { traceId: 'trace_2' }],
    ['another key', { tracing: { apiKey: KEY } }, { tracing: { apiKey: `${KEY}1` } }],
    ['a key where it had none', {}, { tracing: { apiKey: KEY } }],
    ['no key where it had one', { tracing: { apiKey: KEY } }, {}],
  ])('and is given %s is in a new trace, which is started [HIT-10]', async (_what, before, after) => {
    const { first, second, other } = await idsOf(before, after);
    expect(second).not.toBe(first);
    expect(other.recorder.traces.map((trace) => trace.traceId)).toEqual([second]);
    if (after.traceId !== undefined) expect(second).toBe(after.traceId);
  });

  it('has no key in its stored state, and nothing that one could be found with', async () => {
    const { stored } = await idsOf({ tracing: { apiKey: KEY } }, { tracing: { apiKey: KEY } });
    expect(stored).not.toContain(KEY.slice(0, 12));
    expect(JSON.parse(stored)).toMatchObject({ trace: { keyFingerprint: expect.stringMatching(/^[0-9a-f]{8}$/) as string } });
  });

  it('is part of the trace that the app has opened around it, before or now', async () => {
    const agent = payer();
    const { runner, tracing, recorder } = startProcess();
    const waiting = await tracing.withTrace('Story', () => runner.run(agent, 'Hi'));
    await tracing.withTrace('Next', () => runner.run(agent, approved(waiting)));
    expect(recorder.of('task').map((span) => span.traceName)).toEqual(['Story', 'Next']);
    const other = startProcess();
    await other.runner.run(agent, RunState.fromString(agent, approved(waiting).toString()));
    expect(other.recorder.spans.map((span) => span.traceId)).toEqual(
      other.recorder.spans.map(() => recorder.traces[0]?.traceId),
    );
    expect(other.recorder.spans[0]).toMatchObject({ traceName: 'Story', traceOrigin: 'app' });
  });

  it('starts a trace where it was not recorded before', async () => {
    const { second, other } = await idsOf({ tracingDisabled: true }, {});
    expect(other.recorder.traces.map((trace) => trace.traceId)).toEqual([second]);
  });
});

describe('a backend that has the trace already', () => {
  it('of OpenAI gets its further spans, and not the trace again', async () => {
    const sink = await openHttpSink();
    const agent = payer();
    const bodies: string[] = [];
    let state: RunState | undefined;
    for (let part = 0; part < 2; part++) {
      const exporter = new OpenAITracingExporter({ endpoint: sink.url, apiKey: KEY, logger: new KeepingLogger() });
      const tracing = createTracing({ processors: [new SimpleTraceProcessor(exporter)] });
      const runner = new Runner({ tracer: tracing });
      const result = state === undefined ? await runner.run(agent, 'Hi') : await runner.run(agent, state);
      state = approved(result);
      await tracing.shutdown();
      bodies.push(sink.received.splice(0).map(({ text }) => text).join('\n'));
    }
    await sink.close();
    expect(bodies.map((body) => body.split('"object":"trace"').length - 1)).toEqual([1, 0]);
    const ids = bodies.map((body) => new Set(body.match(/trace_[0-9a-f]{32}/g)));
    expect(ids[0]?.size).toBe(1);
    expect(ids[1]).toEqual(ids[0]);
  });

  it('of OTLP gets spans of its id, and one that stands for it only once', async () => {
    const sink = await openHttpSink();
    const agent = payer();
    let state: RunState | undefined;
    const names: string[][] = [];
    const ids = new Set<string>();
    for (let part = 0; part < 2; part++) {
      const exporter = new OTLPTraceExporter({ url: sink.url, protocol: 'http/json' });
      const tracing = createTracing({ processors: [new SimpleTraceProcessor(exporter)] });
      const runner = new Runner({ tracer: tracing, tracing: { includeTaskAndTurnSpans: false }, workflowName: 'Shop' });
      const result = state === undefined ? await runner.run(agent, 'Hi') : await runner.run(agent, state);
      state = approved(result);
      await tracing.shutdown();
      const spans = sink.received.splice(0).flatMap(({ text }) => spansOf(text));
      names.push(spans.map(({ name }) => name));
      for (const { traceId } of spans) ids.add(traceId);
    }
    await sink.close();
    expect(ids.size).toBe(1);
    expect(names.map((each) => each.filter((name) => name.includes('Shop')).length)).toEqual([1, 0]);
  });

  it('is OpenTelemetry in the app: the spans of each part are below what is active then', async () => {
    const otel = startOpenTelemetry();
    const agent = payer();
    const start = (): Runner => new Runner({ tracer: createTracing({ processors: [new OpenTelemetryProcessor()] }), workflowName: 'Shop' });
    const waiting = await start().run(agent, 'Hi');
    const stored = approved(waiting).toString();
    await otel.tracerProvider.getTracer('app').startActiveSpan('request', async (span) => {
      await start().run(agent, RunState.fromString(agent, stored));
      span.end();
    });
    expect(otel.path('execute_tool pay')).toEqual(['request', 'invoke_workflow Shop', 'invoke_agent A', 'turn 1', 'execute_tool pay']);
    await otel.stop();
  });

  it('is a terminal: it shows each part as it is over', async () => {
    const shown: string[] = [];
    const exporter = new ConsoleSpanExporter({ write: (text) => void shown.push(text), columns: 80, color: false });
    const runner = new Runner({ tracer: createTracing({ processors: [new SimpleTraceProcessor(exporter)] }) });
    const agent = payer();
    const waiting = await runner.run(agent, 'Hi');
    await runner.run(agent, approved(waiting));
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(shown).toHaveLength(2);
    expect(shown.map((text) => text.includes('pay'))).toEqual([false, true]);
  });
});

interface SentSpan {
  readonly name: string;
  readonly traceId: string;
}

function spansOf(text: string): readonly SentSpan[] {
  const request = JSON.parse(text) as { resourceSpans: { scopeSpans: { spans: SentSpan[] }[] }[] }; // as OTLP has it
  return request.resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap(({ spans }) => spans));
}
