// Deterministic flow: each step is an agent of its own, and code decides whether the next one is run.

import { Agent, run } from '@baton/agents';
import * as z from 'zod';

const planner = new Agent({
  name: 'Planner',
  instructions: 'Plan a walk through the city you are given: three stops, one line each.',
});

const checker = new Agent({
  name: 'Checker',
  instructions: 'Estimate how long the walk is, and whether it can be done in an afternoon.',
  outputType: z.object({ kilometres: z.number(), fitsAnAfternoon: z.boolean() }),
});

const writer = new Agent({
  name: 'Writer',
  instructions: 'Turn the plan into an invitation of two sentences.',
});

for (const city of ['Lisbon', 'Los Angeles']) {
  const { finalOutput: plan = '' } = await run(planner, city);
  console.log(`${city}: ${plan.replaceAll('\n', ' ')}`);

  const { finalOutput: check } = await run(checker, plan);
  if (check?.fitsAnAfternoon !== true) {
    console.log(`  ${check?.kilometres} km are too far for an afternoon, so nothing is written.`);
    continue;
  }

  const { finalOutput: invitation } = await run(writer, plan);
  console.log(`  ${invitation}`);
}
