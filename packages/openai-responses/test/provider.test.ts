import { UserError } from '@baton/core/model';
import { aRequest } from '@baton/openai-shared/test-support';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { getDefaultModel, type OpenAIClientLike, OpenAIResponsesProvider, type OpenAIResponsesProviderOptions } from '../src/index.js';
import { withServer } from './support/with-server.js';

const client: OpenAIClientLike = {
  baseURL: 'http://localhost/v1',
  post: () => ({ asResponse: () => Promise.reject(new Error('not to be called')) }),
};

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('the default model [PR-2, P5, X-13]', () => {
  it('is gpt-5.6-luna', () => {
    vi.stubEnv('OPENAI_DEFAULT_MODEL', undefined);
    expect(getDefaultModel()).toBe('gpt-5.6-luna');
    expect(new OpenAIResponsesProvider().getModel().name).toBe('gpt-5.6-luna');
  });

  it('is what the environment says, in lower case', () => {
    vi.stubEnv('OPENAI_DEFAULT_MODEL', 'GPT-9');
    expect(new OpenAIResponsesProvider().getModel().name).toBe('gpt-9');
  });
});

it('needs no key before the first call [PR-1, RSP-11]', () => {
  vi.stubEnv('OPENAI_API_KEY', undefined);
  expect(new OpenAIResponsesProvider().getModel('m').name).toBe('m');
});

it('gives models that say where they are asked, over sockets too', () => {
  vi.stubEnv('OPENAI_BASE_URL', undefined);
  vi.stubEnv('OPENAI_WEBSOCKET_BASE_URL', undefined);
  const at = (options: OpenAIResponsesProviderOptions): string | undefined => new OpenAIResponsesProvider(options).getModel('m').baseURL;
  expect(at({})).toBe('https://api.openai.com/v1');
  expect(at({ client })).toBe('http://localhost/v1');
  expect(at({ baseURL: 'https://example.com/v1', useResponsesWebSocket: true })).toBe('https://example.com/v1');
  expect(at({ websocketBaseURL: 'wss://example.com/v1', useResponsesWebSocket: true })).toBe('wss://example.com/v1');
});

it('gives the same model for the same name', () => {
  const provider = new OpenAIResponsesProvider({ apiKey: 'sk-test' });
  expect(provider.getModel('a')).toBe(provider.getModel('a'));
  expect(provider.getModel('a')).not.toBe(provider.getModel('b'));
});

it.each(['client', 'openAIClient'] as const)(
  '`%s` together with options is refused, naming them [PR-1, P1]',
  (name) => {
    const make = (): unknown =>
      new OpenAIResponsesProvider({ [name]: client, apiKey: '', baseURL: 'http://x' });
    expect(make).toThrow(UserError);
    expect(make).toThrow(new RegExp(`\`${name}\` together with \`apiKey\`, \`baseURL\``));
    expect(() => new OpenAIResponsesProvider({ [name]: client })).not.toThrow();
  },
);

it('a client together with another address for its sockets is refused, also an empty one [PR-1, P1, RSP-05]', () => {
  const make = (): unknown =>
    new OpenAIResponsesProvider({ openAIClient: client, websocketBaseURL: '' });
  expect(make).toThrow(UserError);
  expect(make).toThrow(/`openAIClient` together with `websocketBaseURL`/);
});

it('two clients are refused: nobody could tell which is meant [PR-1]', () => {
  const make = (): unknown =>
    new OpenAIResponsesProvider({ openAIClient: client, client: { ...client } });
  expect(make).toThrow(UserError);
  expect(make).toThrow(/`openAIClient` together with `client`/);
  expect(() => new OpenAIResponsesProvider({ openAIClient: client, client })).not.toThrow();
});

it('options reach the server: key, organization, project, headers', async () => {
  const server = await withServer({ script: ['Hello'] });
  const provider = new OpenAIResponsesProvider({
    apiKey: 'sk-test',
    baseURL: server.url,
    organization: 'org-1',
    project: 'proj-1',
    defaultHeaders: { 'x-tenant': 'a' },
  });
  await provider.getModel('m').getResponse(aRequest());
  expect(server.requests[0]?.headers).toMatchObject({
    authorization: 'Bearer [redacted]',
    'openai-organization': 'org-1',
    'openai-project': 'proj-1',
    'x-tenant': 'a',
  });
});

it('the environment says where the server is, and such a server needs no key', async () => {
  const server = await withServer({ script: ['Hello'] });
  vi.stubEnv('OPENAI_BASE_URL', server.url);
  vi.stubEnv('OPENAI_API_KEY', undefined);
  const response = await new OpenAIResponsesProvider().getModel('m').getResponse(aRequest());
  expect(response.responseId).toBe('resp_1');
});

it('a model can do everything that is asked of models', () => {
  expect(new OpenAIResponsesProvider().getModel('m').capabilities).toEqual({
    serverManagedConversation: true,
    prompt: true,
    hostedTools: true,
  });
});
