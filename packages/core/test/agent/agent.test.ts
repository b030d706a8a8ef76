import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { Agent, handoff, Handoff, RunContext, tool, UserError } from '../../src/index.js';
import type { AgentOptions } from '../../src/index.js';
import { getHandoff, serializeHandoff } from '../../src/agent/index.js';

const context = new RunContext<unknown>(undefined);

describe('an agent', () => {
  it('needs only a name', () => {
    const agent = new Agent({ name: 'A' });
    expect(agent).toMatchObject({
      name: 'A',
      instructions: '',
      handoffDescription: '',
      handoffs: [],
      tools: [],
      modelSettings: {},
      inputGuardrails: [],
      outputGuardrails: [],
      outputType: 'text',
      toolUseBehavior: 'run_llm_again',
      resetToolChoice: true,
    });
    expect(agent.model).toBeUndefined();
  });

  it.each<[what: string, options: unknown, message: string]>([
    ['no options', undefined, 'needs an object with at least a name'],
    ['an empty name', { name: '' }, 'An agent has an empty name. Give it one'],
    ['a blank name', { name: '  ' }, 'Give it one'],
    ['no name', {}, 'An agent has no name'],
    ['a name that is no text', { name: 7 }, 'Give it one'],
    ['instructions that are no text', { name: 'A', instructions: 7 }, 'The instructions of agent "A" are of type number'],
    ['tools that are no list', { name: 'A', tools: {} }, 'tools of agent "A" must be a list'],
    ['a tool that is not there', { name: 'A', tools: [undefined] }, 'tools[0] of agent "A" is undefined. Check the import'],
    ['a tool that is a function', { name: 'A', tools: [() => ''] }, 'tools[0] of agent "A" is not a tool. Make it with tool()'],
    ['a handoff to something that is not an agent', { name: 'A', handoffs: [{ name: 'B' }] }, 'handoffs[0] of agent "A" is not an agent'],
    ['a handoff to a name', { name: 'A', handoffs: ['B'] }, 'handoffs[0] of agent "A"'],
    ['a guardrail that is null', { name: 'A', inputGuardrails: [null] }, 'inputGuardrails[0] of agent "A" is null'],
    ['a guardrail that does nothing', { name: 'A', inputGuardrails: [{ name: 'g' }] }, 'inputGuardrails[0] of agent "A"'],
    ['an output guardrail that does nothing', { name: 'A', outputGuardrails: [{ name: 'g' }] }, 'outputGuardrails[0] of agent "A"'],
    ['an output type that is none', { name: 'A', outputType: 'json' }, 'the output type of agent "A" is not an output type'],
    ['an output type that cannot be strict', { name: 'A', outputType: z.object({ a: z.any() }) }, 'The schema of the output type of agent "A" cannot be strict: properties.a'],
    ['a toolUseBehavior that is none', { name: 'A', toolUseBehavior: 'stop' }, 'Invalid toolUseBehavior of agent "A": stop'],
    ['tools to stop at that are no list [AG-14]', { name: 'A', toolUseBehavior: { stopAtToolNames: 'x' } }, 'Invalid toolUseBehavior'],
    ['a model that is none', { name: 'A', model: 7 }, 'The model of agent "A" is'],
    ['a model that is null', { name: 'A', model: null }, 'The model of agent "A" is'],
  ])('is refused at once with %s [RUN-47]', (_what, options, message) => {
    const make = (): Agent => new Agent(options as AgentOptions);
    expect(make).toThrow(UserError);
    expect(make).toThrow(message);
  });

  it('makes its system prompt of text or of a function, sync or not [AG-3, AG-20]', async () => {
    expect(await new Agent({ name: 'A' }).getSystemPrompt(context)).toBeUndefined();
    expect(await new Agent({ name: 'A', instructions: 'Be kind' }).getSystemPrompt(context)).toBe('Be kind');
    const asked = new Agent({
      name: 'A',
      instructions: (runContext, agent) => Promise.resolve(`${agent.name} ${String(runContext === context)}`),
    });
    expect(await asked.getSystemPrompt(context)).toBe('A true');
    expect(await new Agent({ name: 'A', instructions: () => undefined }).getSystemPrompt(context)).toBeUndefined();
  });

  it('is cloned with what is replaced; the lists that are not are shared [AG-18]', () => {
    const agent = new Agent({
      name: 'A',
      instructions: 'x',
      prompt: { promptId: 'p' },
      handoffDescription: 'd',
      model: 'm',
      modelSettings: { temperature: 0 },
      tools: [tool({ name: 't', execute: () => '' })],
      outputType: z.object({ a: z.string() }),
      toolUseBehavior: 'stop_on_first_tool',
      resetToolChoice: false,
    });
    const clone = agent.clone({ name: 'B', instructions: 'y' });
    expect(clone).not.toBe(agent);
    expect(clone.name).toBe('B');
    expect(clone.instructions).toBe('y');
    for (const key of ['tools', 'handoffs', 'modelSettings', 'outputType', 'prompt', 'inputGuardrails'] as const) {
      expect(clone[key]).toBe(agent[key]);
    }
    expect(clone).toMatchObject({ model: 'm', toolUseBehavior: 'stop_on_first_tool', resetToolChoice: false, handoffDescription: 'd' });
    expect(agent.clone({ outputType: 'text' }).outputType).toBe('text');
  });

  it('does not take its hooks into a clone', () => {
    const agent = new Agent({ name: 'A' });
    agent.on('agent_end', () => undefined);
    expect(agent.clone({}).hasListeners('agent_end')).toBe(false);
  });

  it('is only a name as JSON', () => {
    expect(JSON.stringify(new Agent({ name: 'A', instructions: 'secret' }))).toBe('{"name":"A"}');
  });
});

