import { Agent, InputGuardrailTripwireTriggered, MemorySession, Runner, tool } from '@baton/core';
import type { RunContext } from '@baton/core';
import { functionCall, ScriptedModel } from '@baton/core/testing';
import { describe, expect, it } from 'vitest';

const runner = new Runner();

describe('the agent that was active last', () => {
  it('is asked next time with the same context, without a cast [RES-7, RUN-31]', async () => {
    const whoAmI = tool({
      name: 'who_am_i',
      execute: (_input, { context }: RunContext<{ user: string }>) => context.user,
    });
    const clerk = new Agent({ name: 'Clerk', tools: [whoAmI] });
    const triage = new Agent({ name: 'Triage', handoffs: [clerk] });
    const session = new MemorySession();
    const model = new ScriptedModel([
      functionCall('transfer_to_clerk'),
      'Hello',
      functionCall('who_am_i'),
      'You are Ada.',
    ]);
    const options = { session, model, context: { user: 'Ada' } };
    const first = await runner.run(triage, 'Hi', options);
    expect(first.lastAgent).toBe(clerk);
    const second = await runner.run(first.lastAgent, 'Who am I?', options);
    expect(second.finalOutput).toBe('You are Ada.');
  });
});

describe('a tripwire', () => {
  it('says what the guardrail found [ER-5]', async () => {
    const agent = new Agent({
      name: 'A',
      model: new ScriptedModel(['hi']),
      inputGuardrails: [
        { name: 'polite', execute: () => ({ tripwireTriggered: true, outputInfo: 'rude' }) },
      ],
    });
    const error: unknown = await runner.run(agent, 'x').catch((each: unknown) => each);
    expect(error).toBeInstanceOf(InputGuardrailTripwireTriggered);
    if (error instanceof InputGuardrailTripwireTriggered) {
      expect(error.result.output.outputInfo).toBe('rude');
    }
  });
});
