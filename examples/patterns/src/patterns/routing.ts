// Routing: a first agent hands over to the one that fits, and the conversation goes on with that one.

import { Agent, run, user } from '@baton/agents';
import type { AgentInputItem, AgentOutputType } from '@baton/agents';

const repairs = new Agent({
  name: 'Repairs',
  handoffDescription: 'Broken bicycles',
  instructions: 'You run the workshop. Find out what is broken and when it can be brought in.',
});

const rentals = new Agent({
  name: 'Rentals',
  handoffDescription: 'Bicycles to rent',
  instructions: 'You rent bicycles out by the day.',
});

const frontDesk = new Agent({
  name: 'Front Desk',
  instructions: 'Hand over to whoever can help.',
  handoffs: [repairs, rentals],
});

let agent: Agent<unknown, AgentOutputType> = frontDesk;
let history: AgentInputItem[] = [];

for (const message of ['My chain has snapped.', 'Tomorrow at nine?']) {
  console.log(`You: ${message}`);
  const result = await run(agent, [...history, user(message)]);
  console.log(`${result.lastAgent.name}: ${String(result.finalOutput)}`);
  agent = result.lastAgent;
  history = result.history;
}
