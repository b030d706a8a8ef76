import { describe, expect, it } from 'vitest';
import { Agent, run, RunState, shellTool, tool, user, UserError } from '../src/index.js';
import type { HostedTool, Logger, Model, ModelCapabilities, OutputGuardrail, RunOptions } from '../src/index.js';
import type { ScriptedAnswer } from '../src/testing/index.js';
import { functionCall, ScriptedModel } from '../src/testing/index.js';

const NONE: ModelCapabilities = {
  serverManagedConversation: false,
  prompt: false,
  hostedTools: false,
};

function forgetful(
  name: string,
  script: readonly ScriptedAnswer[],
  strict = false,
): ScriptedModel & Model {
  const model = new ScriptedModel(script, { name, capabilities: NONE });
  return Object.assign(model, { strictFeatureValidation: strict });
}

function keeper(): Logger & { readonly warnings: string[] } {
  const warnings: string[] = [];
  const nothing = (): void => undefined;
  return {
    warnings,
    debug: nothing,
    warn: (message) => void warnings.push(message),
    error: nothing,
  };
}

/** Runs to the end, in either mode. */
async function runs(stream: boolean, agent: Agent, options: RunOptions): Promise<void> {
  if (!stream) return void (await run(agent, 'Hi', options));
  const result = await run(agent, 'Hi', { ...options, stream: true });
  await result.completed;
}

const fine: OutputGuardrail = { name: 'fine', execute: () => ({ tripwireTriggered: false }) };
const act = tool({ name: 'act', execute: () => 'acted' });
const search: HostedTool = { type: 'hosted_tool', name: 'web_search' };

