import { afterEach, describe, expect, it } from 'vitest';
import { UserError } from '@baton/core';
import type { MCPServerStreamableHttpOptions } from '../src/index.js';
import { MCPServerError, MCPServerSSE, MCPServerStdio, MCPServerStreamableHttp } from '../src/index.js';
import { RawServer, rawTool, status } from './support/raw-server.js';
import type { RawHandler } from './support/raw-server.js';

const open: { close(): Promise<void>; stop?: never }[] = [];
const running: RawServer[] = [];

afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
  await Promise.all(running.splice(0).map((server) => server.stop()));
});

async function raw(handlers: Record<string, RawHandler> = {}): Promise<RawServer> {
  const server = await new RawServer(handlers).start();
  running.push(server);
  return server;
}

function client(url: string, options: Partial<MCPServerStreamableHttpOptions> = {}): MCPServerStreamableHttp {
  const server = new MCPServerStreamableHttp({ url, protocol: 'legacy', retry: { initialDelayMs: 1 }, logger: silent, ...options });
  open.push(server);
  return server;
}

async function connected(url: string, options: Partial<MCPServerStreamableHttpOptions> = {}): Promise<MCPServerStreamableHttp> {
  const server = client(url, options);
  await server.connect();
  return server;
}

const silent = { debug: () => undefined, warn: () => undefined, error: () => undefined };

const failure = async (work: Promise<unknown>): Promise<unknown> => work.then(() => undefined, (error: unknown) => error);

describe('connecting', () => {
  it('comes before everything else [MCP-6]', async () => {
    const server = client('http://127.0.0.1:1/mcp');
    for (const work of [server.listTools(), server.callTool('x', {}), server.listResources(), server.getPrompt('x')]) {
      await expect(work).rejects.toThrow('Server not initialized. Make sure you call connect() first');
    }
  });

  it('that fails throws, leaves nothing behind and may be tried again [MCP-4]', async () => {
    let refuse = true;
    const server = await raw({ initialize: (request) => (refuse ? status(request, 500, 'not today') : INITIALIZED) });
    const mcp = client(server.url);
    const error = await failure(mcp.connect());
    expect(error).toBeInstanceOf(MCPServerError);
    expect(error).toMatchObject({ statusCode: 500, serverName: mcp.name });
    await expect(mcp.listTools()).rejects.toThrow(UserError);
    refuse = false;
    await mcp.connect();
    expect(await mcp.listTools()).toHaveLength(1);
  });

  it('to nobody fails with a connection error', async () => {
    const server = await raw();
    await server.stop();
    expect(await failure(client(server.url).connect())).toMatchObject({ isConnectionError: true });
  });

  it('ends when its time is up, whatever the transport waits for [JS-125]', async () => {
    const server = await raw({ initialize: () => undefined });
    const options = { clientSessionTimeoutSeconds: 0.05 };
    expect(await failure(client(server.url, options).connect())).toMatchObject({ isTimeout: true });
    const sse = new MCPServerSSE({ url: server.url, ...options });
    open.push(sse);
    expect(await failure(sse.connect())).toBeInstanceOf(MCPServerError);
  });

  it('happens once, however many ask for it at once, and not again while it holds', async () => {
    const server = await raw();
    const mcp = client(server.url);
    await Promise.all([mcp.connect(), mcp.connect(), mcp.connect()]);
    await mcp.connect();
    expect(server.sessions).toBe(1);
  });

  it('that somebody closes meanwhile is given up, and nothing stays open', async () => {
    const server = await raw({ initialize: () => undefined });
    const mcp = client(server.url);
    const connecting = failure(mcp.connect());
    await until(() => server.count('initialize') === 1);
    await mcp.close();
    expect(await connecting).toMatchObject({ message: expect.stringContaining('was closed while it connected') });
    await expect(mcp.listTools()).rejects.toThrow('Server not initialized');
  });
});

describe('a session that the server has already', () => {
  it('is taken up again, and told the server goodbye when it is closed', async () => {
    const server = await raw();
    const mcp = await connected(server.url, { sessionId: 'session-of-before' });
    expect(await mcp.listTools()).toHaveLength(1);
    expect(await mcp.callTool('echo', {})).toEqual(OK.content);
    expect([mcp.sessionId, server.sessions]).toEqual(['session-of-before', 0]);
  });
});

