import type {
  JsonSchemaDefinition,
  ModelRequest,
  ModelSettings,
  SerializedTool,
} from '@baton/core/model';
import {
  aHandoff,
  aRequest,
  aTool,
  collect,
  objectSchema,
} from '@baton/openai-shared/test-support';
import { describe, expect, it } from 'vitest';
import type { OpenAIChatCompletionsModelOptions } from '../src/index.js';
import { OpenAIChatCompletionsProvider, toolToOpenAI } from '../src/index.js';
import { modelOf, withServer } from './support/with-server.js';

interface Asked extends OpenAIChatCompletionsModelOptions {
  readonly model?: string;
  readonly stream?: boolean;
}

/** What the server gets for a request; OpenAI has to take it. */
async function bodyOf(
  changes: Partial<ModelRequest>,
  { model: name, stream, ...options }: Asked = {},
) {
  const server = await withServer({ reply: () => 'ok' });
  const model = modelOf(server, name, options);
  if (stream === true) await collect(model, aRequest(changes));
  else await model.getResponse(aRequest(changes));
  return server.requests[0]?.body ?? {};
}

const withSettings = (modelSettings: ModelSettings, asked?: Asked) =>
  bodyOf({ modelSettings }, asked);

const ANSWER: JsonSchemaDefinition = {
  type: 'json_schema',
  name: 'final_output',
  strict: true,
  schema: objectSchema({ city: { type: 'string' } }),
};

describe('the body of a request', () => {
  it('has model and messages, and nothing that nobody asked for [CC-3, RSP-02, JS-111]', async () => {
    expect(await bodyOf({})).toEqual({
      model: 'gpt-4.1',
      messages: [{ role: 'user', content: 'Hello' }],
    });
  });

  it('has instructions as its first message, where there are some [CC-3, C14]', async () => {
    expect((await bodyOf({ systemInstructions: 'Be brief.' }))['messages']).toEqual([
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'Hello' },
    ]);
    expect((await bodyOf({ systemInstructions: '' }))['messages']).toHaveLength(1);
  });

  it('asks for usage where it is streamed, and only there [CC-3, C14]', async () => {
    const body = await bodyOf({}, { stream: true });
    expect(body).toMatchObject({ stream: true, stream_options: { include_usage: true } });
    expect(await bodyOf({}, { stream: true, dialect: { streamUsage: false } })).not.toHaveProperty(
      'stream_options',
    );
  });

  it('has the settings under their names; 0 and false are values [CC-3, MS-10]', async () => {
    const body = await withSettings({
      temperature: 0,
      topP: 0.5,
      frequencyPenalty: 0,
      presencePenalty: -1,
      maxTokens: 100,
      store: false,
      promptCacheRetention: 'in-memory',
      reasoning: { effort: 'none' },
      text: { verbosity: 'low' },
      truncation: 'auto',
    });
    expect(body).toMatchObject({
      temperature: 0,
      top_p: 0.5,
      frequency_penalty: 0,
      presence_penalty: -1,
      max_tokens: 100,
      store: false,
      prompt_cache_retention: 'in_memory',
      reasoning_effort: 'none',
      verbosity: 'low',
    });
    expect(body).not.toHaveProperty('truncation');
  });

  it.each([
    ['gpt-4.1', 'max_tokens'],
    ['o3', 'max_completion_tokens'],
    ['gpt-5.4', 'max_completion_tokens'],
    ['gpt-10', 'max_completion_tokens'],
    ['qwen3', 'max_tokens'],
  ])('limits the tokens of %s by %s', async (model, field) => {
    expect(await withSettings({ maxTokens: 100 }, { model })).toHaveProperty(field, 100);
    const dialect = { maxTokens: 'max_completion_tokens' } as const;
    expect(await withSettings({ maxTokens: 100 }, { model, dialect })).toHaveProperty(
      'max_completion_tokens',
      100,
    );
  });

  it('says how hard to think as the endpoint wants to hear it', async () => {
    const reasoning = { effort: 'high' } as const;
    expect(
      await withSettings({ reasoning }, { dialect: { reasoning: 'none' } }),
    ).not.toHaveProperty('reasoning_effort');
    const server = await withServer({ reply: () => 'ok', compatible: { fields: ['reasoning'] } });
    const model = modelOf(server, 'm', { dialect: { reasoning: 'reasoning' } });
    await model.getResponse(aRequest({ modelSettings: { reasoning } }));
    expect(server.requests[0]?.body).toMatchObject({ reasoning: { effort: 'high' } });
  });

  it('has what the app puts into it, which wins over everything else [RSP-18, RSP-16]', async () => {
    const providerData = {
      seed: 7,
      stop: ['END'],
      prediction: { type: 'content', content: 'So' },
      temperature: 1,
      metadata: { a: 'b' },
      stream_options: { include_usage: false, include_obfuscation: false },
    };
    expect(await withSettings({ temperature: 0, providerData }, { stream: true })).toMatchObject(
      providerData,
    );
    const messages = [{ role: 'user', content: 'Other' }];
    expect(await withSettings({ providerData: { messages } })).toMatchObject({ messages });
  });

  it('turns log probabilities on where some are asked for [C14, CHT-15]', async () => {
    expect(await withSettings({ providerData: { top_logprobs: 2 } })).toMatchObject({
      logprobs: true,
      top_logprobs: 2,
    });
    expect(await withSettings({ providerData: { top_logprobs: 0, logprobs: true } })).toMatchObject(
      { logprobs: true },
    );
    expect(await withSettings({})).not.toHaveProperty('logprobs');
  });
});

