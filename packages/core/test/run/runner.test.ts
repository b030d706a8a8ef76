import { Agent, Runner } from '@baton/core';
import { ScriptedModel } from '@baton/core/testing';
import { describe, expect, it } from 'vitest';

describe('settings of a runner', () => {
  it('hold where the options of a run leave them open, model settings field by field [RC-3]', async () => {
    const model = new ScriptedModel(['Done.', 'Done.']);
    const runner = new Runner({ model, modelSettings: { temperature: 0.5, topP: 0.9 }, workflowName: 'Mine' });
    const agent = new Agent({ name: 'A', modelSettings: { temperature: 1, maxTokens: 9 } });
    await runner.run(agent, 'Hi', { modelSettings: { temperature: 0 }, workflowName: undefined });
    await runner.run(agent, 'Hi');
    expect(model.calls.map(({ request }) => request.modelSettings)).toEqual([
      { temperature: 0, topP: 0.9, maxTokens: 9 },
      { temperature: 0.5, topP: 0.9, maxTokens: 9 },
    ]);
  });
});
