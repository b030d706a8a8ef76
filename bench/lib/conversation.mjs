// The scripted conversation that every peer is driven through: some turns that call tools, then a text.

/** The one tool that the script calls. */
export const TOOL_NAME = 'lookup';

/** What the system prompt says, the same for every peer. */
export const INSTRUCTIONS = 'You are a helpful assistant. Use the tools when you need them.';

const CALL_ID = /^call_(\d+)_/;

/**
 * A conversation of `turns` tool turns with `parallel` calls each and a final text of `deltas` pieces,
 * each answer given after `latencyMs`. It holds no state: which answer comes next follows from the id of
 * the last call whose output the model is shown, so that one model serves any number of runs at once.
 */
export function createConversation({ turns = 1, parallel = 1, deltas = 1, latencyMs = 0 } = {}) {
  const pieces = [];
  for (let i = 0; i < deltas; i++) pieces.push(`tok${String(i % 10_000).padStart(4, '0')} `);
  const text = pieces.join('');
  return {
    turns,
    parallel,
    pieces,
    text,
    latencyMs,
    /** The model's next answer, made anew each time: `{ calls }` or `{ text }`. */
    answerAfter(lastCallId) {
      const match = lastCallId === undefined ? null : CALL_ID.exec(lastCallId);
      const turn = match === null ? 0 : Number(match[1]) + 1;
      if (turn >= turns) return { text };
      const calls = [];
      for (let i = 0; i < parallel; i++) {
        const args = `{"id":${turn * 1000 + i},"query":"item ${turn}/${i} of the catalogue"}`;
        calls.push({ id: `call_${turn}_${i}`, name: TOOL_NAME, args });
      }
      return { calls };
    },
  };
}

/** Waits as long as the scripted model thinks; nothing to await where it answers at once. */
export function think({ latencyMs }) {
  if (latencyMs === 0) return undefined;
  return new Promise((resolve) => {
    setTimeout(resolve, latencyMs);
  });
}

/** Earlier exchanges, four items each, ending with an answer: `{ kind, … }` for a peer to convert. */
export function earlierItems(count) {
  const items = [];
  for (let k = 0; items.length + 4 <= count; k++) {
    const id = `earlier_${k}`;
    items.push(
      { kind: 'user', text: `Question ${k}: what is the state of order ${k}? ${PADDING}` },
      { kind: 'call', id, name: TOOL_NAME, args: { id: k, query: `order ${k}` } },
      { kind: 'output', id, name: TOOL_NAME, text: `order ${k} was shipped. ${PADDING}` },
      { kind: 'assistant', text: `Order ${k} was shipped. ${PADDING}` },
    );
  }
  return items;
}

/** Makes texts as long as real ones. */
export const PADDING = 'x'.repeat(80);