describe('headers and query', () => {
  it("of a call go with its request, and win over the client's", async () => {
    const server = await withServer({ reply: () => 'ok' });
    const modelSettings = {
      extraHeaders: { 'x-tenant': 'a', 'user-agent': 'mine' },
      extraQuery: { version: '2' },
    };
    await modelOf(server).getResponse(aRequest({ modelSettings }));
    expect(server.requests[0]?.headers).toMatchObject({ 'x-tenant': 'a', 'user-agent': 'mine' });
    expect(server.requests[0]?.body).not.toHaveProperty('extraHeaders');
  });

  it('say who is calling [CC-3]', async () => {
    const server = await withServer({ reply: () => 'ok' });
    await modelOf(server).getResponse(aRequest());
    expect(server.requests[0]?.headers['user-agent']).toMatch(/^Agents\/TypeScript /);
  });
});

describe('tools', () => {
  it('are functions, tools first and handoffs behind, strict or not as they say [CC-16, C13, CHT-21]', async () => {
    const body = await bodyOf({
      tools: [aTool('a'), aTool('b', { strict: false })],
      handoffs: [aHandoff('transfer')],
    });
    expect(body['tools']).toEqual([
      {
        type: 'function',
        function: { ...described('a', { city: { type: 'string' } }), strict: true },
      },
      {
        type: 'function',
        function: { ...described('b', { city: { type: 'string' } }), strict: false },
      },
      {
        type: 'function',
        function: {
          ...described('transfer', {}),
          description: 'Hands off to transfer.',
          strict: true,
        },
      },
    ]);
    const [first] = (await bodyOf({ tools: [aTool('a')] }, { dialect: { strictTools: false } }))[
      'tools'
    ] as [unknown];
    expect(first).toEqual({
      type: 'function',
      function: described('a', { city: { type: 'string' } }),
    });
  });

  it('are left out where there are none', async () => {
    expect(await bodyOf({})).not.toHaveProperty('tools');
  });

  const HOSTED: readonly (readonly [SerializedTool, string])[] = [
    [{ type: 'hosted_tool', name: 'web_search' }, 'web_search'],
    [{ type: 'computer', name: 'computer_use' }, 'computer'],
    [{ type: 'shell', name: 'shell' }, 'shell'],
    [{ type: 'apply_patch', name: 'apply_patch' }, 'apply_patch'],
  ];

  it.each(HOSTED)(
    'that a provider runs are refused by name, strict or not: %j [CC-16, TL-13]',
    async (tool, name) => {
      const message = `Hosted tools are not supported with the ChatCompletions API. Got tool type: ${name}.`;
      for (const strictFeatureValidation of [false, true]) {
        const server = await withServer();
        const model = modelOf(server, 'm', { strictFeatureValidation });
        await expect(model.getResponse(aRequest({ tools: [tool] }))).rejects.toThrow(message);
        await expect(collect(model, aRequest({ tools: [tool] }))).rejects.toThrow(message);
        expect(server.requests).toEqual([]);
      }
      expect(() => toolToOpenAI(tool)).toThrow(message);
    },
  );

  it.each([
    [{ namespace: 'crm', namespaceDescription: 'Customers.' }, 'toolNamespace()'],
    [{ deferLoading: true }, 'deferLoading'],
    [{ providerData: { type: 'custom' } }, 'custom tools'],
    [{ providerData: { allowed_callers: ['programmatic'] } }, 'allowed_callers'],
  ])('with features of the Responses API are refused: %j [CHT-04]', async (more, feature) => {
    const model = modelOf({ url: 'http://localhost:1/v1' });
    const refused = model.getResponse(aRequest({ tools: [aTool('a', more)] }));
    await expect(refused).rejects.toThrow(
      `The following function-tool features are only supported with OpenAI Responses models: ${feature}`,
    );
  });

  function described(name: string, properties: Readonly<Record<string, unknown>>) {
    return { name, description: `Does ${name}.`, parameters: objectSchema(properties) };
  }
});

