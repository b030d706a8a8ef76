import { Agent, tool } from '@baton/agents';
import { promptWithHandoffInstructions } from '@baton/extensions/handoff-prompt';
import * as z from 'zod';

const lookUpOrder = tool({
  name: 'look_up_order',
  description: 'The state of an order',
  parameters: z.object({ orderNumber: z.string() }),
  execute: ({ orderNumber }) => `Order ${orderNumber} is on its way.`,
});

const refund = tool({
  name: 'refund',
  description: 'Pays an order back',
  parameters: z.object({ orderNumber: z.string() }),
  needsApproval: true,
  execute: ({ orderNumber }) => `Order ${orderNumber} was paid back.`,
});

const searchHelp = tool({
  name: 'search_help_pages',
  description: 'Finds help pages',
  parameters: z.object({ words: z.string() }),
  execute: ({ words }) => `Nothing was found about ${words}.`,
});

function specialist(name: string, tools: Agent['tools'] = []): Agent {
  return new Agent({
    name,
    handoffDescription: `Everything about ${name.toLowerCase()}.`,
    instructions: promptWithHandoffInstructions(
      `You answer what customers ask about ${name.toLowerCase()}.`,
    ),
    tools,
  });
}

/** One agent that sends customers on to many: so wide that it is drawn to the right. */
export const supportDesk: Agent = new Agent({
  name: 'Support Desk',
  instructions: promptWithHandoffInstructions('Find out what it is about, and hand over.'),
  model: 'gpt-5.6-luna',
  handoffs: [
    specialist('Orders', [lookUpOrder]),
    specialist('Returns and Refunds', [lookUpOrder, refund]),
    specialist('Accounts', [searchHelp]),
    specialist('Payments', [searchHelp]),
    specialist('Business Customers'),
    specialist('Complaints', [lookUpOrder, searchHelp]),
  ],
  inputGuardrails: [{ name: 'no_insults', execute: () => ({ tripwireTriggered: false }) }],
});
