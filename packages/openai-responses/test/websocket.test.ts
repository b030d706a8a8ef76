import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import {
  Agent,
  ModelBehaviorError,
  ModelRequestError,
  retryPolicies,
  Runner,
  tool,
  UserError,
} from '@baton/core';
import { aRequest, collect, expectLaw, failureOf, responseOf } from '@baton/openai-shared/test-support';
import { functionCall, httpError, type OpenAIServerOptions, reasoning } from '@baton/testing';
import { LLMock } from '@copilotkit/aimock';
import OpenAI from 'openai';
import { afterEach, beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import { type WebSocket, WebSocketServer } from 'ws';
import {
  OpenAIResponsesProvider,
  OpenAIResponsesWSModel,
  type OpenAIResponsesWSModelOptions,
} from '../src/index.js';
import { withTcpLine } from './support/tcp-line.js';
import { withServer } from './support/with-server.js';

// Node 22 and later have a WebSocket of their own; here it is that of the package `ws`, as on Node 20.
beforeEach(() => {
  vi.stubGlobal('WebSocket', undefined);
});
afterEach(() => {
  vi.unstubAllGlobals();
});

it.each([false, true])('a run with tools goes over one socket, streamed: %s', async (stream) => {
  const { server, line, model } = await open({
    script: [
      [reasoning('Both.'), functionCall('work'), functionCall('work')],
      functionCall('work'),
      'Done.',
    ],
  });
  const agent = new Agent({
    name: 'A',
    model,
    tools: [tool({ name: 'work', execute: () => '42' })],
  });
  const options = { autoPreviousResponseId: true };
  if (stream) {
    const result = await new Runner().run(agent, 'Go', { ...options, stream: true });
    for await (const _event of result);
    expect(result.finalOutput).toBe('Done.');
  } else {
    expect((await new Runner().run(agent, 'Go', options)).finalOutput).toBe('Done.');
  }
  expect(server.requests.map(({ method }) => method)).toEqual(Array(3).fill('WEBSOCKET'));
  expect(server.requests.map(({ body }) => (body['input'] as unknown[]).length)).toEqual([1, 2, 1]);
  expect(line.connections()).toBe(1);
});

it('the events of a socket say the same as the response', async () => {
  const { model } = await open({ reply: () => [reasoning('Hm.'), 'Hello there.'] });
  const events = await collect(model, aRequest());
  expectLaw(events);
  const { usage: _usage, responseId: _id, ...response } = await model.getResponse(aRequest());
  expect(JSON.stringify(response.output).replaceAll(/_\d/g, '')).toBe(
    JSON.stringify(responseOf(events).output).replaceAll(/_\d/g, ''),
  );
});

it('requests that come at once wait for each other', async () => {
  const { line, model } = await open({ reply: ({ lastUserText }) => `${lastUserText}!` });
  const answers = await Promise.all(
    ['a', 'b', 'c'].map(async (input) => (await model.getResponse(aRequest({ input }))).output),
  );
  expect(answers).toMatchObject(['a!', 'b!', 'c!'].map((text) => [{ content: [{ text }] }]));
  expect(line.connections()).toBe(1);
});

it('a socket that died while nobody used it is replaced', async () => {
  const { line, model } = await open({ reply: () => 'Hi.' });
  await model.getResponse(aRequest());
  line.cut();
  await new Promise((resolve) => setTimeout(resolve, 50));
  await model.getResponse(aRequest());
  expect(line.connections()).toBe(2);
});

it.each([0, 4])(
  'a socket that dies after %d events is an error, and the next one works',
  async (afterEvents) => {
    const { model } = await open({
      script: [{ output: 'Never finished', fault: { kind: 'drop', afterEvents } }, 'Hi.'],
    });
    const error = await failureOf(model.getResponse(aRequest()));
    expect(error).toBeInstanceOf(ModelRequestError);
    expect(error).toMatchObject({ isNetworkError: true });
    const advice = model.getRetryAdvice({ request: aRequest(), error, stream: false, attempt: 1 });
    expect(advice?.replaySafety).toBe(afterEvents === 0 ? undefined : 'unsafe');
    expect((await model.getResponse(aRequest())).output).toHaveLength(1);
  },
);

it.each([
  ['is sent again where it is all there is', {}, 2],
  [
    'is not sent again where the server may have stored it',
    { autoPreviousResponseId: true, previousResponseId: 'resp_1' },
    1,
  ],
])('a request without an answer %s [R8, RSP-10, RSP-11]', async (_what, options, requests) => {
  const { server, model } = await open({
    script: ['Before.', { output: 'Lost', fault: { kind: 'drop', afterEvents: 0 } }, 'Done.'],
  });
  await model.getResponse(aRequest());
  const retry = {
    maxRetries: 2,
    policy: retryPolicies.networkError(),
    backoff: { initialDelayMs: 1 },
  };
  const agent = new Agent({ name: 'A', model, modelSettings: { retry } });
  await new Runner().run(agent, 'Go', options).catch(() => undefined);
  expect(server.requests).toHaveLength(requests + 1);
});

it('an overload before the answer is worth another try, and costs no socket [R8, RSP-10]', async () => {
  const { line, model } = await open({
    script: [httpError(503, { code: 'server_is_overloaded' }), 'Hi.'],
  });
  const error = await failureOf(collect(model, aRequest()));
  expect(error).toMatchObject({ statusCode: 503, errorCode: 'server_is_overloaded' });
  const advice = model.getRetryAdvice({ request: aRequest(), error, stream: true, attempt: 1 });
  expect(advice).toMatchObject({ suggested: true, replaySafety: 'safe' });
  await model.getResponse(aRequest());
  expect(line.connections()).toBe(1);
});

it.each([false, true])(
  'a conversation that is locked is waited for, streamed: %s [B21]',
  async (stream) => {
    const { server, model } = await open({
      script: [httpError(400, { code: 'conversation_locked' }), 'Hi.'],
    });
    const response = stream
      ? responseOf(await collect(model, aRequest()))
      : await model.getResponse(aRequest());
    expect(response.usage.requests).toBe(2);
    expect(server.requests).toHaveLength(2);
  },
);

it.each([false, true])(
  'a socket that the server finds too old is replaced, and the request goes over the new one, streamed: %s [R8]',
  async (stream) => {
    const { connections, model } = await openBy((connection, send) =>
      send(connection === 1 ? TOO_OLD : COMPLETED),
    );
    const response = stream
      ? responseOf(await collect(model, aRequest()))
      : await model.getResponse(aRequest());
    expect(response.responseId).toBe('resp_1');
    await model.getResponse(aRequest());
    expect(connections()).toBe(2);
  },
);

it('a server that finds every socket too old is asked over two of them, no more', async () => {
  const { connections, model } = await openBy((_connection, send) => send(TOO_OLD));
  const error = await failureOf(model.getResponse(aRequest()));
  expect(error).toMatchObject({ errorCode: 'websocket_connection_limit_reached' });
  expect(connections()).toBe(2);
});

it('an error once the answer has begun is never safe to repeat [RSP-10]', async () => {
  const { model } = await open({
    script: [{ output: 'Hi', fault: { kind: 'error', afterEvents: 3 } }, 'Hi.'],
  });
  const error = await failureOf(collect(model, aRequest()));
  expect(error).toBeInstanceOf(ModelBehaviorError);
  const advice = model.getRetryAdvice({ request: aRequest(), error, stream: true, attempt: 1 });
  expect(advice).toMatchObject({ suggested: false, replaySafety: 'unsafe' });
  await model.getResponse(aRequest()); // and the lock is free [STR-15]
});

it.each([false, true])('a response that failed is an error, streamed: %s [R4]', async (stream) => {
  const { line, model } = await open({ script: [{ failed: { message: 'It broke.' } }, 'Hi.'] });
  const ask = stream ? collect(model, aRequest()) : model.getResponse(aRequest());
  await expect(ask).rejects.toThrow(ModelBehaviorError);
  await model.getResponse(aRequest());
  expect(line.connections()).toBeLessThanOrEqual(2);
});

it('what is no JSON is an error that says so', async () => {
  const { model } = await open({
    script: [{ output: 'Hi', fault: { kind: 'malformed', afterEvents: 2 } }, 'Hi.'],
  });
  expect(await failureOf(model.getResponse(aRequest()))).toMatchObject({
    errorCode: 'malformed_json',
  });
  await model.getResponse(aRequest());
});

it.each([false, true])(
  'cancelling frees the lock, streamed: %s [STR-15, RSP-13]',
  async (stream) => {
    const { server, model } = await open({ script: [{ fault: { kind: 'empty' } }, 'Hi.'] });
    const cancel = new AbortController();
    const request = aRequest({ signal: cancel.signal });
    const ask = failureOf(stream ? collect(model, request) : model.getResponse(request));
    const next = model.getResponse(aRequest());
    await expect.poll(() => server.requests.length).toBe(1);
    cancel.abort(new Error('enough'));
    expect(await ask).toMatchObject({ message: 'enough' });
    expect((await next).output).toMatchObject([{ content: [{ text: 'Hi.' }] }]);
  },
);

it('a request that is cancelled while it waits is never sent [RSP-13]', async () => {
  const { server, model } = await open({ script: [{ output: 'Slow', delayMs: 100 }, 'Third.'] });
  const cancel = new AbortController();
  const first = model.getResponse(aRequest({ input: 'first' }));
  const second = failureOf(model.getResponse(aRequest({ input: 'second', signal: cancel.signal })));
  const third = model.getResponse(aRequest({ input: 'third' }));
  cancel.abort(new Error('enough'));
  expect(await second).toMatchObject({ message: 'enough' });
  await Promise.all([first, third]);
  expect(server.requests.map(({ body }) => body['input'])).toMatchObject([
    [{ content: 'first' }],
    [{ content: 'third' }],
  ]);
});

it('leaving a stream early ends its socket and frees the lock [STR-16]', async () => {
  const { line, model } = await open({ reply: () => 'Some words.' });
  for await (const event of model.getStreamedResponse(aRequest())) {
    if (event.type === 'output_text_delta') break;
  }
  await model.getResponse(aRequest());
  expect(line.connections()).toBe(2);
});

it('a server that takes no sockets is spoken to over HTTP', async () => {
  const { server, model } = await open({ webSocket: false, reply: () => 'Hi.' });
  await model.getResponse(aRequest());
  await collect(model, aRequest());
  expect(server.requests.map(({ method }) => method)).toEqual(['POST', 'POST']);
});

it('a socket has the headers and the key of its client, and may go somewhere else', async () => {
  const server = await withServer({ reply: () => 'Hi.' });
  const model = new OpenAIResponsesWSModel(
    {
      apiKey: 'sk-test',
      baseURL: 'http://127.0.0.1:9/v1',
      defaultHeaders: { 'x-tenant': 'a' },
      organization: 'org',
    },
    'gpt-5.6-luna',
    { websocketBaseURL: server.url },
  );
  onTestFinished(() => model.close());
  await model.getResponse(aRequest());
  expect(server.requests[0]?.headers).toMatchObject({
    authorization: 'Bearer [redacted]',
    'x-tenant': 'a',
    'openai-organization': 'org',
    'user-agent': expect.stringContaining('Agents/TypeScript'),
  });
});

it('a query of either address is kept: that of the client is for every request', async () => {
  const urls: (string | undefined)[] = [];
  const { port } = await listen((socket, { url }) => {
    urls.push(url);
    socket.on('message', () => socket.send(JSON.stringify(COMPLETED)));
  });
  const client = new OpenAI({
    apiKey: 'sk-test',
    baseURL: 'http://127.0.0.1:9/v1',
    defaultQuery: { 'api-version': '1' },
  });
  const websocketBaseURL = `ws://127.0.0.1:${port}/v1/?deployment=a`;
  const model = new OpenAIResponsesWSModel(client, 'gpt-5.6-luna', { websocketBaseURL });
  onTestFinished(() => model.close());
  await model.getResponse(aRequest());
  expect(urls).toEqual(['/v1/responses?deployment=a&api-version=1']);
});

it('an address of sockets that is no URL is a UserError that names it', async () => {
  const client = { apiKey: 'sk-test', baseURL: 'http://127.0.0.1:9/v1' };
  const options = { websocketBaseURL: 'somewhere' };
  const model = new OpenAIResponsesWSModel(client, 'gpt-5.6-luna', options);
  const error = await failureOf(model.getResponse(aRequest()));
  expect(error).toBeInstanceOf(UserError);
  expect(String(error)).toContain('"somewhere" is not a URL; expected e.g. wss://');
});

it.each([false, true])(
  'a run with tools goes over the socket of a server that nobody here wrote, streamed: %s',
  async (stream) => {
    const mock = new LLMock({ port: 0, logLevel: 'silent' });
    mock.on({ hasToolResult: true }, { content: 'It is 42.' });
    mock.on({ userMessage: 'Go' }, { toolCalls: [{ name: 'work', arguments: '{}' }] });
    const url = await mock.start();
    onTestFinished(() => mock.stop());
    const noHttp = (): never => {
      throw new Error('This is HTTP.');
    };
    const model = new OpenAIResponsesWSModel(
      { apiKey: 'sk-test', baseURL: `${url}/v1`, fetch: noHttp },
      'gpt-5.4',
    );
    onTestFinished(() => model.close());
    const work = tool({ name: 'work', execute: () => '42' });
    const agent = new Agent({ name: 'A', model, tools: [work] });
    const runner = new Runner();
    if (!stream) {
      expect((await runner.run(agent, 'Go')).finalOutput).toBe('It is 42.');
      return;
    }
    const result = await runner.run(agent, 'Go', { stream: true });
    for await (const _event of result);
    expect(result.finalOutput).toBe('It is 42.');
  },
);

it('a key that no header can carry is not quoted in the error, which no attempt follows', async () => {
  const server = await withServer({ script: ['Never asked.'] });
  const client = { apiKey: 'sk-first\nsecond', baseURL: server.url };
  const model = new OpenAIResponsesWSModel(client, 'gpt-5.6-luna');
  const error = await failureOf(model.getResponse(aRequest()));
  expect(error).toBeInstanceOf(ModelRequestError);
  expect(String(error)).toContain('Nothing was sent to');
  expect(inspect(error, { depth: 9 })).not.toMatch(/sk-first|second/);
  expect(server.requests).toEqual([]);
});

it('close() ends the socket, and the next request opens another; without reuse every request does', async () => {
  const { line, model } = await open({ reply: () => 'Hi.' });
  await model.getResponse(aRequest());
  await model.close();
  await model.getResponse(aRequest());
  expect(line.connections()).toBe(2);
  const single = await open({ reply: () => 'Hi.' }, { reuseConnection: false });
  await single.model.getResponse(aRequest());
  await single.model.getResponse(aRequest());
  expect(single.line.connections()).toBe(2);
});

it('a socket that does not answer pings is ended [RSP-12]', async () => {
  const sockets = new WebSocketServer({ port: 0, host: '127.0.0.1', autoPong: false });
  onTestFinished(() => sockets.close());
  await once(sockets, 'listening');
  const { port } = sockets.address() as AddressInfo; // a server that listens on TCP has an AddressInfo
  const model = new OpenAIResponsesWSModel(
    { apiKey: 'sk-test', baseURL: `http://127.0.0.1:${port}/v1` },
    'gpt-5.6-luna',
    { websocketOptions: { pingIntervalMs: 10, pingTimeoutMs: 10 } },
  );
  expect(await failureOf(model.getResponse(aRequest()))).toMatchObject({ isNetworkError: true });
});

it('a provider that is told so makes models of sockets, and closes them [RSP-13]', async () => {
  const server = await withServer({ reply: () => 'Hi.' });
  const line = await withTcpLine(server.url);
  const provider = new OpenAIResponsesProvider({
    apiKey: 'sk-test',
    baseURL: line.url,
    useResponsesWebSocket: true,
    responsesWebSocketOptions: { pingIntervalMs: null },
  });
  onTestFinished(() => provider.close());
  const model = provider.getModel('gpt-5.6-luna');
  expect(provider.getModel('gpt-5.6-luna')).toBe(model);
  await model.getResponse(aRequest());
  await model.getResponse(aRequest());
  expect([server.requests[0]?.method, line.connections()]).toEqual(['WEBSOCKET', 1]);
  await provider.close();
  await model.getResponse(aRequest());
  expect(line.connections()).toBe(2);
});

/** How OpenAI asks for another connection, after an hour. */
const TOO_OLD = {
  type: 'error',
  status: 400,
  error: { code: 'websocket_connection_limit_reached', message: 'Create a new connection.' },
};
const COMPLETED = {
  type: 'response.completed',
  response: { id: 'resp_1', status: 'completed', output: [], usage: null },
};

/** A model of a server that answers each request on its own terms, by the number of the connection. */
async function openBy(
  answer: (connection: number, send: (event: object) => void) => void,
): Promise<{ readonly connections: () => number; readonly model: OpenAIResponsesWSModel }> {
  let count = 0;
  const { port } = await listen((socket) => {
    const connection = ++count;
    socket.on('message', () => answer(connection, (event) => socket.send(JSON.stringify(event))));
  });
  const client = { apiKey: 'sk-test', baseURL: `http://127.0.0.1:${port}/v1` };
  const model = new OpenAIResponsesWSModel(client, 'gpt-5.6-luna');
  onTestFinished(() => model.close());
  return { connections: () => count, model };
}

async function listen(
  onConnection: (socket: WebSocket, request: IncomingMessage) => void,
): Promise<AddressInfo> {
  const sockets = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  onTestFinished(() => sockets.close());
  sockets.on('connection', onConnection);
  await once(sockets, 'listening');
  return sockets.address() as AddressInfo; // a server that listens on TCP has an AddressInfo
}

async function open(options: OpenAIServerOptions, more: OpenAIResponsesWSModelOptions = {}) {
  const server = await withServer(options);
  const line = await withTcpLine(server.url);
  const model = new OpenAIResponsesWSModel(
    { apiKey: 'sk-test', baseURL: line.url },
    'gpt-5.6-luna',
    more,
  );
  onTestFinished(() => model.close());
  return { server, line, model };
}