describe('the tool choice', () => {
  const choose = (toolChoice: string, tools = [aTool('a')]) =>
    bodyOf({ tools, handoffs: [], modelSettings: { toolChoice } });

  it('is a rule, or a function by its name [CC-15]', async () => {
    expect(await choose('auto')).toHaveProperty('tool_choice', 'auto');
    expect(await choose('none')).toHaveProperty('tool_choice', 'none');
    expect(await choose('required')).toHaveProperty('tool_choice', 'required');
    expect(await choose('a')).toHaveProperty('tool_choice', {
      type: 'function',
      function: { name: 'a' },
    });
    const handoff = await bodyOf({
      handoffs: [aHandoff('transfer')],
      modelSettings: { toolChoice: 'transfer' },
    });
    expect(handoff).toHaveProperty('tool_choice', {
      type: 'function',
      function: { name: 'transfer' },
    });
  });

  it('that forces nothing is left out without tools', async () => {
    expect(await choose('auto', [])).not.toHaveProperty('tool_choice');
    expect(await choose('none', [])).not.toHaveProperty('tool_choice');
  });

  it('of what is not there is refused', async () => {
    await expect(choose('required', [])).rejects.toThrow('there are no tools and no handoffs');
    await expect(choose('web_search')).rejects.toThrow(
      /"web_search" names no tool and no handoff of this request \(a\)/,
    );
    await expect(choose('b', [])).rejects.toThrow(/there are none/);
  });
});

describe('parallel tool calls', () => {
  it.each([true, false])(
    'are allowed or not where there are tools or handoffs: %s [CC-3, C14, CHT-14]',
    async (parallelToolCalls) => {
      const modelSettings = { parallelToolCalls };
      const withTools = await bodyOf({ tools: [aTool('a')], modelSettings });
      expect(withTools).toHaveProperty('parallel_tool_calls', parallelToolCalls);
      const withHandoffs = await bodyOf({ handoffs: [aHandoff('transfer')], modelSettings });
      expect(withHandoffs).toHaveProperty('parallel_tool_calls', parallelToolCalls);
      expect(await bodyOf({ modelSettings })).not.toHaveProperty('parallel_tool_calls');
      const unknown = await bodyOf(
        { tools: [aTool('a')], modelSettings },
        { dialect: { parallelToolCalls: false } },
      );
      expect(unknown).not.toHaveProperty('parallel_tool_calls');
    },
  );

  it("are nobody's business where nothing is said [CC-3]", async () => {
    expect(await bodyOf({ tools: [aTool('a')] })).not.toHaveProperty('parallel_tool_calls');
  });
});

