// The shape of a conversation as the name of a model: the server needs no other way to be told.

/** E.g. `bench-10-1-1-0`: turns, parallel calls, deltas, latency in milliseconds. */
export function modelName({ turns, parallel, pieces, latencyMs }) {
  return `bench-${turns}-${parallel}-${pieces.length}-${latencyMs}`;
}

/** The shape that a name stands for, as `createConversation` takes it. */
export function shapeOf(name) {
  const [turns, parallel, deltas, latencyMs] = name.split('-').slice(1).map(Number);
  return { turns, parallel, deltas, latencyMs };
}
