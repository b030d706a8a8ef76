import { describe, expect, it } from 'vitest';
import { assistant, Agent, handoff, run, Runner, system, tool, user, UserError } from '../../src/index.js';
import type { AgentInputItem, Model, ModelProvider, ModelSettings, Prompt } from '../../src/index.js';
import { functionCall, reasoning, ScriptedModel } from '../../src/testing/index.js';
import { scenario } from '../support/modes.js';

const act = tool({ name: 'act', description: 'Acts', execute: () => 'Acted' });

describe('a request', () => {
  scenario(
    'holds the input and everything that came since, in order [RUN-10, RUN-09, JS-65]',
    {
      process: (world) => ({
        agent: new Agent({
          name: 'A',
          tools: [act],
          model: world.model([
            [reasoning('Act twice'), functionCall('act', {}, 'c1'), functionCall('act', {}, 'c2')],
            functionCall('act', {}, 'c3'),
            'Done',
          ]),
        }),
      }),
      input: [system('Be kind'), user('Earlier'), assistant('Answered'), user('Now')],
    },
    ({ requests, history }) => {
      const ids = (items: readonly AgentInputItem[] | undefined) =>
        items?.map((item) => ('callId' in item ? `${item.type} ${item.callId}` : 'role' in item ? item.role : item.type));
      const input = ['system', 'user', 'assistant', 'user'];
      const first = ['reasoning', 'function_call c1', 'function_call c2', 'function_call_result c1', 'function_call_result c2'];
      const second = ['function_call c3', 'function_call_result c3'];
      expect(requests.map((each) => ids(each.input))).toEqual([input, [...input, ...first], [...input, ...first, ...second]]);
      expect(ids(history)).toEqual([...input, ...first, ...second, 'assistant']);
    },
  );

  scenario(
    'has instructions, settings, tools, handoffs, output type and what the app chose, as plain data [MI-2, JS-11]',
    {
      process: (world) => ({
        agent: new Agent({
          name: 'A',
          instructions: 'Act',
          modelSettings: { temperature: 0 },
          tools: [act],
          handoffs: [new Agent({ name: 'B' })],
          model: world.model(['Done']),
        }),
      }),
    },
    ({ requests }) =>
      expect(requests).toEqual([
        {
          model: 'model',
          systemInstructions: 'Act',
          prompt: undefined,
          input: [user('Hi')],
          modelSettings: { temperature: 0 },
          tools: ['act'],
          handoffs: ['transfer_to_b'],
          outputType: 'text',
          overridePromptModel: false,
          tracing: true,
        },
      ]),
  );

  it('can be aborted by the run [MI-2]', async () => {
    const model = new ScriptedModel(['Done']);
    const agent = new Agent({ name: 'A', model });
    await run(agent, 'Hi', { signal: new AbortController().signal });
    expect(model.calls[0]?.request.signal?.aborted).toBe(false);
  });

  it('of a run that nobody can cancel has no signal [MI-2]', async () => {
    const model = new ScriptedModel(['Done']);
    await run(new Agent({ name: 'A', model }), 'Hi');
    expect(model.calls[0]?.request.signal).toBeUndefined();
  });

  it('of a whole run asks for the response, of a streamed one for its pieces [MI-2, MI-3]', async () => {
    const model = new ScriptedModel(['One', 'Two']);
    const agent = new Agent({ name: 'A', model });
    await run(agent, 'Hi');
    await (await run(agent, 'Hi', { stream: true })).completed;
    expect(model.calls.map((call) => call.streamed)).toEqual([false, true]);
  });

  it.each<[string, ModelSettings]>([
    ['temperature [MS-1]', { temperature: 0 }],
    ['topP [MS-2]', { topP: 0.5 }],
    ['frequencyPenalty [MS-3]', { frequencyPenalty: -1 }],
    ['presencePenalty [MS-4]', { presencePenalty: 1 }],
    ['toolChoice: auto [MS-5]', { toolChoice: 'auto' }],
    ['toolChoice: required [MS-5]', { toolChoice: 'required' }],
    ['toolChoice: none [MS-5]', { toolChoice: 'none' }],
    ['toolChoice: a name [MS-5]', { toolChoice: 'act' }],
    ['parallelToolCalls [MS-6]', { parallelToolCalls: false }],
    ['truncation [MS-7]', { truncation: 'auto' }],
    ['maxTokens [MS-8]', { maxTokens: 100 }],
    ['what only one provider knows [MS-9]', { providerData: { seed: 1 } }],
  ])('carries the setting %s', async (_title, settings) => {
    const model = new ScriptedModel(['Of the agent', 'Of the run']);
    await run(new Agent({ name: 'A', model, tools: [act], modelSettings: settings }), 'Hi');
    await run(new Agent({ name: 'A', model, tools: [act] }), 'Hi', { modelSettings: settings });
    expect(model.calls.map((call) => call.request.modelSettings)).toEqual([settings, settings]);
  });

  it('carries no setting that nobody made [MS-6, MS-9, AG-7]', async () => {
    const model = new ScriptedModel(['Done']);
    await run(new Agent({ name: 'A', model }), 'Hi');
    expect(model.calls[0]?.request.modelSettings).toEqual({});
  });

  it('carries the agent\'s settings under the run\'s, field by field [AG-7]', async () => {
    const model = new ScriptedModel(['Done']);
    const agent = new Agent({ name: 'A', model, modelSettings: { temperature: 1, topP: 0.5, reasoning: { effort: 'low', summary: 'auto' } } });
    await run(agent, 'Hi', { modelSettings: { temperature: 0, reasoning: { effort: 'high' }, topP: undefined } });
    expect(model.calls[0]?.request.modelSettings).toEqual({
      temperature: 0,
      topP: 0.5,
      reasoning: { effort: 'high', summary: 'auto' },
    });
  });

  it('has the same settings beside a prompt template, and says whether the app chose the model [JS-11]', async () => {
    const prompt: Prompt = { promptId: 'pmpt_1', variables: { tone: 'dry' } };
    const model = new ScriptedModel(['1', '2', '3']);
    const provider: ModelProvider = { getModel: () => model };
    await run(new Agent({ name: 'A', prompt: () => prompt }), 'Hi', { modelProvider: provider });
    await run(new Agent({ name: 'A', prompt, model: 'm' }), 'Hi', { modelProvider: provider });
    await run(new Agent({ name: 'A', prompt }), 'Hi', { model });
    expect(model.calls.map(({ request }) => request.prompt)).toEqual([prompt, prompt, prompt]);
    expect(model.calls.map(({ request }) => request.overridePromptModel)).toEqual([false, true, true]);
    expect(model.calls.map(({ request }) => request.modelSettings)).toEqual([{}, {}, {}]);
  });

  it('needs a model: a name without a provider is refused, a model without one is not [RC-2, JS-13]', async () => {
    const runner = new Runner();
    await expect(runner.run(new Agent({ name: 'A', model: 'gpt' }), 'Hi')).rejects.toThrow(UserError);
    await expect(runner.run(new Agent({ name: 'A', model: 'gpt' }), 'Hi')).rejects.toThrow('the model name "gpt" and the run has no model provider');
    await expect(runner.run(new Agent({ name: 'A' }), 'Hi')).rejects.toThrow('no model');
    const result = await runner.run(new Agent({ name: 'A', model: new ScriptedModel(['Done']) }), 'Hi');
    expect(result.finalOutput).toBe('Done');
  });

  it('goes to the model that the provider of the run finds by name [RC-2]', async () => {
    const asked: unknown[] = [];
    const modelProvider: ModelProvider = {
      getModel: (name) => {
        asked.push(name);
        return new ScriptedModel(['Done']);
      },
    };
    await new Runner({ modelProvider }).run(new Agent({ name: 'A', model: 'small' }), 'Hi');
    await new Runner({ modelProvider }).run(new Agent({ name: 'A', model: 'small' }), 'Hi', { model: 'large' });
    // Set is set, also an empty name [RUN-42].
    await new Runner({ modelProvider }).run(new Agent({ name: 'A', model: 'small' }), 'Hi', { model: '' });
    expect(asked).toEqual(['small', 'large', '']);
  });

  it('has nothing of Baton\'s own in its items, and neither has the session [RUN-13]', async () => {
    const model = new ScriptedModel([functionCall('act'), 'Done']);
    const result = await run(new Agent({ name: 'A', model, tools: [act] }), 'Hi');
    const KNOWN = new Set(['type', 'role', 'content', 'text', 'callId', 'name', 'arguments', 'status', 'output']);
    const keys = new Set<string>();
    JSON.stringify([model.calls[1]?.input, result.history], (key, value: unknown) => {
      if (key !== '' && !/^\d+$/.test(key)) keys.add(key);
      return value;
    });
    expect([...keys].filter((key) => !KNOWN.has(key))).toEqual([]);
  });

  it('asks for instructions and prompt at the same time, and for model, tools and handoffs [RUN-26, RUN-27]', async () => {
    const started: string[] = [];
    let release: () => void = () => undefined;
    const all = new Promise<void>((resolve) => {
      release = resolve;
    });
    const together = async <T>(what: string, value: T, of: number): Promise<T> => {
      started.push(what);
      if (started.length === of) release();
      await all;
      return value;
    };
    const model: Model = new ScriptedModel(['Done']);
    const b = new Agent({ name: 'B' });
    const agent = new Agent({
      name: 'A',
      model: 'm',
      tools: [
        tool({ name: 'x', execute: () => 1, isEnabled: () => together('tool x', true, 4) }),
        tool({ name: 'y', execute: () => 1, isEnabled: () => together('tool y', false, 4) }),
      ],
      handoffs: [handoff(b, { isEnabled: () => together('handoff', true, 4) })],
    });
    await run(agent, 'Hi', { modelProvider: { getModel: () => together('model', model, 4) } });
    expect(started.sort()).toEqual(['handoff', 'model', 'tool x', 'tool y']);
  });

  it.each([
    ['isEnabled of a tool', new Agent({ name: 'A', tools: [tool({ name: 'x', execute: () => 1, isEnabled: () => { throw new TypeError('no flag'); } })] })],
    ['instructions', new Agent({ name: 'A', instructions: () => { throw new TypeError('no flag'); } })],
    ['a prompt', new Agent({ name: 'A', prompt: () => { throw new TypeError('no flag'); } })],
  ])('is not sent where %s throws: the run ends with that very error [RUN-26, RUN-27]', async (_what, agent) => {
    const model = new ScriptedModel(['never']);
    await expect(run(agent, 'Hi', { model })).rejects.toThrow(new TypeError('no flag'));
    expect(model.calls).toEqual([]);
  });
});

