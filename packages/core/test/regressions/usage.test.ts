import { expect, it } from 'vitest';
import { Agent, Runner } from '@baton/core';
import { ScriptedModel } from '@baton/core/testing';

it('a model call that came back is counted, although a hook failed then', async () => {
  const runner = new Runner();
  runner.on('llm_end', () => {
    throw new Error('no');
  });
  const agent = new Agent({ name: 'A', model: new ScriptedModel(['Hello']) });
  const result = await runner.run(agent, 'Hi', { stream: true });
  await expect(result.completed).rejects.toThrow('no');
  expect(result.usage.requests).toBe(1);
});
