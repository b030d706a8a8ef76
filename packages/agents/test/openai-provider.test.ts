import {
  Agent,
  getDefaultOpenAIClient,
  MultiProvider,
  OpenAIChatCompletionsModel,
  OpenAIProvider,
  OpenAIResponsesModel,
  OpenAIResponsesWSModel,
  type OpenAIClientLike,
  run,
  Runner,
  setDefaultModelProvider,
  setDefaultOpenAIClient,
  setDefaultOpenAIKey,
  setOpenAIAPI,
  setOpenAIResponsesTransport,
  setTracingExportApiKey,
  UserError,
} from '@baton/agents';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openAIDefaults } from '../src/openai-defaults.js';
import { withKeysSeen, withServer } from './support/with-server.js';

const agent = new Agent({ name: 'Assistant' });
const hello = { reply: () => 'Hello.' } as const;

/** A client that only says where it is, for what never gets to a call. */
const silentClient: OpenAIClientLike = {
  baseURL: 'http://localhost/v1',
  post: () => ({ asResponse: () => Promise.reject(new Error('not to be called')) }),
};

/** A client of the app's own, sending to the server with its own key. */
function clientOf(server: { readonly url: string }, key: string): OpenAIClientLike {
  return {
    baseURL: server.url,
    post: (path, { body, headers, signal }) => ({
      asResponse: () =>
        fetch(server.url + path, {
          method: 'POST',
          body,
          headers: { ...headers, authorization: `Bearer ${key}` },
          ...(signal !== undefined && { signal }),
        }),
    }),
  };
}

beforeEach(() => {
  vi.stubEnv('OPENAI_API_KEY', undefined);
  vi.stubEnv('OPENAI_BASE_URL', undefined);
  vi.stubEnv('OPENAI_DEFAULT_MODEL', undefined);
});

afterEach(() => {
  vi.unstubAllEnvs();
  setDefaultOpenAIClient(undefined);
  setDefaultModelProvider(undefined);
  setOpenAIAPI('responses');
  setOpenAIResponsesTransport('http');
  // There is no way back to no key but a key that is none.
  setDefaultOpenAIKey(undefined as never);
});