describe('closing', () => {
  it('any number of times, also at once, is closing once; a session ends at the server too [MCP-5]', async () => {
    const server = await raw();
    const mcp = await connected(server.url);
    await Promise.all([mcp.close(), mcp.close()]);
    await mcp.close();
    await expect(mcp.listTools()).rejects.toThrow('Server not initialized');
    await mcp.connect();
    expect(await mcp.listTools()).toHaveLength(1);
  });

  it('a server that is gone throws nothing: what goes wrong is logged [MCP-5]', async () => {
    const server = await raw();
    const mcp = await connected(server.url);
    await server.stop();
    await expect(mcp.close()).resolves.toBeUndefined();
  });

  it('happens at the end of an await using block [MCP-14]', async () => {
    const server = await raw();
    const mcp = await connected(server.url);
    await mcp[Symbol.asyncDispose]();
    await expect(mcp.listTools()).rejects.toThrow('Server not initialized');
  });
});

describe('the list of tools', () => {
  const pages =
    (next: (cursor: unknown, nth: number) => object): RawHandler =>
    ({ message, nth }) =>
      next(message.params?.['cursor'], nth);

  it('is fetched each time, unless it is to be kept; an empty list is a list [MCP-7]', async () => {
    const server = await raw({ 'tools/list': () => ({ tools: [] }) });
    const fresh = await connected(server.url);
    await fresh.listTools();
    await fresh.listTools();
    expect(server.count('tools/list')).toBe(2);
    const cached = await connected(server.url, { cacheToolsList: true });
    await cached.listTools();
    await cached.listTools();
    expect(server.count('tools/list')).toBe(3);
    await cached.invalidateToolsCache();
    await cached.listTools();
    expect(server.count('tools/list')).toBe(4);
  });

  it('is the caller\'s own: no change of it reaches another [MCP-08] [JS-122]', async () => {
    const server = await raw();
    const mcp = await connected(server.url, { cacheToolsList: true });
    const [tool] = await mcp.listTools();
    Object.assign(tool?.inputSchema ?? {}, { type: 'broken' });
    expect((await mcp.listTools())[0]?.inputSchema).toEqual({ type: 'object', properties: {} });
  });

  it('is all of its pages [MCP-09] [JS-121]', async () => {
    const server = await raw({
      'tools/list': pages((cursor) =>
        cursor === undefined
          ? { tools: [rawTool('a')], nextCursor: '2' }
          : cursor === '2'
            ? { tools: [rawTool('b')], nextCursor: '3' }
            : { tools: [rawTool('c')], nextCursor: '' },
      ),
    });
    const mcp = await connected(server.url);
    expect((await mcp.listTools()).map(({ name }) => name)).toEqual(['a', 'b', 'c']);
  });

  it('whose pages go round, or never end, is an error, and nothing of it is kept [MCP-09]', async () => {
    const round = await raw({ 'tools/list': pages((cursor) => ({ tools: [rawTool('a')], nextCursor: cursor === '1' ? '2' : '1' })) });
    const mcp = await connected(round.url, { cacheToolsList: true });
    await expect(mcp.listTools()).rejects.toThrow('round in a circle');
    await expect(mcp.listTools()).rejects.toThrow('round in a circle');
    const endless = await raw({ 'tools/list': pages((_cursor, nth) => ({ tools: [], nextCursor: String(nth) })) });
    await expect((await connected(endless.url, { maxListPages: 3 })).listTools()).rejects.toThrow('more than 3 pages');
    expect(endless.count('tools/list')).toBe(3);
  });

  it('repeats only the page that failed [MCP-09]', async () => {
    const server = await raw({
      'tools/list': (request) => {
        const cursor = request.message.params?.['cursor'];
        if (cursor === undefined) return { tools: [rawTool('a')], nextCursor: '2' };
        return request.nth === 2 ? status(request, 503) : { tools: [rawTool('b')] };
      },
    });
    const mcp = await connected(server.url);
    expect(await mcp.listTools()).toHaveLength(2);
    expect(server.seen.filter(({ method }) => method === 'tools/list').map(({ params }) => params?.['cursor'])).toEqual([undefined, '2', '2']);
  });

  it('that began before a change is given, but not kept [JS-123]', async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const server = await raw({
      'tools/list': async ({ nth }) => {
        if (nth === 1) await held;
        return { tools: [rawTool(`t${nth}`)] };
      },
    });
    const mcp = await connected(server.url, { cacheToolsList: true });
    const first = mcp.listTools();
    await until(() => server.count('tools/list') === 1);
    await mcp.invalidateToolsCache();
    release();
    expect((await first)[0]?.name).toBe('t1');
    expect((await mcp.listTools())[0]?.name).toBe('t2');
  });

  it('is asked for again after the connection was made anew [JS-123]', async () => {
    const server = await raw();
    const mcp = await connected(server.url, { cacheToolsList: true });
    await mcp.listTools();
    await mcp.close();
    await mcp.connect();
    await mcp.listTools();
    expect(server.count('tools/list')).toBe(2);
  });

  it('is empty where the server has no tools at all', async () => {
    const server = await raw({ initialize: () => ({ ...INITIALIZED, capabilities: {} }) });
    const mcp = await connected(server.url);
    expect(await mcp.listTools()).toEqual([]);
    expect(server.count('tools/list')).toBe(0);
  });
});

