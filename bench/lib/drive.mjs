// Drives a peer through a conversation and checks that it really did the work.

import { createConversation } from './conversation.mjs';
import { createToolCounter } from './tools.mjs';

/**
 * A peer set up for one conversation. `once()` holds it and throws unless the final text, the number of
 * tool calls and, streamed, the number of deltas are right.
 */
export async function createDriver(peer, options = {}) {
  const { streamed = false, toolCount = 1, ...shape } = options;
  const conversation = createConversation(shape);
  const counter = createToolCounter();
  const instance = await peer.setUp({ conversation, counter, toolCount });
  const hold = streamed ? holdStreamed(instance, conversation) : (input) => instance.run(input);

  const holdAtOnce = async (runs, input = 'hello') => {
    const callsBefore = counter.calls;
    const texts = await Promise.all(Array.from({ length: runs }, () => hold(input)));
    for (const text of texts) expectEqual('final text', text.trim(), conversation.text.trim());
    const { turns, parallel } = conversation;
    expectEqual('tool calls', counter.calls - callsBefore, runs * turns * parallel);
  };
  return {
    conversation,
    counter,
    instance,
    holdAtOnce,
    once: (input) => holdAtOnce(1, input),
  };
}

/** Lets the compiler see the code before anything is measured. */
export async function warmUp(peer, { budgetMs = 700, ...options } = {}) {
  const driver = await createDriver(peer, { turns: 10, ...options });
  const end = performance.now() + budgetMs;
  for (let i = 0; i < 3 || performance.now() < end; i++) await driver.once();
}

function holdStreamed(instance, { pieces }) {
  return async (input) => {
    let deltas = 0;
    const text = await instance.stream(input, () => {
      deltas++;
    });
    expectEqual('text deltas', deltas, pieces.length);
    return text;
  };
}

function expectEqual(what, actual, expected) {
  if (actual === expected) return;
  const [got, wanted] = [actual, expected].map((value) => String(value).slice(0, 100));
  throw new Error(`The peer's ${what} is ${got}, expected ${wanted}.`);
}