describe('the output type', () => {
  const outputType = ANSWER;
  const instructionsIn = (body: Readonly<Record<string, unknown>>) => {
    const [first] = body['messages'] as readonly {
      readonly role: string;
      readonly content: string;
    }[];
    return first?.role === 'system' ? first.content : '';
  };

  it('is a JSON schema; plain text is not mentioned [CC-15, C13, JS-111]', async () => {
    const { type, ...json_schema } = ANSWER;
    expect(await bodyOf({ outputType })).toHaveProperty('response_format', { type, json_schema });
    expect(await bodyOf({})).not.toHaveProperty('response_format');
  });

  it('is JSON with the schema in words where the endpoint knows no schemas [CC-20]', async () => {
    const dialect = { responseFormat: 'json_object' } as const;
    const body = await bodyOf({ outputType, systemInstructions: 'Be brief.' }, { dialect });
    expect(body['response_format']).toEqual({ type: 'json_object' });
    expect(instructionsIn(body)).toMatch(/^Be brief\.\n\n.*JSON schema:\n/s);
    expect(instructionsIn(body)).toContain(JSON.stringify(ANSWER.schema));
  });

  it('is words alone where it knows neither, also without instructions [CC-20]', async () => {
    const body = await bodyOf({ outputType }, { dialect: { responseFormat: 'prompt' } });
    expect(body).not.toHaveProperty('response_format');
    expect(instructionsIn(body)).toContain(JSON.stringify(ANSWER.schema));
  });

  it('is asked for by the least that holds for the request', async () => {
    const dialect = {
      responseFormatWithTools: 'json_object',
      responseFormatStreamed: 'prompt',
    } as const;
    const tools = [aTool('a')];
    expect(await bodyOf({ outputType }, { dialect })).toMatchObject({
      response_format: { type: 'json_schema' },
    });
    expect(await bodyOf({ outputType, tools }, { dialect })).toMatchObject({
      response_format: { type: 'json_object' },
    });
    const streamed = await bodyOf({ outputType, tools }, { dialect, stream: true });
    expect(streamed).not.toHaveProperty('response_format');
  });
});

describe('a default model', () => {
  const asked = async (modelSettings: ModelSettings, tools: readonly SerializedTool[] = []) => {
    const server = await withServer({ reply: () => 'ok' });
    const provider = new OpenAIChatCompletionsProvider({ apiKey: 'sk-test', baseURL: server.url });
    await provider.getModel().getResponse(aRequest({ modelSettings, tools }));
    return server.requests[0]?.body ?? {};
  };

  it('is asked with the settings that fit it where nothing is set [RSP-07, P5]', async () => {
    expect(await asked({})).toMatchObject({
      model: 'gpt-5.6-luna',
      reasoning_effort: 'none',
      verbosity: 'low',
    });
    expect(
      await asked({ reasoning: { effort: 'high' }, text: { verbosity: 'high' } }),
    ).toMatchObject({
      reasoning_effort: 'high',
      verbosity: 'high',
    });
    const own = { reasoning_effort: 'low', verbosity: 'medium' };
    expect(await asked({ providerData: own })).toMatchObject(own);
  });

  it('has no effort that nobody asked for beside tools, which it refuses together', async () => {
    expect(await asked({}, [aTool('a')])).not.toHaveProperty('reasoning_effort');
    expect(await asked({ reasoning: { effort: 'low' } }, [aTool('a')])).toHaveProperty(
      'reasoning_effort',
      'low',
    );
  });
});