describe('OpenAIProvider', () => {
  it('needs no key before the first call [PR-1, P2]', () => {
    expect(new OpenAIProvider().getModel('m').name).toBe('m');
  });

  it.each(['apiKey', 'baseURL', 'websocketBaseURL', 'organization', 'project'] as const)(
    'a client together with `%s` is refused, also where that is empty [RSP-05, P1, JS-108]',
    (option) => {
      const make = (): unknown => new OpenAIProvider({ openAIClient: silentClient, [option]: '' });
      expect(make).toThrow(UserError);
      expect(make).toThrow(new RegExp(`\`openAIClient\` together with \`${option}\``));
    },
  );

  it('a client goes together with what is not about the client', () => {
    const options = { openAIClient: silentClient, useResponses: true, strictFeatureValidation: true };
    expect(() => new OpenAIProvider(options).getModel('m')).not.toThrow();
  });

  it('key, base URL, organization and project reach the server [PR-1]', async () => {
    const server = await withServer(hello);
    const { url, seen } = await withKeysSeen(server);
    const modelProvider = new OpenAIProvider({ apiKey: 'sk-own', baseURL: url });
    await run(agent, 'Hello', { modelProvider });
    expect(seen).toMatchObject([{ path: '/v1/responses', key: 'sk-own' }]);
    const direct = new OpenAIProvider({
      apiKey: 'sk-own',
      baseURL: server.url,
      organization: 'org-1',
      project: 'proj-1',
    });
    await run(agent, 'Hello', { modelProvider: direct });
    expect(server.requests[1]?.headers).toMatchObject({
      'openai-organization': 'org-1',
      'openai-project': 'proj-1',
    });
  });

  it('Chat Completions models are there where they are asked for, by option or for all [PR-3]', () => {
    const chat = new OpenAIProvider({ useResponses: false }).getModel('m');
    expect(chat).toBeInstanceOf(OpenAIChatCompletionsModel);
    const later = new OpenAIProvider();
    expect(later.getModel('m')).toBeInstanceOf(OpenAIResponsesModel);
    setOpenAIAPI('chat_completions');
    expect(later.getModel('m')).toBeInstanceOf(OpenAIChatCompletionsModel);
    const responses = new OpenAIProvider({ useResponses: true }).getModel('m');
    expect(responses).toBeInstanceOf(OpenAIResponsesModel);
  });

  it('its Chat Completions models are strict where it is, or where a MultiProvider around it is [PR-7]', () => {
    const lenient = new OpenAIProvider({ useResponses: false });
    expect(lenient.getModel('m').strictFeatureValidation).toBe(false);
    const strict = new OpenAIProvider({ useResponses: false, strictFeatureValidation: true });
    expect(strict.getModel('m').strictFeatureValidation).toBe(true);
    const multi = new MultiProvider({ defaultProvider: lenient, strictFeatureValidation: true });
    expect(multi.getModel('openai/m')).toHaveProperty('strictFeatureValidation', true);
    const plain = new MultiProvider({ defaultProvider: strict });
    expect(plain.getModel('m')).toHaveProperty('strictFeatureValidation', true);
  });

  it.each([false, true])('a run over Chat Completions speaks to its server, streamed: %s', async (stream) => {
    const server = await withServer(hello);
    const modelProvider = new OpenAIProvider({ apiKey: 'sk-own', baseURL: server.url, useResponses: false });
    const result = stream
      ? await run(agent, 'Hello', { modelProvider, stream: true })
      : await run(agent, 'Hello', { modelProvider });
    if ('completed' in result) await result.completed;
    expect(result.finalOutput).toBe('Hello.');
    expect(server.requests.map(({ path }) => path)).toEqual(['/v1/chat/completions']);
  });

  it('a model is found by its name, by that and its provider, or is one itself [PR-5]', async () => {
    const server = await withServer(hello);
    const openai = new OpenAIProvider({ apiKey: 'sk-own', baseURL: server.url, useResponses: false });
    const modelProvider = new MultiProvider({ defaultProvider: openai });
    for (const model of ['m', 'openai/m', openai.getModel('m')]) {
      await run(new Agent({ name: 'A', model }), 'Hello', { modelProvider });
    }
    expect(server.requests.map(({ body }) => body['model'])).toEqual(['m', 'm', 'm']);
  });

  it('speaks over a socket where it is told to, or where everything is [RSP-13]', async () => {
    expect(new OpenAIProvider({ useResponsesWebSocket: true }).getModel('m')).toBeInstanceOf(OpenAIResponsesWSModel);
    const provider = new OpenAIProvider();
    expect(provider.getModel('m')).not.toBeInstanceOf(OpenAIResponsesWSModel);
    setOpenAIResponsesTransport('websocket');
    expect(provider.getModel('m')).toBeInstanceOf(OpenAIResponsesWSModel);
    const plain = new OpenAIProvider({ useResponsesWebSocket: false });
    expect(plain.getModel('m')).not.toBeInstanceOf(OpenAIResponsesWSModel);
    await provider.close();
  });

  it('gives the same model for the same name, while the defaults are the same', () => {
    const provider = new OpenAIProvider();
    const first = provider.getModel('m');
    expect(provider.getModel('m')).toBe(first);
    setDefaultOpenAIKey('sk-new');
    expect(provider.getModel('m')).not.toBe(first);
  });
});

describe('a server with the same API', () => {
  it('Azure: a base URL, its key in a header of its own and no bearer token', async () => {
    const server = await withServer(hello);
    const { url, seen } = await withKeysSeen(server);
    const azure = url.replace('/v1', '/openai/v1');
    const modelProvider = new OpenAIProvider({
      baseURL: azure,
      defaultHeaders: { 'api-key': 'azure-key' },
    });
    await run(agent, 'Hello', { modelProvider });
    expect(seen).toMatchObject([{ path: '/openai/v1/responses', key: 'azure-key' }]);
  });

  it('any other: a base URL and headers, without a key', async () => {
    const server = await withServer(hello);
    const modelProvider = new OpenAIProvider({
      baseURL: server.url,
      defaultHeaders: { 'x-tenant': 'a' },
    });
    const named = new Agent({ name: 'Assistant', model: 'meta/llama-4' });
    await run(named, 'Hello', { modelProvider });
    expect(server.requests[0]?.headers).toMatchObject({ 'x-tenant': 'a' });
    expect(server.requests[0]?.body).toMatchObject({ model: 'meta/llama-4' });
  });
});

