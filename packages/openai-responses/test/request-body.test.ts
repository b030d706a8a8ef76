import { type ModelRequest, type ModelSettings, UserError } from '@baton/core/model';
import { aHandoff, aRequest, aTool, objectSchema } from '@baton/openai-shared/test-support';
import { describe, expect, it } from 'vitest';
import { requestBody } from '../src/request/request-body.js';
import { expectValidBody } from './support/request-schema.js';

interface Body {
  readonly [field: string]: unknown;
}

const MODEL = 'gpt-5.6-luna';

/** The body as the wire gets it; checked against OpenAI's schema. */
function bodyOf(
  changes: Partial<ModelRequest> = {},
  { model = MODEL, stream = false }: { model?: string; stream?: boolean } = {},
): Body {
  const text = requestBody(aRequest(changes), {
    model,
    stream,
    memory: { items: new Map(), tools: new Map(), formats: new Map() },
  });
  const body = JSON.parse(text) as Body;
  expectValidBody(body);
  return body;
}

function withSettings(modelSettings: ModelSettings, more: Partial<ModelRequest> = {}): Body {
  return bodyOf({ modelSettings, ...more });
}

it('a request that asks for nothing sends the model and the input, nothing else [RSP-4]', () => {
  expect(bodyOf()).toEqual({ model: MODEL, input: [{ role: 'user', content: 'Hello' }] });
});

describe('each setting has its field [RSP-4, RSP-16]', () => {
  const cases: readonly [string, ModelSettings, Body][] = [
    ['temperature 0', { temperature: 0 }, { temperature: 0 }],
    ['top_p 0', { topP: 0 }, { top_p: 0 }],
    ['truncation', { truncation: 'auto' }, { truncation: 'auto' }],
    ['max_output_tokens', { maxTokens: 100 }, { max_output_tokens: 100 }],
    ['store false', { store: false }, { store: false }],
    [
      'reasoning',
      { reasoning: { effort: 'low', summary: 'auto' } },
      { reasoning: { effort: 'low', summary: 'auto' } },
    ],
    ['verbosity', { text: { verbosity: 'low' } }, { text: { verbosity: 'low' } }],
    [
      'prompt_cache_retention',
      { promptCacheRetention: 'in-memory' },
      { prompt_cache_retention: 'in_memory' },
    ],
    [
      'prompt_cache_options',
      { promptCacheOptions: { mode: 'explicit', ttl: '30m' } },
      { prompt_cache_options: { mode: 'explicit', ttl: '30m' } },
    ],
    [
      'context_management',
      { contextManagement: [{ type: 'compaction', compactThreshold: 2000 }] },
      { context_management: [{ type: 'compaction', compact_threshold: 2000 }] },
    ],
  ];
  it.each(cases)('%s', (_name, settings, fields) => {
    expect(withSettings(settings)).toEqual({ ...bodyOf(), ...fields });
  });
});

it('penalties are not in this API and are not sent [RSP-4]', () => {
  expect(withSettings({ frequencyPenalty: 1, presencePenalty: 1 })).toEqual(bodyOf());
});

it('instructions are sent, also when they are empty', () => {
  expect(bodyOf({ systemInstructions: 'Be brief.' })['instructions']).toBe('Be brief.');
  expect(bodyOf({ systemInstructions: '' })['instructions']).toBe('');
});

it('stream is sent only where a stream is wanted', () => {
  expect(bodyOf({}, { stream: true })['stream']).toBe(true);
  expect(bodyOf()).not.toHaveProperty('stream');
});

it('a conversation kept by the server is named', () => {
  expect(bodyOf({ previousResponseId: 'resp_1' })['previous_response_id']).toBe('resp_1');
  expect(bodyOf({ conversationId: 'conv_1' })['conversation']).toBe('conv_1');
});

