import { Agent, type InputGuardrail, type Runner } from '@baton/agents';
import * as z from 'zod';

const topicCheck = new Agent({
  name: 'Topic Check',
  instructions:
    'You see one message of a chat with the customer service of an airline. Decide whether it belongs there. ' +
    'Flights, bookings, seats, baggage and other travel with the airline do, and so do greetings, thanks and short ' +
    'replies that only make sense in the conversation. Give the reason in a few words.',
  outputType: z.object({ onTopic: z.boolean(), reason: z.string() }),
});

/**
 * Stops a message that is not about the airline. It runs before the first model call, not beside it, so that not
 * a word of an answer is shown before the message has passed.
 */
export function topicGuardrail(runner: Runner): InputGuardrail {
  return {
    name: 'on_topic',
    runInParallel: false,
    execute: async ({ input, context, signal }) => {
      const { finalOutput } = await runner.run(topicCheck, input, { context, signal });
      return { tripwireTriggered: finalOutput?.onTopic === false, outputInfo: finalOutput?.reason };
    },
  };
}
