import { UserError } from '@baton/core/model';
import { aRequest } from '@baton/openai-shared/test-support';
import { AzureOpenAI } from 'openai';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  type ChatPresetName,
  chatPresets,
  type OpenAIClientLike,
  openAICompatible,
  OpenAIChatCompletionsModel,
  OpenAIChatCompletionsProvider,
} from '../src/index.js';
import { withServer } from './support/with-server.js';

const client: OpenAIClientLike = {
  baseURL: 'http://localhost/v1',
  post: () => ({ asResponse: () => Promise.reject(new Error('not to be called')) }),
};
const NAMES = Object.keys(chatPresets) as ChatPresetName[];
const KEYS = [...new Set(NAMES.flatMap((name) => chatPresets[name].apiKeyEnv))];

beforeEach(() => {
  for (const name of [
    ...KEYS,
    'OPENAI_BASE_URL',
    'OPENAI_DEFAULT_MODEL',
    'AZURE_OPENAI_ENDPOINT',
  ]) {
    vi.stubEnv(name, undefined);
  }
});

afterEach(() => {
  vi.unstubAllEnvs();
});

/** A `fetch` that sees where a request goes and with what, and answers it. */
function watch() {
  const seen: {
    readonly url: string;
    readonly headers: Headers;
    readonly body: Record<string, unknown>;
  }[] = [];
  const fetch: typeof globalThis.fetch = (input, init) => {
    const body = JSON.parse(String(init?.body)) as Record<string, unknown>;
    seen.push({ url: String(input), headers: new Headers(init?.headers), body });
    const message = { role: 'assistant', content: 'Hello.' };
    const choices = [{ index: 0, message, finish_reason: 'stop' }];
    return Promise.resolve(Response.json({ id: 'c', object: 'chat.completion', choices }));
  };
  return { seen, fetch };
}

describe('a model says where it is asked', () => {
  it.each([
    ['by a client', new OpenAIChatCompletionsProvider({ client }), 'http://localhost/v1'],
    ['by an address', new OpenAIChatCompletionsProvider({ baseURL: 'http://localhost:1/v1' }), 'http://localhost:1/v1'],
    ['by a preset', openAICompatible('groq'), 'https://api.groq.com/openai/v1'],
    ['by a preset with an address', openAICompatible('groq', { baseURL: 'http://localhost:2/v1' }), 'http://localhost:2/v1'],
    ['by a preset that has none', openAICompatible('azure'), undefined],
  ])('%s', (_how, provider, baseURL) => {
    expect(provider.getModel('m').baseURL).toBe(baseURL);
  });
});

