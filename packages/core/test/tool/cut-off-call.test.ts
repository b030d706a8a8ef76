import { Agent, run, tool } from '@baton/core';
import { functionCall, ScriptedModel } from '@baton/core/testing';
import { expect, it } from 'vitest';

it('a call whose arguments never came, as the answer was cut off, is told so and does not run', async () => {
  let ran = 0;
  const work = tool({ name: 'work', execute: () => ++ran });
  const cutOff = { ...functionCall('work', '', 'c1'), status: 'incomplete' as const };
  const model = new ScriptedModel([[cutOff], [functionCall('work', '', 'c2')], 'Done.']);
  const result = await run(new Agent({ name: 'A', model, tools: [work] }), 'Hi');
  expect(result.newItems.filter((item) => item.type === 'tool_call_output_item').map((item) => item.output)).toEqual([
    expect.stringContaining('Invalid JSON input for tool work: the answer was cut off before the arguments'),
    1,
  ]);
  expect(ran).toBe(1);
});