describe('a handoff', () => {
  it.each([
    ['Refund Agent', 'transfer_to_refund_agent'],
    ['FAQ', 'transfer_to_faq'],
    ['Größe', 'transfer_to_gr__e'],
    ['a-b', 'transfer_to_a-b'],
  ])('to %j is called %j [HO-2]', (name, toolName) => {
    expect(getHandoff(new Agent({ name })).toolName).toBe(toolName);
  });

  it('is described by its target [HO-3]', () => {
    expect(getHandoff(new Agent({ name: 'B' })).toolDescription).toBe(
      'Handoff to the B agent to handle the request.',
    );
    expect(getHandoff(new Agent({ name: 'B', handoffDescription: 'Knows all.' })).toolDescription).toBe(
      'Handoff to the B agent to handle the request. Knows all.',
    );
  });

  it('takes a name and a description of its own, also an empty one', () => {
    const b = handoff(new Agent({ name: 'B' }), { toolNameOverride: 'ask b!', toolDescriptionOverride: '' });
    expect(b.toolName).toBe('ask_b_');
    expect(b.toolDescription).toBe('');
  });

  it('is told to a model as a strict function [HO-9]', () => {
    expect(serializeHandoff(getHandoff(new Agent({ name: 'B' })))).toMatchObject({
      toolName: 'transfer_to_b',
      inputJsonSchema: { type: 'object', properties: {}, required: [], additionalProperties: false },
      strictJsonSchema: true,
    });
    const typed = handoff(new Agent({ name: 'B' }), {
      inputType: z.object({ why: z.string().optional() }),
      onHandoff: () => undefined,
    });
    expect(typed.inputJsonSchema).toEqual({
      type: 'object',
      properties: { why: { type: ['string', 'null'] } },
      required: ['why'],
      additionalProperties: false,
    });
  });

  it('is made once: a handoff stays what it is', () => {
    const b = handoff(new Agent({ name: 'B' }));
    expect(b).toBeInstanceOf(Handoff);
    expect(getHandoff(b)).toBe(b);
  });

  it.each<[what: string, make: () => unknown, message: string]>([
    ['to nothing', () => handoff(undefined as never), 'A handoff leads to undefined. Pass an Agent'],
    ['to a plain object', () => handoff({ name: 'B' } as never), 'A handoff leads to a Object'],
    ['with an input but nobody who takes it [HO-7, HND-12]', () => handoff(new Agent({ name: 'B' }), { inputType: z.object({}) }), 'has inputType but no onHandoff'],
    ['with an onHandoff that is no function [HND-12]', () => handoff(new Agent({ name: 'B' }), { onHandoff: 'x' as never }), 'onHandoff that is not a function'],
    ['with an input that cannot be strict', () => handoff(new Agent({ name: 'B' }), { inputType: z.object({ a: z.any() }), onHandoff: () => undefined }), 'cannot be strict: properties.a'],
    ['whose function returns something else', () => handoff((() => 'B') as never).agent, "function returned a string instead of an agent"],
  ])('%s is refused', (_what, make, message) => {
    expect(make).toThrow(UserError);
    expect(make).toThrow(message);
  });
});