describe('tools', () => {
  it('functions keep their order, handoffs follow as functions [RSP-6, RSP-9, RSP-10]', () => {
    const body = bodyOf({
      tools: [aTool('b'), aTool('a', { strict: false })],
      handoffs: [aHandoff('transfer_to_x')],
    });
    expect(body['tools']).toEqual([
      {
        type: 'function',
        name: 'b',
        description: 'Does b.',
        parameters: objectSchema({ city: { type: 'string' } }),
        strict: true,
      },
      {
        type: 'function',
        name: 'a',
        description: 'Does a.',
        parameters: objectSchema({ city: { type: 'string' } }),
        strict: false,
      },
      {
        type: 'function',
        name: 'transfer_to_x',
        description: 'Hands off to transfer_to_x.',
        parameters: objectSchema({}),
        strict: true,
      },
    ]);
  });

  it('a hosted tool goes as its provider data says [RSP-9]', () => {
    const body = bodyOf({
      tools: [
        {
          type: 'hosted_tool',
          name: 'web_search',
          providerData: { type: 'web_search', search_context_size: 'low' },
        },
        {
          type: 'hosted_tool',
          name: 'code_interpreter',
          providerData: { container: { type: 'auto' } },
        },
      ],
    });
    expect(body['tools']).toEqual([
      { type: 'web_search', search_context_size: 'low' },
      { type: 'code_interpreter', container: { type: 'auto' } },
    ]);
  });

  it('the wish for search results goes into include, not into the tool [RSP-9]', () => {
    const body = bodyOf({
      tools: [
        {
          type: 'hosted_tool',
          name: 'file_search',
          providerData: { vector_store_ids: ['vs_1'], include_search_results: true },
        },
      ],
    });
    expect(body['tools']).toEqual([{ type: 'file_search', vector_store_ids: ['vs_1'] }]);
    expect(body['include']).toEqual(['file_search_call.results']);
  });

  it('shell and apply_patch go by their names', () => {
    const body = bodyOf({
      tools: [
        { type: 'shell', name: 'shell' },
        { type: 'apply_patch', name: 'apply_patch' },
      ],
    });
    expect(body['tools']).toEqual([
      { type: 'shell', environment: { type: 'local' } },
      { type: 'apply_patch' },
    ]);
  });

  it('the computer is described to preview models only [RSP-04]', () => {
    const tools = [
      { type: 'computer', name: 'computer', environment: 'browser', dimensions: [800, 600] },
    ] as const;
    expect(bodyOf({ tools })['tools']).toEqual([{ type: 'computer' }]);
    expect(bodyOf({ tools }, { model: 'computer-use-preview' })['tools']).toEqual([
      {
        type: 'computer_use_preview',
        environment: 'browser',
        display_width: 800,
        display_height: 600,
      },
    ]);
  });

  it('two computers are refused [RSP-6, R6]', () => {
    const computer = { type: 'computer', name: 'computer' } as const;
    expect(() => bodyOf({ tools: [computer, computer] })).toThrow(
      new UserError('You can only provide one computer tool. Got 2'),
    );
  });

  it('a tool of an unknown type is refused [RSP-9]', () => {
    const tool = { type: 'telepathy', name: 'x' } as never;
    expect(() => bodyOf({ tools: [tool] })).toThrow(
      new UserError('Unknown tool type: "telepathy"'),
    );
  });

  it('tools of one namespace stand together where the first of them stood [R6]', () => {
    const inCrm = { namespace: 'crm', namespaceDescription: 'Customers.' };
    const body = bodyOf({ tools: [aTool('a', inCrm), aTool('b'), aTool('c', inCrm)] });
    expect(body['tools']).toMatchObject([
      {
        type: 'namespace',
        name: 'crm',
        description: 'Customers.',
        tools: [{ name: 'a' }, { name: 'c' }],
      },
      { type: 'function', name: 'b' },
    ]);
  });

  it('a namespace with two descriptions is refused [R6]', () => {
    const tools = [
      aTool('a', { namespace: 'crm', namespaceDescription: 'One.' }),
      aTool('b', { namespace: 'crm', namespaceDescription: 'Two.' }),
    ];
    expect(() => bodyOf({ tools })).toThrow(UserError);
  });

  it('no tools, no field', () => {
    expect(bodyOf({ tools: [] })).not.toHaveProperty('tools');
  });
});

describe('tool_choice [RSP-7, R5]', () => {
  it.each(['auto', 'required', 'none'])('%s is a rule', (toolChoice) => {
    const body = withSettings({ toolChoice }, { tools: [aTool('a')] });
    expect(body['tool_choice']).toBe(toolChoice);
  });

  it.each([
    'file_search',
    'web_search_preview',
    'image_generation',
    'code_interpreter',
    'shell',
    'apply_patch',
  ])('%s is a type', (toolChoice) => {
    expect(withSettings({ toolChoice })['tool_choice']).toEqual({ type: toolChoice });
  });

  it('every name of the computer means the one that is offered', () => {
    const tools = [{ type: 'computer', name: 'computer' }] as const;
    for (const toolChoice of ['computer', 'computer_use', 'computer_use_preview']) {
      expect(withSettings({ toolChoice }, { tools })['tool_choice']).toEqual({ type: 'computer' });
    }
  });

  it('any other name is a function, a handoff included', () => {
    expect(withSettings({ toolChoice: 'a' }, { tools: [aTool('a')] })['tool_choice']).toEqual({
      type: 'function',
      name: 'a',
    });
    expect(
      withSettings({ toolChoice: 'go' }, { handoffs: [aHandoff('go')] })['tool_choice'],
    ).toEqual({ type: 'function', name: 'go' });
  });

  it('a function that is named like a hosted tool is the function', () => {
    const body = withSettings({ toolChoice: 'shell' }, { tools: [aTool('shell')] });
    expect(body['tool_choice']).toEqual({ type: 'function', name: 'shell' });
  });
});