describe.each([false, true])('what a model cannot do, streamed: %s', (stream) => {
  it.each([
    [{ conversationId: 'conv_1' }, 'conversationId'],
    [{ previousResponseId: 'resp_1' }, 'previousResponseId'],
    [{ autoPreviousResponseId: true }, 'autoPreviousResponseId'],
    [{ conversationId: '' }, 'conversationId'],
  ] as const)(
    'a strict model without conversations is refused before any call: %o [S1-6, D2]',
    async (options, name) => {
      const model = forgetful('chat', ['Hello'], true);
      const refused = runs(stream, new Agent({ name: 'A', model }), options);
      await expect(refused).rejects.toThrow(UserError);
      await expect(refused).rejects.toThrow(`server-managed conversation state (${name})`);
      expect(model.calls).toEqual([]);
    },
  );

  it.each([
    ['of the agent', { outputGuardrails: [fine] }, {}],
    ['of the run', {}, { outputGuardrails: [fine] }],
    ['of an agent within reach', { handoffs: [new Agent({ name: 'B', model: new ScriptedModel([]), outputGuardrails: [fine] })] }, {}],
  ])('output guardrails %s are refused where the provider keeps the conversation: it would keep what they refuse [B19]', async (_whose, own, options) => {
    const model = new ScriptedModel(['Hello'], { name: 'keeps' });
    const refused = runs(stream, new Agent({ name: 'A', model, ...own }), { ...options, conversationId: 'conv_1' });
    await expect(refused).rejects.toThrow(UserError);
    await expect(refused).rejects.toThrow('output guardrails (fine), which cannot be combined with conversationId');
    expect(model.calls).toEqual([]);
  });

  it('output guardrails run where the model cannot keep it [B19]', async () => {
    const model = forgetful('chat', ['Hello']);
    const agent = new Agent({ name: 'A', model, outputGuardrails: [fine] });
    await runs(stream, agent, { conversationId: 'conv_1', logger: keeper() });
    expect(model.calls).toHaveLength(1);
  });

  it('one warning is given per run, and every turn has the full history [S1-6, D1]', async () => {
    const logger = keeper();
    const model = forgetful('chat', [functionCall('act', {}, 'c1'), 'Done']);
    await runs(stream, new Agent({ name: 'A', model, tools: [act] }), {
      conversationId: 'conv_1',
      logger,
    });
    expect(logger.warnings).toHaveLength(1);
    expect(logger.warnings[0]).toContain('server-managed conversation state (conversationId)');
    expect(logger.warnings[0]).toContain('before this run is out of reach there');
    expect(model.calls.map(({ request }) => request.conversationId)).toEqual([
      undefined,
      undefined,
    ]);
    expect(model.calls[1]?.input).toMatchObject([
      user('Hi'),
      { type: 'function_call', callId: 'c1' },
      { type: 'function_call_result', callId: 'c1' },
    ]);
  });

  it.each([
    ['hostedTools', search, 'does not run hosted tools, and would be given: web_search'],
    ['localTools', shellTool({ shell: { run: () => ({ output: [] }) } }), 'does not know computers, shells and apply_patch, and would be given: shell'],
    ['deferredTools', tool({ name: 'late', deferLoading: true, execute: () => '' }), 'tools with deferLoading or in a namespace, and would be given: late'],
  ] as const)(
    'a tool that the model of an agent behind a handoff does not take is refused before any call: %s',
    async (capability, special, problem) => {
      const chat = new ScriptedModel([], { name: 'chat', capabilities: { ...NONE, hostedTools: true, [capability]: false } });
      const model = new ScriptedModel([functionCall('transfer_to_b', {}, 'h1')]);
      const b = new Agent({ name: 'B', model: chat, tools: [special] });
      const refused = runs(stream, new Agent({ name: 'A', model, handoffs: [b] }), {});
      await expect(refused).rejects.toThrow(`The model "chat" of agent "B" ${problem.startsWith('does') ? '' : 'does not take '}${problem}`);
      expect(model.calls).toEqual([]);
    },
  );

  it('an agent that only a cycle of handoffs reaches, by a function, counts too [S1-7]', async () => {
    const model = new ScriptedModel(['Hello']);
    const first: Agent = new Agent({ name: 'A', model, handoffs: [() => second] });
    const second: Agent = new Agent({ name: 'B', model, handoffs: [first, () => third] });
    const third: Agent = new Agent({
      name: 'C',
      model: forgetful('chat', [], true),
      handoffs: [() => first],
    });
    const refused = runs(stream, first, { previousResponseId: 'resp_1' });
    await expect(refused).rejects.toThrow('The model "chat" of agent "C"');
    expect(model.calls).toEqual([]);
  });

  it('after a handoff to it the model has the full history of the run [S1-7]', async () => {
    const chat = forgetful('chat', ['Done']);
    const b = new Agent({ name: 'B', model: chat });
    const model = new ScriptedModel([
      functionCall('act', {}, 'c1'),
      functionCall('transfer_to_b', {}, 'h1'),
    ]);
    const logger = keeper();
    const a = new Agent({ name: 'A', model, tools: [act], handoffs: [b] });
    await runs(stream, a, { conversationId: 'conv_1', logger });
    expect(model.calls[1]?.input).toMatchObject([{ type: 'function_call_result', callId: 'c1' }]);
    expect(chat.calls[0]?.input).toMatchObject([
      user('Hi'),
      { type: 'function_call', callId: 'c1' },
      { type: 'function_call_result', callId: 'c1' },
      { type: 'function_call', callId: 'h1' },
      { type: 'function_call_result', callId: 'h1' },
    ]);
    expect(logger.warnings).toHaveLength(1);
  });

  it('an input filter leaves it no half of a pair, as nobody has the other half [S1-6]', async () => {
    const model = forgetful('chat', [functionCall('act', {}, 'c1'), 'Done']);
    await runs(stream, new Agent({ name: 'A', model, tools: [act] }), {
      conversationId: 'conv_1',
      logger: keeper(),
      callModelInputFilter: ({ modelData }) => ({
        ...modelData,
        input: modelData.input.filter(({ type }) => type !== 'function_call'),
      }),
    });
    expect(model.calls[1]?.input).toEqual([user('Hi')]);
  });

  it('a prompt template that a strict model cannot take is refused before any call', async () => {
    const model = forgetful('chat', ['Hello'], true);
    const refused = runs(
      stream,
      new Agent({ name: 'A', model, prompt: { promptId: 'pmpt_1' } }),
      {},
    );
    await expect(refused).rejects.toThrow('does not support prompt templates');
    expect(model.calls).toEqual([]);
  });

  it('hosted tools that a model cannot run are refused by name before any call, strict or not [CC-16]', async () => {
    const model = new ScriptedModel(['Hello']);
    const b = new Agent({ name: 'B', model: forgetful('chat', []), tools: [search, act] });
    const refused = runs(stream, new Agent({ name: 'A', model, handoffs: [b] }), {});
    await expect(refused).rejects.toThrow(/agent "B" does not run hosted tools.*web_search/);
    expect(model.calls).toEqual([]);
  });
});

it('a run that asks for nothing special looks up no model but its own', async () => {
  const asked: (string | undefined)[] = [];
  const model = forgetful('chat', ['Hello'], true);
  const b = new Agent({ name: 'B', model: 'other' });
  const modelProvider = {
    getModel: (name?: string) => {
      asked.push(name);
      return model;
    },
  };
  await run(new Agent({ name: 'A', model: 'mine', handoffs: [b] }), 'Hi', { modelProvider });
  expect(asked).toEqual(['mine']);
});

it('an agent whose model cannot be found is no matter until it is its turn', async () => {
  const b = new Agent({ name: 'B', model: 'nowhere' });
  const model = new ScriptedModel(['Hello']);
  const result = await run(new Agent({ name: 'A', model, handoffs: [b] }), 'Hi', {
    conversationId: 'conv_1',
  });
  expect(result.finalOutput).toBe('Hello');
});

it('a resumed run is checked again: its models may be others [S1-6]', async () => {
  const asking = tool({ name: 'act', needsApproval: true, execute: () => 'acted' });
  const before = new Agent({
    name: 'A',
    model: new ScriptedModel([functionCall('act')]),
    tools: [asking],
  });
  const waiting = await run(before, 'Hi', { conversationId: 'conv_1' });
  const model = forgetful('chat', ['Done'], true);
  const agent = new Agent({ name: 'A', model, tools: [asking] });
  const state = RunState.fromString(agent, waiting.state.toString());
  await expect(run(agent, state)).rejects.toThrow(
    'server-managed conversation state (conversationId)',
  );
  expect(model.calls).toEqual([]);
});
