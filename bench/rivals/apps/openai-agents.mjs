// The app of ../../apps/openai-responses.mjs on @openai/agents.
import { Agent, run, tool } from '@openai/agents';
import * as z from 'zod';

const weather = tool({
  name: 'get_weather',
  description: 'Tells the weather of a city',
  parameters: z.object({ city: z.string() }),
  execute: ({ city }) => `Sunny in ${city}`,
});

const agent = new Agent({
  name: 'Assistant',
  instructions: 'Be brief.',
  model: 'gpt-5',
  tools: [weather],
});

const result = await run(agent, 'How is the weather in Rome?');
console.log(result.finalOutput);
