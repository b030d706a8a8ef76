// Input guardrails: a small agent looks at what the user says, and its tripwire ends the run.

import { Agent, InputGuardrailTripwireTriggered, run } from '@baton/agents';
import type { InputGuardrail } from '@baton/agents';
import * as z from 'zod';

const homeworkCheck = new Agent({
  name: 'Homework Check',
  instructions: 'Is the user asking for their homework to be done?',
  outputType: z.object({ isHomework: z.boolean(), reason: z.string() }),
});

const noHomework: InputGuardrail = {
  name: 'no_homework',
  // Beside the first model call, which is cancelled where the tripwire is triggered.
  // With `runInParallel: false` that call would wait.
  runInParallel: true,
  execute: async ({ input, context, signal }) => {
    const { finalOutput } = await run(homeworkCheck, input, { context, signal });
    return {
      tripwireTriggered: finalOutput?.isHomework === true,
      outputInfo: finalOutput?.reason,
    };
  },
};

const librarian = new Agent({
  name: 'Librarian',
  instructions: 'Help people find books.',
  inputGuardrails: [noHomework],
});

for (const message of [
  'Something funny about sailing?',
  'Solve 2x + 5 = 11 for my class, please.',
]) {
  console.log(`You: ${message}`);
  try {
    const result = await run(librarian, message);
    console.log(`Librarian: ${result.finalOutput}`);
  } catch (error) {
    if (!(error instanceof InputGuardrailTripwireTriggered)) throw error;
    const { guardrail, output } = error.result;
    console.log(`${guardrail.name} stopped it: ${String(output.outputInfo)}`);
  }
}
