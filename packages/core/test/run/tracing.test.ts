import { describe, expect, it } from 'vitest';
import { Agent, run, tool } from '../../src/index.js';
import type { RunOptions, Span, SpanData, SpanError, TraceOptions, Tracer } from '../../src/index.js';
import { functionCall, ScriptedModel } from '../../src/testing/index.js';

interface Recorded {
  readonly data: SpanData | { readonly type: 'trace'; readonly options: TraceOptions };
  readonly children: Recorded[];
  readonly errors: SpanError[];
  ends: number;
}

/** Keeps every span under its parent. */
class RecordingTracer implements Tracer {
  readonly traces: Recorded[] = [];
  readonly #spans = new Map<Span, Recorded>();

  startTrace({ model: _model, modelProvider: _provider, ...options }: TraceOptions): Span {
    // The scripted model keeps what it was asked.
    return this.#open({ data: { type: 'trace', options }, children: [], errors: [], ends: 0 }, this.traces);
  }

  startSpan(data: SpanData, parent: Span): Span {
    const siblings = this.#spans.get(parent)?.children;
    if (siblings === undefined) throw new Error('a span without a parent');
    return this.#open({ data, children: [], errors: [], ends: 0 }, siblings);
  }

  #open(recorded: Recorded, siblings: Recorded[]): Span {
    siblings.push(recorded);
    const span: Span = {
      data: recorded.data.type === 'trace' ? { type: 'custom', name: 'trace' } : recorded.data,
      setError: (error) => recorded.errors.push(error),
      end: () => {
        recorded.ends++;
      },
      run: (fn) => fn(),
    };
    this.#spans.set(span, recorded);
    return span;
  }
}

/** A span and what is below it, as nested lists of names. */
function tree({ data, children }: Recorded): unknown {
  const name = 'name' in data ? data.name : '';
  return children.length === 0 ? `${data.type} ${name}`.trim() : [`${data.type} ${name}`.trim(), ...children.map(tree)];
}

function all(recorded: readonly Recorded[]): Recorded[] {
  return recorded.flatMap((each) => [each, ...all(each.children)]);
}

const shop = (): Agent => {
  const b = new Agent({
    name: 'B',
    model: new ScriptedModel(['a private answer'], { name: 'big' }),
    outputGuardrails: [{ name: 'tone', execute: () => ({ tripwireTriggered: false }) }],
  });
  return new Agent({
    name: 'A',
    model: new ScriptedModel([functionCall('act', { secret: 'a private argument' }), functionCall('transfer_to_b')], {
      name: 'small',
    }),
    tools: [tool({ name: 'act', parameters: { type: 'object', properties: { secret: { type: 'string' } } }, execute: () => 'a private output' })],
    handoffs: [b],
    inputGuardrails: [{ name: 'topic', execute: () => ({ tripwireTriggered: false }) }],
  });
};

async function traced(agent: Agent, options: RunOptions = {}): Promise<Recorded[]> {
  const tracer = new RecordingTracer();
  await run(agent, 'a private question', { tracer, ...options }).catch(() => undefined);
  return tracer.traces;
}

describe('the spans of a run', () => {
  it('are one trace with a span per activation of an agent, and in it its calls, tools and handoffs [RUN-6]', async () => {
    const [trace] = await traced(shop());
    expect(trace && tree(trace)).toEqual([
      'trace',
      ['agent A', ['turn', 'guardrail topic', 'generation', 'function act'], ['turn', 'generation', 'handoff']],
      ['agent B', ['turn', 'generation']],
      'guardrail tone',
    ]);
  });

  it('each end, once', async () => {
    const traces = await traced(shop());
    expect(all(traces).map((span) => span.ends)).toEqual(all(traces).map(() => 1));
  });

  it('tell what the agent had, what the model was, what it cost and who took over', async () => {
    const spans = all(await traced(shop())).map((span) => span.data);
    expect(spans).toContainEqual(expect.objectContaining({ type: 'agent', name: 'A', tools: ['act'], handoffs: ['B'], output_type: 'text' }));
    expect(spans).toContainEqual(expect.objectContaining({ type: 'generation', model: 'big', usage: { input_tokens: 10, output_tokens: 5, total_tokens: 15 }, response_id: 'resp_1' }));
    expect(spans).toContainEqual(expect.objectContaining({ type: 'function', name: 'act', output: 'a private output' }));
    expect(spans).toContainEqual(expect.objectContaining({ type: 'handoff', from_agent: 'A', to_agent: 'B' }));
    expect(spans).toContainEqual(expect.objectContaining({ type: 'guardrail', name: 'topic', triggered: false }));
  });

  it('hold no data of the run where they may not [RC-8, JS-136]', async () => {
    const open = JSON.stringify(await traced(shop()));
    const closed = JSON.stringify(await traced(shop(), { traceIncludeSensitiveData: false }));
    expect(open).toContain('a private');
    expect(closed).not.toContain('a private');
  });

  it('name the trace as the run is told to [X-1, RC-9 … RC-12]', async () => {
    const options = { workflowName: 'Sales', traceId: 'trace_1', groupId: 'g', traceMetadata: { a: 'b' } };
    const [named] = await traced(shop(), options);
    expect(named?.data).toMatchObject({ options: { workflowName: 'Sales', traceId: 'trace_1', groupId: 'g', metadata: { a: 'b' } } });
    const [plain] = await traced(shop());
    expect(plain?.data).toMatchObject({ options: { workflowName: 'Agent workflow' } });
  });

  it('are none where tracing is off [RC-7, JS-37]', async () => {
    expect(await traced(shop(), { tracingDisabled: true })).toEqual([]);
  });

  it('of what failed have the error and end all the same', async () => {
    const agent = new Agent({
      name: 'A',
      model: new ScriptedModel([functionCall('act')]),
      tools: [
        tool({
          name: 'act',
          errorFunction: null,
          execute: () => {
            throw new Error('broken');
          },
        }),
      ],
    });
    const spans = all(await traced(agent));
    const failed = spans.filter((span) => span.errors.length > 0).map((span) => span.data.type);
    expect(failed).toContain('function');
    expect(failed).toContain('agent');
    expect(spans.every((span) => span.ends === 1)).toBe(true);
  });
});