describe('a request that fails', () => {
  it('is sent again where the server did not take it, within one budget [MCP-04]', async () => {
    for (const code of [408, 429, 503]) {
      const server = await raw({ 'tools/call': (request) => (request.nth === 1 ? status(request, code) : OK) });
      const mcp = await connected(server.url);
      expect(await mcp.callTool('echo', {})).toEqual(OK.content);
      expect(server.count('tools/call')).toBe(2);
    }
    const stubborn = await raw({ 'tools/call': (request) => status(request, 408) });
    const mcp = await connected(stubborn.url, { retry: { maxRetries: 2, initialDelayMs: 1 } });
    expect(await failure(mcp.callTool('echo', {}))).toMatchObject({ statusCode: 408 });
    expect(stubborn.count('tools/call')).toBe(3);
  });

  it('is sent again over a new session where the server forgot the old one [MCP-04]', async () => {
    const server = await raw({
      'tools/call': (request) =>
        request.headers['mcp-session-id']?.toString().startsWith('session-1') ? status(request, 404) : OK,
    });
    const mcp = await connected(server.url);
    expect(await mcp.callTool('echo', {})).toEqual(OK.content);
    expect(server.sessions).toBe(2);
  });

  it('takes none of its siblings with it: each hears from the server itself', async () => {
    const server = await raw({
      'tools/call': async (request) => {
        if (!request.headers['mcp-session-id']?.toString().startsWith('session-1')) return OK;
        // The second is refused once the first has another session.
        if (request.nth === 2) await until(() => server.sessions === 2);
        return status(request, 404);
      },
    });
    const mcp = await connected(server.url);
    expect(await Promise.all([mcp.callTool('echo', {}), mcp.callTool('echo', {})])).toEqual([OK.content, OK.content]);
    expect(server.sessions).toBe(2);
  });

  it('is sent again where nobody was there to take it [MCP-04] [MCP-18]', async () => {
    const server = await raw();
    const mcp = await connected(server.url, { retry: { maxRetries: 1000, initialDelayMs: 20, maxDelayMs: 20 } });
    await server.stop();
    const call = mcp.callTool('echo', {});
    await new Promise((resolve) => setTimeout(resolve, 100));
    await server.start();
    expect(await call).toEqual(OK.content);
  });

  it('is not sent again where the server may have heard it: a tool call counts', async () => {
    const hangUp: RawHandler = ({ response }) => void response.destroy();
    const server = await raw({ 'tools/call': hangUp, 'resources/list': (request) => (request.nth === 1 ? hangUp(request) : { resources: [] }) });
    const mcp = await connected(server.url);
    expect(await failure(mcp.callTool('echo', {}))).toMatchObject({
      isConnectionError: true,
      message: expect.stringContaining('It may or may not have taken effect'),
    });
    expect(server.count('tools/call')).toBe(1);
    expect(await failure(mcp.callTool('echo', {}, null, { repeatable: true }))).toBeInstanceOf(MCPServerError);
    expect(server.count('tools/call')).toBe(3);
    expect(await mcp.listResources()).toMatchObject({ resources: [] });
  });

  it('is an error of the server with its code, and no reason to repeat anything', async () => {
    const server = await raw({ 'tools/call': () => ({ jsonRpcError: { code: -32602, message: 'bad params' } }) });
    const mcp = await connected(server.url);
    expect(await failure(mcp.callTool('echo', {}, null, { repeatable: true }))).toMatchObject({
      protocolCode: -32602,
      message: expect.stringContaining('bad params'),
    });
    expect(server.count('tools/call')).toBe(1);
  });

  it('is not repeated at all where nothing may be', async () => {
    const server = await raw({ 'tools/call': (request) => status(request, 503) });
    const mcp = await connected(server.url, { retry: { maxRetries: 0 } });
    await failure(mcp.callTool('echo', {}));
    expect(server.count('tools/call')).toBe(1);
  });

  it('waits longer each time, up to a limit [MCP-16]', async () => {
    const { retryDelayMs } = await import('../src/client-options.js');
    const settings = { maxRetries: 9, initialDelayMs: 100, maxDelayMs: 1000 };
    expect([0, 1, 2, 3, 4, 5].map((retries) => retryDelayMs(settings, retries))).toEqual([100, 200, 400, 800, 1000, 1000]);
  });

  it('says a status that is deep in what the platform threw [MCP-18]', async () => {
    const { readFailure } = await import('../src/mcp-server-error.js');
    const deep = new AggregateError([new Error('x'), new Error('y', { cause: Object.assign(new Error('z'), { status: 503 }) })]);
    expect(readFailure(new Error('fetch failed', { cause: deep }))).toMatchObject({ statusCode: 503, notTaken: true });
  });
});

