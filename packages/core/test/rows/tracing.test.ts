import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { Agent, Runner, tool } from '../../src/index.js';
import type { AgentOptions, RunConfig, Span, SpanData, SpanError, TraceOptions, Tracer } from '../../src/index.js';
import { functionCall, ScriptedModel } from '../../src/testing/index.js';

interface Recorded {
  readonly data: SpanData | { readonly type: 'trace'; readonly options: TraceOptions };
  readonly parent: Recorded | undefined;
  error?: SpanError;
  ended: boolean;
}

/** Remembers every span, in the order they were started. */
class RecordingTracer implements Tracer {
  readonly spans: Recorded[] = [];
  readonly #recordOf = new Map<Span, Recorded>();

  startTrace(options: TraceOptions): Span {
    const { parent, model: _model, modelProvider: _provider, ...rest } = options;
    return this.#start({ type: 'trace', options: rest }, parent && this.#recordOf.get(parent));
  }

  startSpan(data: SpanData, parent: Span): Span {
    return this.#start(data, this.#recordOf.get(parent));
  }

  of<TType extends Recorded['data']['type']>(type: TType): Extract<Recorded['data'], { type: TType }>[] {
    // Filtered by the very type.
    return this.spans.map((each) => each.data).filter((data) => data.type === type) as never;
  }

  /** One line per span, indented below its parent. */
  get tree(): string[] {
    const depth = (each: Recorded): number => (each.parent === undefined ? 0 : depth(each.parent) + 1);
    return this.spans.map((each) => {
      const { data } = each;
      const name = 'name' in data ? ` ${data.name}` : '';
      return `${'  '.repeat(depth(each))}${data.type}${name}${each.error ? `: ${each.error.message}` : ''}`;
    });
  }

  #start(data: Recorded['data'], parent: Recorded | undefined): Span {
    const record: Recorded = { data, parent, ended: false };
    this.spans.push(record);
    const span: Span = {
      data: data.type === 'trace' ? { type: 'custom', name: 'trace' } : data,
      setError: (error) => {
        record.error ??= error;
      },
      end: () => {
        record.ended = true;
      },
      run: (fn) => fn(),
    };
    this.#recordOf.set(span, record);
    return span;
  }
}

const act = tool({ name: 'act', execute: () => 'Acted well' });

/** Runs to the end, whole and streamed, whatever the end is; both tell the tracer the same. */
async function trace(options: Omit<AgentOptions, 'name'>, config: RunConfig = {}): Promise<RecordingTracer> {
  const trees: string[][] = [];
  let tracer = new RecordingTracer();
  for (const stream of [false, true]) {
    tracer = new RecordingTracer();
    const model = options.model instanceof ScriptedModel ? copyOf(options.model) : options.model;
    const agent = new Agent({ name: 'A', ...options, ...(model !== undefined && { model }) });
    const runner = new Runner({ tracer, ...config });
    const ended = stream
      ? runner.run(agent, 'Hi', { stream: true }).then(async (result) => result.completed)
      : runner.run(agent, 'Hi').then(() => undefined);
    await ended.catch(() => undefined);
    expect(tracer.spans.filter((span) => !span.ended)).toEqual([]);
    trees.push(tracer.tree);
  }
  expect(trees[1]).toEqual(trees[0]);
  return tracer;
}

const scripts = new WeakMap<ScriptedModel, ConstructorParameters<typeof ScriptedModel>[0]>();

function scripted(...script: ConstructorParameters<typeof ScriptedModel>[0]): ScriptedModel {
  const model = new ScriptedModel(script);
  scripts.set(model, script);
  return model;
}

function copyOf(model: ScriptedModel): ScriptedModel {
  return scripted(...(scripts.get(model) ?? []));
}

