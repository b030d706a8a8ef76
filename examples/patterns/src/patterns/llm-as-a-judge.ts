// LLM as a judge: one agent writes, another one judges, and the first tries again until it is good.

import { Agent, run, user } from '@baton/agents';
import type { AgentInputItem } from '@baton/agents';
import * as z from 'zod';

const writer = new Agent({
  name: 'Writer',
  instructions:
    'Write a slogan for what the user sells. If you are told what is wrong, make a better one.',
});

const judge = new Agent({
  name: 'Judge',
  instructions:
    'Judge the slogan: at most six words, and it names what is sold. Say what is wrong, if anything.',
  outputType: z.object({ isGood: z.boolean(), whatIsWrong: z.string() }),
});

const MOST_ATTEMPTS = 4;
let conversation: AgentInputItem[] = [user('A lamp that needs no wires')];

for (let attempt = 1; attempt <= MOST_ATTEMPTS; attempt += 1) {
  const draft = await run(writer, conversation);
  console.log(`${attempt}. ${draft.finalOutput}`);

  const { finalOutput: verdict } = await run(judge, draft.finalOutput ?? '');
  if (verdict?.isGood === true) {
    console.log('   That is the one.');
    break;
  }
  console.log(`   ${verdict?.whatIsWrong}`);
  conversation = [...draft.history, user(`Not yet: ${verdict?.whatIsWrong}`)];
}
