// The app of ../../apps/openai-responses.mjs on the AI SDK.
import { createOpenAI } from '@ai-sdk/openai';
import { generateText, stepCountIs, tool } from 'ai';
import * as z from 'zod';

const weather = tool({
  description: 'Tells the weather of a city',
  inputSchema: z.object({ city: z.string() }),
  execute: ({ city }) => `Sunny in ${city}`,
});

const openai = createOpenAI({ apiKey: globalThis.apiKey });
const result = await generateText({
  model: openai('gpt-5'),
  instructions: 'Be brief.',
  prompt: 'How is the weather in Rome?',
  tools: { get_weather: weather },
  stopWhen: stepCountIs(10),
});
console.log(result.text);
