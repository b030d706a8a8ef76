import { UserError } from '@baton/core/model';
import OpenAI from 'openai';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { clientSource, requireClientAlone } from '../src/index.js';

beforeEach(() => {
  for (const name of ['OPENAI_API_KEY', 'OPENAI_BASE_URL', 'OPENAI_ORG_ID', 'OPENAI_PROJECT_ID']) {
    vi.stubEnv(name, undefined);
  }
});
afterEach(() => {
  vi.unstubAllEnvs();
});

/** The client that the options make, with what only the real class shows. */
async function clientOf(options: Parameters<typeof clientSource>[0]): Promise<OpenAI> {
  const client = await clientSource(options)();
  if (!(client instanceof OpenAI)) throw new Error('not the official client');
  return client;
}

it('without a key for OpenAI the error names the variable and the option', async () => {
  const source = clientSource({});
  const error = await source().catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(UserError);
  expect(String(error)).toMatch(/OPENAI_API_KEY.*apiKey/);
});

it('an empty key is no key', async () => {
  await expect(clientSource({ apiKey: '' })()).rejects.toBeInstanceOf(UserError);
});

it('a failed attempt is not remembered, so the key may come later [PR-1]', async () => {
  const source = clientSource({});
  await expect(source()).rejects.toBeInstanceOf(UserError);
  vi.stubEnv('OPENAI_API_KEY', 'sk-late');
  expect(await source()).toHaveProperty('apiKey', 'sk-late');
});

it('the client is made once [PR-1]', async () => {
  const source = clientSource({ apiKey: 'sk-test' });
  expect(await source()).toBe(await source());
});

it('a given client is used as it is', async () => {
  const client = new OpenAI({ apiKey: 'sk-test' });
  expect(await clientSource(client)()).toBe(client);
  expect(await clientSource(() => Promise.resolve(client))()).toBe(client);
});

it('where requests go is known before the first, and may change until then', async () => {
  const client = new OpenAI({ apiKey: 'sk-test', baseURL: 'http://localhost:1/v1' });
  expect(clientSource(client).baseURL?.()).toBe('http://localhost:1/v1');
  expect(clientSource({ baseURL: 'http://localhost:2/v1' }).baseURL?.()).toBe('http://localhost:2/v1');
  expect(clientSource(() => Promise.resolve(client)).baseURL).toBeUndefined();
  const source = clientSource({});
  expect(source.baseURL?.()).toBe('https://api.openai.com/v1');
  vi.stubEnv('OPENAI_BASE_URL', 'http://localhost:3/v1');
  expect(source.baseURL?.()).toBe('http://localhost:3/v1');
  await source();
  vi.stubEnv('OPENAI_BASE_URL', 'http://localhost:4/v1');
  expect(source.baseURL?.()).toBe('http://localhost:3/v1');
});

it('a server that is not OpenAI needs no key', async () => {
  expect((await clientOf({ baseURL: 'http://localhost:11434/v1' })).apiKey).not.toBe('');
  vi.stubEnv('OPENAI_BASE_URL', 'http://localhost:8000/v1');
  expect((await clientOf({})).baseURL).toBe('http://localhost:8000/v1');
});

it('a key in a header of the app is enough, and no bearer token is added to it', async () => {
  const sent: Headers[] = [];
  const client = await clientOf({
    baseURL: 'https://eu.api.openai.com/v1',
    defaultHeaders: { 'api-key': 'azure' },
    fetch: (_url, init) => {
      sent.push(new Headers(init?.headers));
      return Promise.resolve(new Response('{}'));
    },
  });
  await client.post('/responses', { body: '{}' }).asResponse();
  expect(sent[0]?.get('api-key')).toBe('azure');
  expect(sent[0]?.has('authorization')).toBe(false);
});

it('options reach the client, and win over the environment [P2]', async () => {
  vi.stubEnv('OPENAI_BASE_URL', 'http://localhost:1/v1');
  vi.stubEnv('OPENAI_API_KEY', 'sk-env');
  const client = await clientOf({
    apiKey: 'sk-own',
    baseURL: 'http://localhost:2/v1',
    organization: 'org-1',
    project: 'proj-1',
  });
  expect([client.apiKey, client.baseURL, client.organization, client.project]).toEqual([
    'sk-own',
    'http://localhost:2/v1',
    'org-1',
    'proj-1',
  ]);
});

it('a base URL that is none is refused', async () => {
  await expect(clientSource({ baseURL: 'localhost' })()).rejects.toThrow(/not a URL/);
});

it.each(['localhost:11434/v1', 'ws://localhost/v1', 'user:secret@localhost/v1'])(
  'a base URL that is not for HTTP is refused, quoting no more than its scheme: %s',
  async (baseURL) => {
    const error = await clientSource({ baseURL })().catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(UserError);
    expect(String(error)).toContain(`begins with ${baseURL.slice(0, baseURL.indexOf(':') + 1)}`);
    expect(String(error)).not.toContain('secret');
  },
);

it('a base URL with credentials is refused without showing them', async () => {
  const error = await clientSource({ baseURL: 'http://user:secret@localhost/v1' })().catch(
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(UserError);
  expect(String(error)).not.toContain('secret');
});

it('a client together with options is refused, naming them; empty ones count [P1, RSP-05]', () => {
  const refuse = (): void =>
    requireClientAlone('Provider', 'openAIClient', { apiKey: '', organization: 'org-1' });
  expect(refuse).toThrow(UserError);
  expect(refuse).toThrow(/`openAIClient` together with `apiKey`, `organization`/);
  expect(() => requireClientAlone('Provider', 'client', {})).not.toThrow();
});