describe('parallel_tool_calls [RSP-5, R2]', () => {
  const cases: readonly [string, Partial<ModelRequest>, boolean, boolean | undefined][] = [
    ['true with tools', { tools: [aTool('a')] }, true, true],
    ['true with handoffs alone', { handoffs: [aHandoff('x')] }, true, undefined],
    ['true with nothing to call', {}, true, undefined],
    ['false with tools', { tools: [aTool('a')] }, false, false],
    ['false with handoffs alone', { handoffs: [aHandoff('x')] }, false, false],
    ['false with nothing to call', {}, false, undefined],
    ['true with a prompt', { prompt: { promptId: 'pmpt_1' } }, true, true],
  ];
  it.each(cases)('%s', (_name, request, parallelToolCalls, sent) => {
    expect(withSettings({ parallelToolCalls }, request)['parallel_tool_calls']).toBe(sent);
  });
});

describe('prompt template [R2]', () => {
  const prompt = { promptId: 'pmpt_1', version: '3', variables: { city: 'Rome' } };

  it('the template brings its own model', () => {
    expect(bodyOf({ prompt })).toEqual({
      prompt: { id: 'pmpt_1', version: '3', variables: { city: 'Rome' } },
      input: [{ role: 'user', content: 'Hello' }],
    });
  });

  it('a model that the app named is sent', () => {
    expect(bodyOf({ prompt, overridePromptModel: true })['model']).toBe(MODEL);
  });

  it('a variable may be a part of a message', () => {
    const variables = {
      photo: { type: 'input_image', image: 'https://x.example/a.png' },
      file: { type: 'input_file', file: { id: 'file_1' } },
      text: { type: 'input_text', text: 'hi' },
    };
    expect(bodyOf({ prompt: { promptId: 'pmpt_1', variables } })['prompt']).toEqual({
      id: 'pmpt_1',
      variables: {
        photo: { type: 'input_image', image_url: 'https://x.example/a.png', detail: 'auto' },
        file: { type: 'input_file', file_id: 'file_1' },
        text: { type: 'input_text', text: 'hi' },
      },
    });
  });

  it('a tool can not be chosen by name where the template has the tools, a rule can', () => {
    expect(withSettings({ toolChoice: 'a' }, { prompt })).not.toHaveProperty('tool_choice');
    expect(withSettings({ toolChoice: 'required' }, { prompt })['tool_choice']).toBe('required');
  });
});

describe('text [RSP-8, JS-106]', () => {
  const outputType = {
    type: 'json_schema',
    name: 'final_output',
    strict: true,
    schema: objectSchema({ answer: { type: 'string' } }),
  } as const;
  const format = {
    type: 'json_schema',
    name: 'final_output',
    strict: true,
    schema: objectSchema({ answer: { type: 'string' } }),
  };

  it('plain text has no format', () => {
    expect(bodyOf()).not.toHaveProperty('text');
  });

  it('an output type is a JSON schema format', () => {
    expect(bodyOf({ outputType })['text']).toEqual({ format });
  });

  it('format and verbosity go together', () => {
    const body = withSettings({ text: { verbosity: 'low' } }, { outputType });
    expect(body['text']).toEqual({ verbosity: 'low', format });
  });

  it('provider data for text does not cost the format', () => {
    const body = withSettings({ providerData: { text: { verbosity: 'high' } } }, { outputType });
    expect(body['text']).toEqual({ verbosity: 'high', format });
  });
});

describe('provider data of the settings [RSP-02, RSP-18]', () => {
  it('goes into the body as it is, nested fields included', () => {
    const providerData = { metadata: { tenant: 'a' }, service_tier: 'flex', user: undefined };
    expect(withSettings({ providerData })).toEqual({
      ...bodyOf(),
      metadata: { tenant: 'a' },
      service_tier: 'flex',
    });
  });

  it('has the last word over what Baton would send', () => {
    const body = withSettings(
      { temperature: 1, providerData: { temperature: 0.5, tools: [], input: 'raw' } },
      { tools: [aTool('a')] },
    );
    expect(body).toMatchObject({ temperature: 0.5, tools: [], input: 'raw' });
  });

  it('adds to reasoning field by field', () => {
    const body = withSettings({
      reasoning: { effort: 'low' },
      providerData: { reasoning: { summary: 'auto' } },
    });
    expect(body['reasoning']).toEqual({ effort: 'low', summary: 'auto' });
  });

  it('adds to include, once each [R3]', () => {
    const body = withSettings(
      { providerData: { include: ['reasoning.encrypted_content', 'file_search_call.results'] } },
      {
        tools: [
          {
            type: 'hosted_tool',
            name: 'file_search',
            providerData: { vector_store_ids: ['vs_1'], include_search_results: true },
          },
        ],
      },
    );
    expect(body['include']).toEqual(['file_search_call.results', 'reasoning.encrypted_content']);
  });

  it('top_logprobs asks for the logprobs to be included [R3]', () => {
    const body = withSettings({ providerData: { top_logprobs: 3 } });
    expect(body).toMatchObject({ top_logprobs: 3, include: ['message.output_text.logprobs'] });
  });
});
