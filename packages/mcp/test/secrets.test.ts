import { Agent, run } from '@baton/core';
import { functionCall, ScriptedModel } from '@baton/core/testing';
import { inspect } from 'node:util';
import { afterEach, describe, expect, it } from 'vitest';
import type { MCPServerStreamableHttpOptions } from '../src/index.js';
import { MCPServerSSE, MCPServerStdio, MCPServerStreamableHttp } from '../src/index.js';
import { Redactor, redactUrl, redactUrls } from '../src/redact.js';
import { RawServer, status } from './support/raw-server.js';
import { RecordingTracer } from './support/recording-tracer.js';

const running: RawServer[] = [];

afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.stop()));
});

/** A server that says back all it was told, as some do in their errors. */
async function echoing(): Promise<RawServer> {
  const server = await new RawServer({
    'tools/call': (request) =>
      status(request, 500, `Refused: ${JSON.stringify(request.headers)} at ${request.response.req.url}`),
  }).start();
  running.push(server);
  return server;
}

const SECRETS = ['hunter2-password', 'query-secret-value', 'header-secret-value', 'provider-token-value', 'k3y4path9segment7x'];

function secretive(url: string): MCPServerStreamableHttpOptions {
  const where = new URL(url);
  where.username = 'someone';
  where.password = 'hunter2-password';
  where.pathname = '/k3y4path9segment7x/mcp';
  where.searchParams.set('api_key', 'query-secret-value');
  return {
    url: where.href,
    protocol: 'legacy',
    requestInit: { headers: { 'x-api-key': 'header-secret-value' } },
    authProvider: { token: async () => 'provider-token-value' },
    retry: { maxRetries: 0 },
  };
}

const expectClean = (text: string): void => {
  for (const secret of SECRETS) expect(text).not.toContain(secret);
};

describe('what is secret', () => {
  it('is in no name, whatever the URL carries [JS-128]', () => {
    const { name } = new MCPServerStreamableHttp(secretive('http://127.0.0.1:1/mcp'));
    expect(name).toBe('streamable-http: http://127.0.0.1:1/[redacted]/mcp');
    expect(new MCPServerSSE({ url: 'https://u:hunter2-password@example.com/sse?t=1' }).name).toBe('sse: https://example.com/sse');
    expectClean(new MCPServerSSE({ url: 'https://example.com', name: 'my https://u:hunter2-password@x.com/?a=query-secret-value' }).name);
  });

  it('is in no error and no log where it cannot be sent, because of a line break or a NUL in it', async () => {
    const broken = 'sk-first-half\nsecond-half';
    const logged: string[] = [];
    const logger = { debug: (text: string) => void logged.push(text), warn: () => undefined, error: (text: string) => void logged.push(text) };
    const url = 'http://127.0.0.1:1/mcp';
    const options = [
      { url, logger, requestInit: { headers: { authorization: `Bearer ${broken}` } } },
      { url, logger, requestInit: { headers: { [broken]: 'x' } } },
      { url, logger, authProvider: { token: async () => broken } },
    ];
    const servers = [
      ...options.flatMap((each) => [new MCPServerStreamableHttp(each), new MCPServerSSE(each)]),
      new MCPServerStdio({ command: process.execPath, env: { API_KEY: 'sk-first-half\0second-half' }, logger }),
      new MCPServerStdio({ command: process.execPath, args: ['sk-first-half\0second-half'], logger }),
    ];
    for (const server of servers) {
      const error: unknown = await server.connect().catch((thrown: unknown) => thrown);
      expect(String(error)).toMatch(/invalid header|null bytes/);
      expect(inspect(error, { depth: 8 })).not.toMatch(/first-half|second-half/);
    }
    expect(logged.join()).not.toMatch(/first-half|second-half/);
  });

  it('is in no error: not in its message, its cause or its stack, even where the server says it [JS-128]', async () => {
    const raw = await echoing();
    const server = new MCPServerStreamableHttp(secretive(raw.url));
    await server.connect();
    const error = await server.callTool('echo', {}).catch((thrown: unknown) => thrown);
    expect(String(error)).toContain('Refused');
    expect(String(error)).toContain('[redacted]');
    expectClean(inspect(error, { depth: 10, showHidden: true }));
    await server.close();
  });

  it('is in no text for the model and in no span [JS-128]', async () => {
    const raw = await echoing();
    const server = new MCPServerStreamableHttp(secretive(raw.url));
    await server.connect();
    const tracer = new RecordingTracer();
    const model = new ScriptedModel([functionCall('echo'), 'end']);
    await run(new Agent({ name: 'A', model, mcpServers: [server] }), 'Hi', { tracer });
    const told = JSON.stringify(model.calls[1]?.input);
    expect(told).toContain('Refused');
    expectClean(told);
    expectClean(JSON.stringify(tracer.traces));
    await server.close();
  });

  it('in the URL goes to the server, as a header', async () => {
    const raw = await echoing();
    const { authProvider: _none, ...options } = secretive(raw.url);
    const server = new MCPServerStreamableHttp({ ...options, url: options.url.replace('someone', 'some%40one') });
    await server.connect();
    const headers: unknown[] = [];
    raw.handlers['tools/call'] = ({ headers: seen }) => (headers.push(seen.authorization), { content: [] });
    await server.callTool('echo', {});
    expect(headers).toEqual([`Basic ${btoa('some@one:hunter2-password')}`]);
    await server.close();
  });

  it('is in no log', async () => {
    const raw = await echoing();
    const said: string[] = [];
    const log = (message: string): void => void said.push(message);
    const server = new MCPServerStreamableHttp({ ...secretive(raw.url), logger: { debug: log, warn: log, error: log } });
    await server.connect();
    await raw.stop();
    await server.close();
    expectClean(said.join('\n'));
  });
});

