// Streaming: the same run, watched while it happens. Text comes in pieces, items as they are complete.

import { Agent, run, tool } from '@baton/agents';
import * as z from 'zod';

const countStock = tool({
  name: 'count_stock',
  description: 'How many there are of a thing',
  parameters: z.object({ thing: z.string() }),
  async *execute({ thing }) {
    yield `looking for ${thing}`;
    return 12;
  },
});

const clerk = new Agent({
  name: 'Clerk',
  instructions: 'You know the shop.',
  tools: [countStock],
});

const stream = await run(clerk, 'How many red kites are left?', { stream: true });

for await (const event of stream) {
  switch (event.type) {
    case 'agent_updated_stream_event':
      console.log(`[${event.agent.name}]`);
      break;
    case 'raw_model_stream_event':
      if (event.data.type === 'output_text_delta') process.stdout.write(event.data.delta);
      break;
    case 'tool_progress':
      console.log(`[progress] ${String(event.progress)}`);
      break;
    case 'run_item_stream_event':
      if (event.name === 'tool_called') console.log('[tool called]');
      else if (event.name === 'tool_output') console.log('[tool output]');
      break;
    default: // the events of agents used as tools
  }
}
console.log(`\n[${stream.usage.requests} model calls]`);
