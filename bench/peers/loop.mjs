// The floor: the same conversation in a loop written by hand. It checks arguments, and does nothing else.

import * as z from 'zod';
import { INSTRUCTIONS, think } from '../lib/conversation.mjs';
import { createTools } from '../lib/tools.mjs';

/** See `peers/README.md` for what a peer is. */
export async function setUp(options) {
  const { conversation, counter, toolCount, wire } = options;
  // Over the wire it is the `openai` client's loop, loaded only there.
  if (wire !== undefined) return (await import('../wire/loop.mjs')).setUpWireLoop(options);
  const tools = new Map(createTools(z, counter, toolCount).map((each) => [each.name, each]));
  const converse = async (input, onAnswer) => {
    const items = [{ role: 'system', text: INSTRUCTIONS }];
    if (typeof input === 'string') items.push({ role: 'user', text: input });
    else items.push(...input);
    for (;;) {
      await think(conversation);
      const answer = conversation.answerAfter(items.at(-1).id);
      onAnswer?.(answer);
      if (answer.calls === undefined) return answer.text;
      for (const call of answer.calls) items.push(call);
      const outputs = await Promise.all(
        answer.calls.map(async ({ id, name, args }) => {
          const tool = tools.get(name);
          const output = tool.execute(tool.parameters.parse(JSON.parse(args)));
          return { id, output: await Promise.resolve(output) };
        }),
      );
      for (const output of outputs) items.push(output);
    }
  };
  return {
    run: (input) => converse(input),
    stream: (input, onDelta) =>
      converse(input, ({ text }) => {
        if (text !== undefined) for (const piece of conversation.pieces) onDelta(piece);
      }),
    toInput: (items) => items,
  };
}