describe('a URL', () => {
  it.each([
    ['https://user:pass@example.com:8080/a/b?key=x#y', 'https://example.com:8080/a/b'],
    ['https://example.com/', 'https://example.com'],
    ['https://example.com/s/NjQ0MjAyNDEtOTk5OS00/mcp', 'https://example.com/s/[redacted]/mcp'],
    ['https://example.com/v1/streamable-http-server', 'https://example.com/v1/streamable-http-server'],
  ])('is reduced to where it leads: %s', (url, where) => {
    expect(redactUrl(url)).toBe(where);
  });

  it('is found in any text', () => {
    expect(redactUrls('no "https://u:p@x.com/a?b=c", (https://y.com?k=v) nor postgres://u:p@db/x')).toBe(
      'no "https://x.com/a", (https://y.com) nor postgres://db/x',
    );
  });
});

describe('what is told to be secret', () => {
  it('in requests is remembered for a while, what the app said for ever', () => {
    const redactor = new Redactor();
    redactor.addHeaders(new Headers({ 'x-api-key': 'the-key-of-the-app' }));
    for (let i = 0; i < 300; i++) redactor.noteHeaders(new Headers({ authorization: `Bearer token-number-${i}-` }));
    const text = redactor.text('the-key-of-the-app token-number-299- token-number-250- token-number-1-');
    expect(text).toBe('[redacted] [redacted] [redacted] token-number-1-');
  });

  it('in arguments and environment variables is found by what it is called', () => {
    const redactor = new Redactor();
    redactor.addArguments(['--api-key', 'first-secret', '--token=second-secret', '--verbose', 'not-a-secret', 'https://u:third-secret@x.com']);
    redactor.addEnvironment({ DB_PASSWORD: 'fourth-secret', LANG: 'not-a-secret' });
    const text = redactor.text('first-secret second-secret third-secret fourth-secret not-a-secret');
    expect(text).toBe('[redacted] [redacted] [redacted] [redacted] not-a-secret');
  });
});