it('50 tenants at the same time, each with its own key', async () => {
  const server = await withServer({ reply: ({ lastUserText }) => `Hello ${lastUserText}.` });
  const { url, seen } = await withKeysSeen(server);
  const tenants = Array.from({ length: 50 }, (_, index) => `tenant-${index}`);
  const outputs = await Promise.all(
    tenants.map(async (tenant) => {
      const modelProvider = new OpenAIProvider({ apiKey: `sk-${tenant}`, baseURL: url });
      return (await run(agent, tenant, { modelProvider })).finalOutput;
    }),
  );
  expect(outputs).toEqual(tenants.map((tenant) => `Hello ${tenant}.`));
  expect(seen).toHaveLength(50);
  for (const { key, body } of seen) {
    expect(body).toContain(`"content":"${key?.replace('sk-', '')}"`);
  }
});

describe('what is set for the whole process', () => {
  it('counts for a runner and a provider that were made before [PR-3]', async () => {
    const runner = new Runner();
    const { url, seen } = await withKeysSeen(await withServer(hello));
    vi.stubEnv('OPENAI_BASE_URL', url);
    setDefaultOpenAIKey('sk-1');
    await runner.run(agent, 'Hello');
    setDefaultOpenAIKey('sk-2');
    await runner.run(agent, 'Hello');
    await new Runner().run(agent, 'Hello');
    expect(seen.map(({ key }) => key)).toEqual(['sk-1', 'sk-2', 'sk-2']);
  });

  it('the key wins over the environment, an own key wins over both [P2]', async () => {
    const { url, seen } = await withKeysSeen(await withServer(hello));
    vi.stubEnv('OPENAI_BASE_URL', url);
    vi.stubEnv('OPENAI_API_KEY', 'sk-env');
    await new Runner().run(agent, 'Hello');
    setDefaultOpenAIKey('sk-default');
    await new Runner().run(agent, 'Hello');
    await run(agent, 'Hello', { modelProvider: new OpenAIProvider({ apiKey: 'sk-own' }) });
    expect(seen.map(({ key }) => key)).toEqual(['sk-env', 'sk-default', 'sk-own']);
  });

  it('the client is used where nothing of its own is given, options win over it [RSP-05, P2]', async () => {
    const server = await withServer(hello);
    const { url, seen } = await withKeysSeen(server);
    const client = clientOf({ url }, 'sk-client');
    setDefaultOpenAIClient(client);
    expect(getDefaultOpenAIClient()).toBe(client);
    await new Runner().run(agent, 'Hello');
    await run(agent, 'Hello', { modelProvider: new OpenAIProvider({ apiKey: 'sk-own', baseURL: url }) });
    expect(seen.map(({ key }) => key)).toEqual(['sk-client', 'sk-own']);
  });

  it('the client does not speak over sockets that go somewhere else: its key is not for there [RSP-05, P2]', async () => {
    const server = await withServer(hello);
    setDefaultOpenAIClient(clientOf({ url: 'http://127.0.0.1:9/v1' }, 'sk-client'));
    vi.stubEnv('OPENAI_API_KEY', 'sk-env');
    const provider = new OpenAIProvider({ useResponsesWebSocket: true, websocketBaseURL: server.url });
    expect((await run(agent, 'Hello', { modelProvider: provider })).finalOutput).toBe('Hello.');
    await provider.close();
    expect(server.requests.map(({ method }) => method)).toEqual(['WEBSOCKET']);
  });

  it('the key serves tracing too, unless it is not to', () => {
    setDefaultOpenAIKey('sk-1');
    expect(openAIDefaults().tracingKey).toBe('sk-1');
    setDefaultOpenAIKey('sk-2', { useForTracing: false });
    expect(openAIDefaults().tracingKey).toBe('sk-1');
    setTracingExportApiKey('sk-3');
    expect(openAIDefaults()).toMatchObject({ key: 'sk-2', tracingKey: 'sk-3' });
  });

  it('the model provider finds the models of runs that have none [PR-4, PR-6]', async () => {
    const server = await withServer(hello);
    const provider = new OpenAIProvider({ baseURL: server.url, apiKey: 'sk-test' });
    const asked: (string | undefined)[] = [];
    setDefaultModelProvider({
      getModel: (name) => {
        asked.push(name);
        return provider.getModel(name);
      },
    });
    await new Runner().run(new Agent({ name: 'A', model: 'any/thing' }), 'Hello');
    expect(asked).toEqual(['any/thing']);
  });
});