describe('a call', () => {
  it('that takes too long ends with a timeout, which nobody repeats [MCP-02] [JS-125]', async () => {
    const server = await raw({ 'tools/call': () => undefined });
    const mcp = await connected(server.url, { timeout: 50 });
    expect(await failure(mcp.callTool('echo', {}))).toMatchObject({ isTimeout: true });
    await until(() => server.count('tools/call') > 0 && server.count('notifications/cancelled') > 0);
    expect(server.count('tools/call')).toBe(1);
  });

  it('may take as long as it likes while it shows progress', async () => {
    const server = await raw({
      'tools/call': async ({ message, response }) => {
        const progressToken = Reflect.get(Object(message.params?.['_meta']), 'progressToken') as unknown;
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        const send = (body: object): boolean => response.write(`data: ${JSON.stringify({ jsonrpc: '2.0', ...body })}\n\n`);
        for (let progress = 1; progress <= 30; progress++) {
          send({ method: 'notifications/progress', params: { progressToken, progress } });
          await new Promise((resolve) => setTimeout(resolve, 50));
        }
        send({ id: message.id, result: OK });
        response.end();
      },
    });
    const mcp = await connected(server.url, { timeout: 1000 });
    expect(await mcp.callTool('echo', {}, null, { onProgress: () => undefined })).toEqual(OK.content);
  });

  it('that is cancelled is cancelled at the server too [JS-127]', async () => {
    const server = await raw({ 'tools/call': () => undefined });
    const mcp = await connected(server.url);
    const cancel = new AbortController();
    const call = failure(mcp.callTool('echo', {}, null, { signal: cancel.signal }));
    await until(() => server.count('tools/call') === 1);
    cancel.abort(new Error('enough'));
    expect(await call).toMatchObject({ message: 'enough' });
    await until(() => server.count('notifications/cancelled') === 1);
    const id = server.seen.find(({ method }) => method === 'tools/call')?.id;
    expect(server.seen.find(({ method }) => method === 'notifications/cancelled')?.params).toMatchObject({ requestId: id });
  });

  it('runs beside others of the same session, and each gets its own answer [MCP-03]', async () => {
    const late: (() => void)[] = [];
    const server = await raw({
      'tools/call': async ({ message }) => {
        const n = Reflect.get(Object(message.params?.['arguments']), 'n') as number;
        // The first is answered last.
        if (n === 1) await new Promise<void>((resolve) => late.push(resolve));
        else if (n === 3) late.forEach((release) => release());
        return { content: [{ type: 'text', text: String(n) }] };
      },
      'resources/list': () => ({ resources: [{ uri: 'r:1', name: 'one' }] }),
      'prompts/get': () => ({ messages: [] }),
    });
    const mcp = await connected(server.url);
    const first = mcp.callTool('echo', { n: 1 });
    await until(() => late.length === 1);
    const [resources, prompt, ...calls] = await Promise.all([
      mcp.listResources(),
      mcp.getPrompt('p'),
      mcp.callTool('echo', { n: 2 }),
      mcp.callTool('echo', { n: 3 }),
      first,
    ]);
    expect(calls.map(([part]) => part?.['text'])).toEqual(['2', '3', '1']);
    expect([resources.resources.length, prompt.messages.length]).toEqual([1, 0]);
  });

  it('without what the tool requires never leaves, where the tool is known [MCP-05]', async () => {
    const tools = [{ name: 'read', inputSchema: { type: 'object', properties: { path: {} }, required: ['path'] } }];
    const server = await raw({ 'tools/list': () => ({ tools }) });
    const mcp = await connected(server.url);
    await mcp.callTool('read', {});
    await mcp.listTools();
    await expect(mcp.callTool('read', {})).rejects.toThrow('The call of MCP tool "read" lacks "path"');
    // Not an object, which a compiler would have said.
    await expect(mcp.callTool('read', ['/a'] as unknown as Record<string, unknown>)).rejects.toThrow('no object');
    expect(server.count('tools/call')).toBe(1);
  });
});