describe('a provider of Chat Completions models', () => {
  it('needs no key before the first call, and then says so [PR-1, P2]', async () => {
    const model = new OpenAIChatCompletionsProvider().getModel('m');
    expect(model.name).toBe('m');
    await expect(model.getResponse(aRequest())).rejects.toThrow('No API key for OpenAI');
  });

  it('gives the same model for the same name and the same strictness [P3]', () => {
    const provider = new OpenAIChatCompletionsProvider({ apiKey: 'sk-test' });
    expect(provider.getModel('a')).toBe(provider.getModel('a'));
    expect(provider.getModel('a')).not.toBe(provider.getModel('b'));
    const strict = provider.getModel('a', { strictFeatureValidation: true });
    expect(strict).not.toBe(provider.getModel('a'));
    expect(strict).toBe(provider.getModel('a', { strictFeatureValidation: true }));
  });

  it('asks a model with the settings that fit it, however it was found [P5]', async () => {
    const server = await withServer({ reply: () => 'Hello.' });
    const provider = new OpenAIChatCompletionsProvider({ apiKey: 'sk-test', baseURL: server.url });
    for (const name of [undefined, 'gpt-5.2-pro', 'gpt-4.1'])
      await provider.getModel(name).getResponse(aRequest());
    const settings = server.requests.map(({ body }) => [body['reasoning_effort'], body['verbosity']]);
    expect(settings).toEqual([
      ['none', 'low'],
      ['medium', 'low'],
      [undefined, undefined],
    ]);
  });

  it('has the default model where none is named [PR-2, P5]', () => {
    expect(new OpenAIChatCompletionsProvider().getModel().name).toBe('gpt-5.6-luna');
    expect(new OpenAIChatCompletionsProvider({ defaultModel: 'mine' }).getModel().name).toBe(
      'mine',
    );
    vi.stubEnv('OPENAI_DEFAULT_MODEL', 'GPT-9');
    expect(new OpenAIChatCompletionsProvider().getModel().name).toBe('gpt-9');
    expect(() => new OpenAIChatCompletionsProvider({ defaultModel: null }).getModel()).toThrow(
      UserError,
    );
  });

  it.each(['client', 'openAIClient'] as const)(
    '`%s` together with options is refused, naming them [PR-1, P1]',
    (name) => {
      const make = (): unknown =>
        new OpenAIChatCompletionsProvider({ [name]: client, apiKey: '', baseURL: 'http://x' });
      expect(make).toThrow(UserError);
      expect(make).toThrow(new RegExp(`\`${name}\` together with \`apiKey\`, \`baseURL\``));
      const others = { strictFeatureValidation: true, dialect: {} };
      expect(() => new OpenAIChatCompletionsProvider({ [name]: client, ...others })).not.toThrow();
    },
  );

  it('options reach the server: key, organization, project, headers [PR-1]', async () => {
    const server = await withServer({ script: ['Hello'] });
    const provider = new OpenAIChatCompletionsProvider({
      apiKey: 'sk-test',
      baseURL: server.url,
      organization: 'org-1',
      project: 'proj-1',
      defaultHeaders: { 'x-tenant': 'a' },
    });
    await provider.getModel('m').getResponse(aRequest());
    expect(server.requests[0]?.headers).toMatchObject({
      'openai-organization': 'org-1',
      'openai-project': 'proj-1',
      'x-tenant': 'a',
    });
  });

  it('a query of a call is added to its address', async () => {
    const { seen, fetch } = watch();
    const provider = new OpenAIChatCompletionsProvider({
      apiKey: 'sk-test',
      baseURL: 'http://x/v1',
      fetch,
    });
    await provider
      .getModel('m')
      .getResponse(aRequest({ modelSettings: { extraQuery: { version: '2' } } }));
    expect(seen[0]?.url).toBe('http://x/v1/chat/completions?version=2');
  });

  it('nobody but OpenAI is told who pays there', async () => {
    vi.stubEnv('OPENAI_ORG_ID', 'org-1');
    vi.stubEnv('OPENAI_PROJECT_ID', 'proj-1');
    const { seen, fetch } = watch();
    const options = { apiKey: 'sk-test', fetch };
    await new OpenAIChatCompletionsProvider({ ...options, baseURL: 'http://x/v1' })
      .getModel('m')
      .getResponse(aRequest());
    await new OpenAIChatCompletionsProvider(options).getModel('m').getResponse(aRequest());
    expect(seen.map(({ headers }) => headers.get('openai-organization'))).toEqual([null, 'org-1']);
    expect(seen.map(({ headers }) => headers.get('openai-project'))).toEqual([null, 'proj-1']);
  });
});

it("a client for Azure finds the deployment by the model's name", async () => {
  const { seen, fetch } = watch();
  const azure = new AzureOpenAI({
    apiKey: 'azure-key',
    endpoint: 'https://mine.openai.azure.com',
    apiVersion: '2026-01-01-preview',
    fetch,
  });
  const response = await new OpenAIChatCompletionsModel(azure, 'my-deployment').getResponse(
    aRequest(),
  );
  expect(response.output).toMatchObject([{ content: [{ text: 'Hello.' }] }]);
  expect(seen[0]?.url).toBe(
    'https://mine.openai.azure.com/openai/deployments/my-deployment/chat/completions?api-version=2026-01-01-preview',
  );
  expect(seen[0]?.headers.get('api-key')).toBe('azure-key');
  expect(seen[0]?.body['messages']).toEqual([{ role: 'user', content: 'Hello' }]);
});