describe('models by name [PR-8, P4]', () => {
  it('`openai/…` is the model behind the prefix', async () => {
    const server = await withServer(hello);
    vi.stubEnv('OPENAI_BASE_URL', server.url);
    await new Runner().run(new Agent({ name: 'A', model: 'openai/gpt-x' }), 'Hello');
    await new Runner().run(new Agent({ name: 'A', model: 'gpt-x' }), 'Hello');
    expect(server.requests.map(({ body }) => body['model'])).toEqual(['gpt-x', 'gpt-x']);
  });

  it('an unknown prefix is refused before any request', async () => {
    const named = new Agent({ name: 'A', model: 'acme/gpt-x' });
    await expect(new Runner().run(named, 'Hello')).rejects.toThrow(/Unknown prefix: acme/);
  });
});

describe('the default model [P5, RSP-07]', () => {
  it('is asked for quick answers where no settings are given', async () => {
    const server = await withServer(hello);
    vi.stubEnv('OPENAI_BASE_URL', server.url);
    await new Runner().run(agent, 'Hello');
    expect(server.requests[0]?.body).toMatchObject({
      model: 'gpt-5.6-luna',
      reasoning: { effort: 'none' },
      text: { verbosity: 'low' },
    });
  });

  it('settings that are given win, one by one; a model that is named gets what fits it', async () => {
    const server = await withServer(hello);
    vi.stubEnv('OPENAI_BASE_URL', server.url);
    await new Runner().run(agent, 'Hello', { modelSettings: { reasoning: { effort: 'high' } } });
    await new Runner().run(agent, 'Hello', { modelSettings: { providerData: { text: { verbosity: 'high' } } } });
    await new Runner().run(agent, 'Hello', { model: 'gpt-5.2-pro' });
    await new Runner().run(agent, 'Hello', { model: 'gpt-4.1' });
    const [first, second, third, fourth] = server.requests.map(({ body }) => body);
    expect(first).toMatchObject({ reasoning: { effort: 'high' }, text: { verbosity: 'low' } });
    expect(second).toMatchObject({ reasoning: { effort: 'none' }, text: { verbosity: 'high' } });
    expect(third).toMatchObject({ reasoning: { effort: 'medium' }, text: { verbosity: 'low' } });
    expect(fourth).not.toHaveProperty('reasoning');
    expect(fourth).not.toHaveProperty('text');
  });

  it('a prompt template keeps its own settings [JS-11]', async () => {
    const bodies: string[] = [];
    const openAIClient: OpenAIClientLike = {
      baseURL: 'http://localhost/v1',
      post: (_path, { body }) => {
        bodies.push(body);
        return silentClient.post(_path, { body, headers: {} });
      },
    };
    const modelProvider = new OpenAIProvider({ openAIClient });
    const templated = new Agent({ name: 'A', prompt: { promptId: 'pmpt_1' } });
    await expect(run(templated, 'Hello', { modelProvider })).rejects.toThrow(/not to be called/);
    expect(bodies).toEqual(['{"prompt":{"id":"pmpt_1"},"input":[{"role":"user","content":"Hello"}]}']);
  });
});
