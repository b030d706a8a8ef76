// Handoff message filter: the next agent sees only what it needs; the result and the session keep everything.

import { Agent, handoff, run, tool, user } from '@baton/agents';
import {
  chainHandoffFilters,
  keepLastTurns,
  removeAllTools,
} from '@baton/extensions/handoff-filters';
import { promptWithHandoffInstructions } from '@baton/extensions/handoff-prompt';
import * as z from 'zod';

const searchArchive = tool({
  name: 'search_archive',
  description: 'Finds old newspapers',
  parameters: z.object({ words: z.string() }),
  execute: ({ words }) => `Twelve pages about ${words}. ${'Lorem ipsum. '.repeat(50)}`,
});

const poet = new Agent({
  name: 'Poet',
  handoffDescription: 'Verses',
  instructions: 'Make a couplet of what the user asks for.',
});

const withoutTools = chainHandoffFilters(removeAllTools, keepLastTurns(1));

const archivist = new Agent({
  name: 'Archivist',
  instructions: promptWithHandoffInstructions('You know the archive. Verses are not for you.'),
  tools: [searchArchive],
  handoffs: [handoff(poet, { inputFilter: withoutTools })],
});

const first = await run(archivist, 'What do we have about the great storm?');
console.log(`${first.lastAgent.name}: ${first.finalOutput}`);

const second = await run(archivist, [...first.history, user('Make a poem of it.')], {
  callModelInputFilter: ({ agent, modelData }) => {
    console.log(`(${agent.name} is shown ${modelData.input.length} items)`);
    return modelData;
  },
});
console.log(`${second.lastAgent.name}: ${second.finalOutput}`);
console.log(`(the history has ${second.history.length} items)`);