it('what is asked for beside something that fails is awaited before the run ends [RUN-26, RUN-27]', async () => {
  const over: string[] = [];
  const slowly = async (what: string): Promise<true> => {
    await new Promise((resolve) => setImmediate(resolve));
    over.push(what);
    return true;
  };
  const fails = (): never => {
    throw new TypeError('no flag');
  };
  const first = new Agent({
    name: 'A',
    model: new ScriptedModel(['never']),
    tools: [
      tool({ name: 'x', execute: () => 1, isEnabled: async () => fails() }),
      tool({ name: 'y', execute: () => 1, isEnabled: () => slowly('tool') }),
    ],
    handoffs: [handoff(new Agent({ name: 'B' }), { isEnabled: () => slowly('handoff') })],
  });
  await expect(run(first, 'Hi')).rejects.toThrow('no flag');
  expect(over.sort()).toEqual(['handoff', 'tool']);
  const second = new Agent({
    name: 'A',
    model: new ScriptedModel(['never']),
    instructions: async () => fails(),
    prompt: async () => (await slowly('prompt')) && { promptId: 'p' },
  });
  await expect(run(second, 'Hi')).rejects.toThrow('no flag');
  expect(over).toContain('prompt');
});

describe('the input of a run', () => {
  it('is read once and never changed [RUN-1, RUN-16]', async () => {
    const model = new ScriptedModel([functionCall('act'), 'Done']);
    const input: AgentInputItem[] = [Object.freeze(user('Hi'))];
    const before = JSON.stringify(input);
    const result = await run(new Agent({ name: 'A', model, tools: [act] }), input, { stream: true });
    input.push(user('Too late'));
    await result.completed;
    expect(model.calls[1]?.input).toHaveLength(3);
    input.pop();
    expect(JSON.stringify(input)).toBe(before);
    expect(result.history).not.toBe(input);
    expect(result.input).toEqual(input);
  });

  it.each([
    ['null', null],
    ['undefined', undefined],
    ['a number', 5],
    ['an object', {}],
  ])('is text, items or a state: %s is refused [ER-4]', async (_what, input) => {
    const agent = new Agent({ name: 'A', model: new ScriptedModel(['never']) });
    await expect(run(agent, input as never)).rejects.toThrow(UserError);
  });
});
