// Agents as tools: one agent stays in charge, and calls others as it would call functions.

import { Agent, run } from '@baton/agents';

const historian = new Agent({
  name: 'Historian',
  instructions: 'Answer from the point of view of history, in one sentence.',
});

const engineer = new Agent({
  name: 'Engineer',
  instructions: 'Answer from the point of view of engineering, in one sentence.',
});

const editor = new Agent({
  name: 'Editor',
  instructions: 'Ask both experts, then make one answer of theirs.',
  tools: [
    historian.asTool({ toolName: 'ask_historian', toolDescription: 'Knows how it came about' }),
    engineer.asTool({ toolName: 'ask_engineer', toolDescription: 'Knows how it works' }),
  ],
});

const result = await run(editor, 'Why do railways have a gauge of 1435 mm?');

for (const item of result.newItems) {
  if (item.type === 'tool_call_output_item') console.log(`expert: ${String(item.output)}`);
}
console.log(`${result.lastAgent.name}: ${result.finalOutput}`);
