// Output guardrails: what an agent answers is checked before anybody sees it, here by plain code.

import { Agent, OutputGuardrailTripwireTriggered, run } from '@baton/agents';
import * as z from 'zod';

const Answer = z.object({ text: z.string(), isSure: z.boolean() });

const receptionist = new Agent({
  name: 'Receptionist',
  instructions:
    'Answer questions about the practice. Guests: Ms Okafor, room 12, +351 912 345 678.',
  outputType: Answer,
  outputGuardrails: [
    {
      name: 'no_phone_numbers',
      execute: ({ agentOutput }) => {
        const found = /\+?\d[\d ]{7,}\d/.exec(agentOutput.text);
        return { tripwireTriggered: found !== null, outputInfo: { length: found?.[0].length } };
      },
    },
  ],
});

for (const question of ['When do you open?', 'How can I reach Ms Okafor?']) {
  console.log(`You: ${question}`);
  try {
    const { finalOutput } = await run(receptionist, question);
    console.log(`Receptionist: ${finalOutput?.text}`);
  } catch (error) {
    if (!(error instanceof OutputGuardrailTripwireTriggered)) throw error;
    console.log(`${error.result.guardrail.name} held the answer back.`);
  }
}
