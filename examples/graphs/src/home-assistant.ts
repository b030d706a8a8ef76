import { Agent, defineToolInputGuardrail, hostedMcpTool, tool } from '@baton/agents';
import * as z from 'zod';

const notAtNight = defineToolInputGuardrail({
  name: 'not_at_night',
  run: () => ({ behavior: { type: 'allow' } }),
});

const setHeating = tool({
  name: 'set_heating',
  description: 'Sets how warm a room shall be',
  parameters: z.object({ room: z.string(), degrees: z.number() }),
  inputGuardrails: [notAtNight],
  execute: ({ room, degrees }) => `${room} is getting ${degrees} degrees warm.`,
});

const unlockDoor = tool({
  name: 'unlock_door',
  description: 'Opens the front door for a while',
  parameters: z.object({ minutes: z.number() }),
  needsApproval: true,
  execute: ({ minutes }) => `The door is open for ${minutes} minutes.`,
});

/** One agent alone. */
export const homeAssistant: Agent = new Agent({
  name: 'Home Assistant',
  instructions: 'Do what the people of the house ask for.',
  model: 'gpt-5.6-luna',
  tools: [
    setHeating,
    unlockDoor,
    hostedMcpTool({ serverLabel: 'calendar', serverUrl: 'https://example.com/mcp' }),
  ],
  inputGuardrails: [
    { name: 'is_someone_of_the_house', execute: () => ({ tripwireTriggered: false }) },
  ],
  outputGuardrails: [{ name: 'no_addresses', execute: () => ({ tripwireTriggered: false }) }],
});
