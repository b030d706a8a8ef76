// One agent with a tool on core alone, without zod; the model is the app's own.
import { Agent, run, tool } from '@baton/core';

const weather = tool({
  name: 'get_weather',
  description: 'Tells the weather of a city',
  parameters: {
    type: 'object',
    properties: { city: { type: 'string' } },
    required: ['city'],
    additionalProperties: false,
  },
  execute: ({ city }) => `Sunny in ${city}`,
});

const agent = new Agent({
  name: 'Assistant',
  instructions: 'Be brief.',
  model: globalThis.model,
  tools: [weather],
});

const result = await run(agent, 'How is the weather in Rome?');
console.log(result.finalOutput);
