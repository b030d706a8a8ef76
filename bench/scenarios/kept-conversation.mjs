import { TOOL_NAME } from '../lib/conversation.mjs';
import { createToolCounter, createTools } from '../lib/tools.mjs';

/** How many pieces the run is cut into to show its curve. */
const PIECES = 8;

/**
 * What it costs to keep the books of a conversation that the provider keeps: the time of `turns` turns with two calls
 * each, piece by piece. A straight line has pieces of one length; `ratio` is the last quarter against the first.
 * Only Baton is measured, so the peer is not used.
 */
export async function keptConversation(_peer, { turns = 2000, mode = 'auto', runs = 7 } = {}) {
  await hold(200, mode);
  let best;
  for (let i = 0; i < runs; i++) {
    const pieces = await hold(turns, mode);
    best = best?.map((piece, index) => Math.min(piece, pieces[index])) ?? pieces;
  }
  const quarter = PIECES / 4;
  const [first, last] = [best.slice(0, quarter), best.slice(-quarter)].map(sum);
  return { turns, msPerTurn: sum(best) / turns, pieces: best, ratio: last / first };
}

/** One run; the milliseconds of each piece. */
async function hold(turns, mode) {
  const { Agent, run, tool, Usage } = await import('@baton/core');
  const z = await import('zod');
  const times = [];
  let sent = 0;
  let turn = 0;
  const model = {
    name: 'scripted',
    async getResponse({ input }) {
      times.push(performance.now());
      sent += input.length;
      turn += 1;
      const output = turn > turns ? [ANSWER] : [call(1), call(2)];
      return { output, usage: new Usage({ requests: 1 }), responseId: `resp_${turn}` };
    },
  };
  const tools = createTools(z, createToolCounter(), 1).map((each) => tool(each));
  const agent = new Agent({ name: 'bench', model, tools });
  const place = mode === 'auto' ? { autoPreviousResponseId: true } : { conversationId: 'conv_1' };
  await run(agent, 'hello', { maxTurns: null, ...place });
  if (sent !== 1 + 2 * turns)
    throw new Error(`The model was sent ${sent} items, expected ${1 + 2 * turns}.`);
  const at = (piece) => times[Math.round((piece * turns) / PIECES)];
  return Array.from({ length: PIECES }, (_, piece) => at(piece + 1) - at(piece));
}

/** The ids are the same in every turn, and so are the outputs: as hard as a provider can make it. */
function call(id) {
  const args = JSON.stringify({ id: 1, query: 'the same' });
  return { type: 'function_call', callId: `call_${id}`, name: TOOL_NAME, arguments: args };
}

const ANSWER = {
  type: 'message',
  role: 'assistant',
  content: [{ type: 'output_text', text: 'Done.' }],
};

function sum(numbers) {
  return numbers.reduce((total, number) => total + number, 0);
}