describe('a preset', () => {
  it.each(NAMES)('%s says where it is and where that is documented', (name) => {
    const { baseURL, baseURLEnv, docs } = chatPresets[name];
    expect(baseURL ?? baseURLEnv?.name).toBeTruthy();
    expect(new URL(docs).protocol).toBe('https:');
  });

  it.each(NAMES)("%s sends its own key to its own address, and never OpenAI's", async (name) => {
    const { baseURL, baseURLEnv, apiKeyEnv, apiKeyHeader } = chatPresets[name];
    if (name !== 'openai') vi.stubEnv('OPENAI_API_KEY', 'sk-openai');
    if (baseURLEnv !== undefined) vi.stubEnv(baseURLEnv.name, 'https://mine.example.com/');
    for (const variable of apiKeyEnv) vi.stubEnv(variable, 'own-key');
    const { seen, fetch } = watch();
    await openAICompatible(name, { fetch }).getModel('m').getResponse(aRequest());
    const address = baseURL ?? `https://mine.example.com${baseURLEnv?.path}`;
    expect(seen[0]?.url).toBe(`${address}/chat/completions`);
    const sent = apiKeyHeader === undefined ? 'authorization' : apiKeyHeader;
    const value = apiKeyEnv.length === 0 ? 'no-key' : 'own-key';
    expect(seen[0]?.headers.get(sent)).toBe(apiKeyHeader === undefined ? `Bearer ${value}` : value);
    expect(JSON.stringify([...(seen[0]?.headers ?? [])])).not.toContain('sk-openai');
    if (apiKeyHeader !== undefined) expect(seen[0]?.headers.get('authorization')).toBeNull();
  });

  it.each(NAMES.filter((name) => chatPresets[name].baseURL?.startsWith('https')))(
    '%s says with the first call which key it wants [PR-1]',
    async (name) => {
      vi.stubEnv('OPENAI_API_KEY', name === 'openai' ? undefined : 'sk-openai');
      const model = openAICompatible(name).getModel('m');
      const { title, apiKeyEnv } = chatPresets[name];
      await expect(model.getResponse(aRequest())).rejects.toThrow(
        `No API key for ${title}: set the environment variable ${apiKeyEnv.join(' or ')}`,
      );
    },
  );

  it('without an address of its own says what to do', async () => {
    const model = openAICompatible('azure', { apiKey: 'k' }).getModel('m');
    await expect(model.getResponse(aRequest())).rejects.toThrow(
      'pass `baseURL`, or set AZURE_OPENAI_ENDPOINT',
    );
  });

  it('that is set later than the provider was made is found with the next call', async () => {
    const { fetch } = watch();
    const model = openAICompatible('groq', { fetch }).getModel('m');
    await expect(model.getResponse(aRequest())).rejects.toThrow('GROQ_API_KEY');
    vi.stubEnv('GROQ_API_KEY', 'own-key');
    await expect(model.getResponse(aRequest())).resolves.toBeDefined();
  });

  it('gives way to options, and its dialect field by field', async () => {
    const { seen, fetch } = watch();
    const provider = openAICompatible('deepseek', {
      apiKey: 'mine',
      baseURL: 'http://localhost:9/v1',
      fetch,
      dialect: { maxTokens: 'max_completion_tokens' },
      strictFeatureValidation: true,
    });
    const modelSettings = { maxTokens: 5, reasoning: { effort: 'low' } } as const;
    await provider.getModel('m').getResponse(aRequest({ modelSettings }));
    expect(seen[0]?.url).toBe('http://localhost:9/v1/chat/completions');
    expect(seen[0]?.headers.get('authorization')).toBe('Bearer mine');
    expect(seen[0]?.body).toMatchObject({ max_completion_tokens: 5 });
    expect(seen[0]?.body).not.toHaveProperty('reasoning_effort');
    expect(provider.getModel('m').strictFeatureValidation).toBe(true);
  });

  it('may be of your own', async () => {
    const { seen, fetch } = watch();
    const preset = { ...chatPresets.vllm, baseURL: 'http://gpu:8000/v1', apiKeyEnv: [] };
    await openAICompatible(preset, { fetch }).getModel('m').getResponse(aRequest());
    expect(seen[0]?.url).toBe('http://gpu:8000/v1/chat/completions');
  });

  it('that nobody knows is refused, and those that are known are named', () => {
    expect(() => openAICompatible('toString' as 'groq')).toThrow(
      /no preset "toString".*openai, azure, ollama/,
    );
  });

  it('has a default model only at OpenAI', () => {
    expect(openAICompatible('openai').getModel().name).toBe('gpt-5.6-luna');
    expect(() => openAICompatible('ollama').getModel()).toThrow('No model is named');
    expect(openAICompatible('ollama', { defaultModel: 'qwen3' }).getModel().name).toBe('qwen3');
  });
});
