// Parallelization: several runs at once, and another agent that takes the best of what they made.

import { Agent, run } from '@baton/agents';
import * as z from 'zod';

const namer = new Agent({
  name: 'Namer',
  instructions: 'Find one name for what the user describes. Answer with the name alone.',
});

const picker = new Agent({
  name: 'Picker',
  instructions: 'Pick the name that is easiest to remember, by its number.',
  outputType: z.object({ number: z.number(), reason: z.string() }),
});

const runs = await Promise.all(
  [1, 2, 3].map(() => run(namer, 'A ferry for bicycles, across a lake in the mountains')),
);
const names = runs
  .map(({ finalOutput }) => finalOutput ?? '')
  .toSorted((a, b) => a.localeCompare(b));
const list = names.map((name, index) => `${index + 1}. ${name}`).join('\n');
console.log(list);

const { finalOutput: pick } = await run(picker, list);
console.log(`The best is ${names[(pick?.number ?? 1) - 1]}: ${pick?.reason}`);
