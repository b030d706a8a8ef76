import { once } from 'node:events';
import { expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { functionCall, httpError, type OpenAIServerOptions } from '../src/index.js';
import { loadOpenAISchema } from './support/openai-schema.js';
import type { WireEvent } from './support/post.js';
import { withServer } from './support/with-server.js';

const schema = loadOpenAISchema();

it('a socket answers one request after the other, with the events of a stream', async () => {
  const { ask } = await connect({ script: [functionCall('f', {}, { callId: 'call_a' }), 'Done.'] });
  const tools = [{ type: 'function', name: 'f', parameters: null, strict: false }];
  const first = await ask({ model: 'm', input: 'Hi', tools });
  const { id } = (first.at(-1) as unknown as { response: { id: string } }).response;
  const input = [{ type: 'function_call_output', call_id: 'call_a', output: '1' }];
  const second = await ask({ model: 'm', input, previous_response_id: id, tools });
  expect(first.map(({ type }) => type)).toContain('response.function_call_arguments.done');
  expect(second.at(-1)).toMatchObject({
    type: 'response.completed',
    response: { status: 'completed' },
  });
  expect(second.map(({ sequence_number: n }) => n)).toEqual(second.map((_event, index) => index));
});

it('a socket says errors as events, and goes on', async () => {
  const { ask, server } = await connect({
    script: [httpError(503, { code: 'server_is_overloaded' }), 'Hi.'],
  });
  expect(await ask({ model: 'm', foo: 1 })).toMatchObject([
    { type: 'error', status: 400, error: { param: 'foo' } },
  ]);
  expect(await ask({ model: 'm', input: 'Hi' })).toMatchObject([
    { type: 'error', status: 503, error: { code: 'server_is_overloaded' } },
  ]);
  expect((await ask({ model: 'm', input: 'Hi' })).at(-1)?.type).toBe('response.completed');
  expect(server.requests.map(({ method }) => method)).toEqual(Array(3).fill('WEBSOCKET'));
});

it('a socket refuses a second request while it makes a response', async () => {
  const { socket, ask } = await connect({ script: [{ output: 'Slow', delayMs: 50 }] });
  const slow = ask({ model: 'm', input: 'Hi' });
  socket.send(JSON.stringify({ type: 'response.create', model: 'm', input: 'Hi' }));
  expect(await slow).toMatchObject([{ type: 'error', error: { code: 'response_in_progress' } }]);
});

it.each([0, 3])('a socket is cut after %d events where a reply says so', async (afterEvents) => {
  const { socket, ask } = await connect({
    script: [{ output: 'Never finished', fault: { kind: 'drop', afterEvents } }],
  });
  const events: unknown[] = [];
  socket.on('message', (event) => events.push(event));
  void ask({ model: 'm', input: 'Hi' });
  await once(socket, 'close');
  expect(events).toHaveLength(afterEvents);
});

it.each([
  ['a server that refuses sockets', { webSocket: false }, 'Bearer key', '404'],
  ['a missing key', {}, '', '401'],
])('an upgrade fails for %s', async (_what, options, authorization, status) => {
  const server = await withServer(options);
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}/responses`, {
    headers: { authorization },
  });
  const [error] = (await once(socket, 'error')) as [Error];
  expect(error.message).toContain(status);
});

async function connect(options: OpenAIServerOptions) {
  const server = await withServer(options);
  const socket = new WebSocket(`${server.url.replace('http', 'ws')}/responses`, {
    headers: { authorization: 'Bearer key' },
  });
  onTestFinished(() => socket.terminate());
  await once(socket, 'open');
  const ask = async (body: object): Promise<readonly WireEvent[]> => {
    const message = { type: 'response.create', ...body };
    const events: WireEvent[] = [];
    socket.send(JSON.stringify(message));
    for await (const [data] of on(socket)) {
      const event = JSON.parse(String(data)) as WireEvent;
      const name = event.type === 'error' ? 'ResponseWsError' : 'ResponseStreamEvent';
      expect(schema?.answerProblems(name, event) ?? [], event.type).toEqual([]);
      events.push(event);
      if (/^(error|response\.(completed|failed|incomplete))$/.test(event.type)) break;
    }
    if (events.at(-1)?.type === 'response.completed') {
      expect(schema?.requestProblems('ResponsesClientEvent', message) ?? []).toEqual([]);
    }
    return events;
  };
  return { server, socket, ask };
}

/** The messages of a socket, from now on. */
async function* on(socket: WebSocket): AsyncGenerator<unknown[]> {
  const queue: unknown[][] = [];
  let wake = (): void => undefined;
  socket.on('message', (...args) => {
    queue.push(args);
    wake();
  });
  for (;;) {
    const next = queue.shift();
    if (next !== undefined) yield next;
    else await new Promise<void>((resolve) => (wake = resolve));
  }
}
