// Forcing tool use: `toolChoice` makes the model call a tool, `toolUseBehavior` says what follows.

import { Agent, run, tool } from '@baton/agents';
import type { ToolUseBehavior } from '@baton/agents';
import * as z from 'zod';

const getTide = tool({
  name: 'get_tide',
  description: 'When the tide is high today',
  parameters: z.object({ harbour: z.string() }),
  execute: ({ harbour }) => ({ harbour, high: '14:20', metres: 3.1 }),
});

const behaviors: Record<string, ToolUseBehavior> = {
  // The model makes an answer of the output: the default.
  run_llm_again: 'run_llm_again',
  // The output of the first tool is the answer.
  stop_on_first_tool: 'stop_on_first_tool',
  // Code decides, and makes the answer.
  'a function': (_context, [result]) => ({
    isFinalOutput: true,
    finalOutput: `tide: ${JSON.stringify(result?.output)}`,
  }),
};

for (const [name, toolUseBehavior] of Object.entries(behaviors)) {
  const pilot = new Agent({
    name: 'Pilot',
    instructions: 'You know the harbours of the coast.',
    tools: [getTide],
    // After a tool has been used it is left out, so that the model can answer.
    modelSettings: { toolChoice: 'required' },
    toolUseBehavior,
  });
  const { finalOutput, rawResponses } = await run(pilot, 'When can I sail from Cascais?');
  console.log(`${name}: ${String(finalOutput)} (${rawResponses.length} model calls)`);
}
