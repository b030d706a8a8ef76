// Human in the loop: a run stops where a tool needs approval, is stored, and goes on when somebody has decided.

import { createInterface } from 'node:readline/promises';
import { Agent, run, RunState, tool } from '@baton/agents';
import * as z from 'zod';

const transfer = tool({
  name: 'transfer',
  description: 'Moves money',
  parameters: z.object({ to: z.string(), euros: z.number() }),
  // Small amounts need nobody.
  needsApproval: (_context, { euros }) => euros > 100,
  execute: ({ to, euros }) => `${euros} euros went to ${to}.`,
});

const treasurer = new Agent({
  name: 'Treasurer',
  instructions: 'You pay the bills of the club.',
  tools: [transfer],
});

const terminal = createInterface({ input: process.stdin });
const answers = terminal[Symbol.asyncIterator]();

let result = await run(treasurer, 'Pay the baker 40, the boatyard 900 and the band 300.');
while (result.interruptions.length > 0) {
  // A string, for a database: the decision may come in another process, and tomorrow.
  const stored = result.state.toString();

  const state = RunState.fromString(treasurer, stored);
  for (const interruption of state.getInterruptions()) {
    console.log(`${interruption.name}(${interruption.arguments}) y/n?`);
    const { value: answer } = await answers.next();
    if (answer === 'y') state.approve(interruption);
    else state.reject(interruption, { message: 'The board has refused this payment.' });
  }
  result = await run(treasurer, state);
}
console.log(result.finalOutput);
terminal.close();