describe('a tracer is told of', () => {
  it('one trace per run, an agent span per activation, and what happens inside it [RUN-6, RUN-20, RUN-29, RUN-27, GR-10]', async () => {
    const passing = { name: 'topic', execute: () => ({ tripwireTriggered: false }) };
    const b = new Agent({ name: 'B', model: new ScriptedModel(['Done', 'Done']), outputGuardrails: [{ ...passing, name: 'tone' }] });
    const tracer = await trace({
      model: scripted(functionCall('act'), functionCall('transfer_to_b')),
      tools: [act],
      handoffs: [b],
      inputGuardrails: [{ ...passing, runInParallel: false }],
    });
    expect(tracer.tree).toEqual([
      'trace',
      '  guardrail topic',
      '  agent A',
      '    turn',
      '      generation',
      '      function act',
      '    turn',
      '      generation',
      '      handoff',
      '  agent B',
      '    turn',
      '      generation',
      '  guardrail tone',
    ]);
    expect(tracer.of('agent')).toEqual([
      { type: 'agent', name: 'A', tools: ['act'], handoffs: ['B'], output_type: 'text' },
      { type: 'agent', name: 'B', tools: [], handoffs: [], output_type: 'text' },
    ]);
    expect(tracer.of('handoff')).toEqual([{ type: 'handoff', from_agent: 'A', to_agent: 'B' }]);
    expect(tracer.of('guardrail').map((each) => each.triggered)).toEqual([false, false]);
  });

  it('the name of the output type [OS-5]', async () => {
    const tracer = await trace({ model: scripted('{"a":1}'), outputType: z.object({ a: z.number() }) as never });
    expect(tracer.of('agent')[0]?.output_type).toBe('final_output');
  });

  it('a run inside a tool, in the span of its call [RUN-29]', async () => {
    const sub = new Agent({ name: 'Sub', model: new ScriptedModel(['Inner', 'Inner']) });
    const tracer = await trace({ model: scripted(functionCall('sub', { input: 'x' }), 'Done'), tools: [sub.asTool()] });
    const inner = tracer.spans.find(({ data }) => data.type === 'agent' && data.name === 'Sub');
    const around: unknown[] = [];
    for (let each = inner?.parent; each !== undefined; each = each.parent) around.push(each.data.type);
    expect(around).toContain('function');
  });

  it('the arguments and outputs of tools and models [RUN-20, RC-8]', async () => {
    const tracer = await trace({ model: scripted(functionCall('act', {}), 'Done'), tools: [act] });
    expect(tracer.of('function')).toEqual([{ _call_id: expect.any(String), type: 'function', name: 'act', input: '{}', output: 'Acted well' }]);
    const [first] = tracer.of('generation');
    expect(first).toMatchObject({
      model: 'scripted-model',
      response_id: 'resp_1',
      usage: { input_tokens: 10, output_tokens: 5 },
      output: [{ type: 'function_call', name: 'act' }],
    });
    expect(first?.input).toHaveLength(1);
  });

  it('neither of them where data may not be shown; spans and usage stay [RUN-20, RC-8, JS-136]', async () => {
    const tracer = await trace(
      { model: scripted(functionCall('act', {}), 'Done'), tools: [act] },
      { traceIncludeSensitiveData: false },
    );
    expect(tracer.of('function')).toEqual([{ _call_id: expect.any(String), type: 'function', name: 'act' }]);
    expect(tracer.of('generation').map((each) => Object.keys(each).sort())).toEqual([
      ['model', 'model_config', 'response_id', 'type', 'usage'],
      ['model', 'model_config', 'response_id', 'type', 'usage'],
    ]);
    expect(tracer.of('trace')[0]?.options.includeSensitiveData).toBe(false);
  });

  it('nothing at all where tracing is disabled, in nested runs neither [RC-7, RUN-29, JS-37]', async () => {
    const sub = new Agent({ name: 'Sub', model: new ScriptedModel(['Inner', 'Inner']) });
    const tracer = await trace(
      { model: scripted(functionCall('sub', { input: 'x' }), functionCall('act'), 'Done'), tools: [sub.asTool(), act] },
      { tracingDisabled: true },
    );
    expect(tracer.spans).toEqual([]);
  });

  it('the name, id, group and metadata of the trace [RC-9, RC-10, RC-11, RC-12]', async () => {
    const tracer = await trace(
      { model: scripted('Done') },
      { workflowName: 'Refunds', traceId: 'trace_1', groupId: 'chat_1', traceMetadata: { tenant: 'a' } },
    );
    expect(tracer.of('trace')[0]?.options).toEqual({
      workflowName: 'Refunds',
      traceId: 'trace_1',
      groupId: 'chat_1',
      metadata: { tenant: 'a' },
      includeSensitiveData: true,
    });
  });

  it('"Agent workflow" where the run has no name, and of no id [RC-9, RC-10, X-1]', async () => {
    const tracer = await trace({ model: scripted('Done') });
    expect(tracer.of('trace')[0]?.options).toMatchObject({ workflowName: 'Agent workflow', traceId: undefined });
  });

  it('what failed, on every span it ended [RUN-6, ST-15]', async () => {
    const tracer = await trace({ model: scripted(new Error('Overloaded')) });
    expect(tracer.tree).toEqual(['trace: Overloaded', '  agent A: Overloaded', '    turn: Overloaded', '      generation: Overloaded']);
  });

  it('a guardrail that was triggered [GR-10]', async () => {
    const tracer = await trace({
      model: scripted('Done'),
      inputGuardrails: [{ name: 'topic', runInParallel: false, execute: () => ({ tripwireTriggered: true }) }],
    });
    expect(tracer.of('guardrail')).toEqual([{ type: 'guardrail', name: 'topic', triggered: true }]);
  });

  it.each([
    ['by itself', {}],
    ['by an async error function', { errorFunction: () => Promise.resolve('Sorry') }],
  ])('a tool that failed and told the model of it %s [TL-8]', async (_how, options) => {
    const fail = tool({
      name: 'fail',
      ...options,
      execute: () => {
        throw new TypeError('Disk is full');
      },
    });
    const tracer = await trace({ model: scripted(functionCall('fail', {}), 'Done'), tools: [fail] });
    expect(tracer.spans.find(({ data }) => data.type === 'function')?.error).toEqual({
      message: 'Error running tool (non-fatal)',
      name: 'TypeError',
      data: { tool_name: 'fail', error: 'Disk is full' },
    });
  });

  it('the system instructions, settings and all tokens of a model call [RUN-20]', async () => {
    const tracer = await trace({
      model: scripted('Done'),
      instructions: 'Be brief',
      modelSettings: { temperature: 0, topP: undefined, retry: { maxRetries: 0 } },
    });
    expect(tracer.of('generation')[0]).toMatchObject({ instructions: 'Be brief', model_config: { temperature: 0 } });
    expect(tracer.of('generation')[0]?.usage).toMatchObject({ input_tokens: 10, output_tokens: 5, total_tokens: 15 });
  });

  it('where its model was asked, as far as the model knows', async () => {
    const model = Object.assign(new ScriptedModel(['Done']), { baseURL: 'https://api.example.com/v1' });
    const tracer = new RecordingTracer();
    await new Runner().run(new Agent({ name: 'A', model }), 'Hi', { tracer });
    expect(tracer.of('generation')[0]).toMatchObject({ _base_url: 'https://api.example.com/v1' });
  });

  it('an error that cannot be read, which still is what ends the run [TRC-08]', async () => {
    class Unreadable extends Error {
      override get message(): string {
        throw new Error('never read');
      }
    }
    const model = new ScriptedModel([new Unreadable()]);
    const tracer = new RecordingTracer();
    const running = new Runner({ tracer }).run(new Agent({ name: 'A', model }), 'Hi');
    await expect(running).rejects.toBeInstanceOf(Unreadable);
    expect(tracer.spans.every((span) => span.ended)).toBe(true);
  });

  it('several handoffs in one turn, all by name [RUN-21]', async () => {
    const b = new Agent({ name: 'B', model: new ScriptedModel(['Done', 'Done']) });
    const tracer = await trace({
      model: scripted([functionCall('transfer_to_b'), functionCall('transfer_to_c')]),
      handoffs: [b, new Agent({ name: 'C' })],
    });
    const handoff = tracer.spans.find(({ data }) => data.type === 'handoff');
    expect(handoff?.error).toEqual({
      message: 'Multiple handoffs requested',
      name: 'MultipleHandoffs',
      data: { requestedAgents: ['transfer_to_b', 'transfer_to_c'] },
    });
  });

  it('the end of the trace after the last event of a stream [JS-24]', async () => {
    const tracer = new RecordingTracer();
    const runner = new Runner({ tracer });
    const result = await runner.run(new Agent({ name: 'A', model: new ScriptedModel(['Done']) }), 'Hi', { stream: true });
    const open: boolean[] = [];
    for await (const event of result) {
      if (event.type === 'raw_model_stream_event') open.push(tracer.spans[0]?.ended === false);
    }
    expect(open.slice(0, 1)).toEqual([true]);
    expect(tracer.spans[0]?.ended).toBe(true);
  });
});

describe('a model is told', () => {
  it.each([
    ['everything', {}, true],
    ['no data', { traceIncludeSensitiveData: false }, 'enabled_without_data'],
    ['nothing', { tracingDisabled: true }, false],
  ])('whether it may trace: %s [MI-1, RC-8]', async (_what, config, tracing) => {
    const model = new ScriptedModel(['Done']);
    await new Runner(config).run(new Agent({ name: 'A', model }), 'Hi');
    expect(model.calls[0]?.request.tracing).toBe(tracing);
  });
});