describe('structured content', () => {
  it('that does not fit what the tool promised is a failure of the server', async () => {
    const outputSchema = { type: 'object', properties: { n: { type: 'number' } }, required: ['n'] };
    const server = await raw({
      'tools/list': () => ({ tools: [{ ...rawTool('echo'), outputSchema }] }),
      'tools/call': ({ nth }) => ({ content: [], structuredContent: { n: nth === 1 ? 1 : 'one' } }),
    });
    const mcp = await connected(server.url);
    await mcp.listTools();
    expect(await mcp.callToolResult('echo', {})).toMatchObject({ structuredContent: { n: 1 } });
    await expect(mcp.callToolResult('echo', {})).rejects.toThrow(/output schema(?!.*taken effect)/);
  });
});

describe('times and numbers', () => {
  const make = (options: object): unknown => new MCPServerStreamableHttp({ url: 'http://127.0.0.1:1/mcp', ...options });

  it.each([{ timeout: 0 }, { timeout: null }, { clientSessionTimeoutSeconds: 0 }, { clientSessionTimeoutSeconds: null }])(
    'may be none: %j [MCP-21]',
    (options) => {
      expect(() => make(options)).not.toThrow();
    },
  );

  it.each([
    { timeout: -1 },
    { timeout: Number.NaN },
    { timeout: Number.POSITIVE_INFINITY },
    { timeout: '5' },
    { clientSessionTimeoutSeconds: -0.5 },
    { maxListPages: 0 },
    { maxListPages: 1.5 },
    { retry: { maxRetries: -1 } },
  ])('are refused at once where they are none: %j [MCP-21]', (options) => {
    expect(() => make(options)).toThrow(UserError);
  });

  it('without a limit wait as long as it takes [MCP-21]', async () => {
    const server = await raw({ 'tools/call': async () => new Promise((resolve) => setTimeout(() => resolve(OK), 100)) });
    const mcp = await connected(server.url, { timeout: 0, clientSessionTimeoutSeconds: null });
    expect(await mcp.callTool('echo', {})).toEqual(OK.content);
  });
});

describe('what a server is made of', () => {
  it.each([
    () => new MCPServerStdio({ fullCommand: '  ' }),
    () => new MCPServerStdio({ command: '' }),
    () => new MCPServerStdio({ fullCommand: 'node "unclosed' }),
    () => new MCPServerStreamableHttp({ url: 'not a url' }),
    () => new MCPServerSSE({ url: 'ftp://example.com' }),
  ])('is checked at once: %s', (make) => {
    expect(make).toThrow(UserError);
  });
});

const OK = { content: [{ type: 'text', text: 'ok' }] };

const INITIALIZED = {
  protocolVersion: '2025-11-25',
  capabilities: { tools: {} },
  serverInfo: { name: 'raw', version: '1' },
};

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
}
