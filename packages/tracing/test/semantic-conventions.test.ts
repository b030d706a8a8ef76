import { readFileSync } from 'node:fs';
import * as official from '@opentelemetry/semantic-conventions/incubating';
import { describe, expect, it } from 'vitest';
import type { SpanData } from '@baton/core';
import { describeSpan } from '../src/genai/describe-span.js';
import { inputMessages, outputMessages } from '../src/genai/messages.js';
import { modelServer } from '../src/genai/provider-name.js';
import {
  ATTRIBUTE,
  BATON_ATTRIBUTE,
  MCP_METHOD,
  METRIC,
  OPERATION,
  SEMANTIC_CONVENTIONS_VERSION,
} from '../src/semantic-conventions.js';
import { spanRecord } from './support/records.js';

const names = new Set<unknown>(Object.values(official));

describe('the table of names', () => {
  it('is of the version that it says', () => {
    const installed = new URL(
      '../node_modules/@opentelemetry/semantic-conventions/package.json',
      import.meta.url,
    );
    expect(JSON.parse(readFileSync(installed, 'utf8'))).toMatchObject({
      version: SEMANTIC_CONVENTIONS_VERSION,
    });
  });

  it.each(Object.values(ATTRIBUTE))('has the attribute %s of the official registry', (name) => {
    expect(names).toContain(name);
  });

  it.each([
    OPERATION.chat,
    OPERATION.executeTool,
    OPERATION.invokeAgent,
    OPERATION.invokeWorkflow,
    ...Object.values(MCP_METHOD),
  ])('has the value %s of the official registry', (value) => {
    expect(names).toContain(value);
  });

  it.each(Object.values(METRIC).map(({ name }) => name))(
    'has the metric %s of the official registry',
    (name) => {
      expect(names).toContain(name);
    },
  );

  it("keeps Baton's own attributes out of the official namespaces", () => {
    expect(Object.values(BATON_ATTRIBUTE).every((name) => name.startsWith('baton.'))).toBe(true);
  });
});

describe('a span in the words of OpenTelemetry', () => {
  const told = (data: SpanData, providerName?: string): readonly [string, string, object] => {
    const { name, kind, attributes } = describeSpan(spanRecord(data), { providerName });
    return [name, kind, attributes];
  };

  it('of a run is invoke_workflow, with sums by names that no backend adds up again', () => {
    const usage = {
      requests: 2,
      input_tokens: 10,
      output_tokens: 5,
      total_tokens: 15,
      cached_input_tokens: 0,
      cache_write_input_tokens: 0,
    };
    expect(told({ type: 'task', name: 'Support', usage })).toEqual([
      'invoke_workflow Support',
      'internal',
      {
        'gen_ai.operation.name': 'invoke_workflow',
        'gen_ai.workflow.name': 'Support',
        'baton.usage.requests': 2,
        'baton.usage.input_tokens': 10,
        'baton.usage.output_tokens': 5,
      },
    ]);
  });

  it('of an agent is invoke_agent', () => {
    expect(
      told({
        type: 'agent',
        name: 'Guide',
        tools: ['a'],
        handoffs: ['Expert'],
        output_type: 'Answer',
      }),
    ).toEqual([
      'invoke_agent Guide',
      'internal',
      {
        'gen_ai.operation.name': 'invoke_agent',
        'gen_ai.agent.name': 'Guide',
        'gen_ai.output.type': 'json',
        'baton.agent.tools': ['a'],
        'baton.agent.handoffs': ['Expert'],
      },
    ]);
  });

  it('of a model call is chat, by a client, with the settings it was asked with', () => {
    const data: SpanData = {
      type: 'generation',
      model: 'claude-test',
      model_config: {
        base_url: 'https://api.anthropic.com/v1',
        temperature: 0,
        topP: 0.9,
        top_k: 40,
        maxTokens: 64,
        frequencyPenalty: 0.1,
        presence_penalty: 0.2,
        seed: 7,
        stop: ['END'],
        toolChoice: 'auto',
      },
    };
    expect(told(data)).toEqual([
      'chat claude-test',
      'client',
      {
        'gen_ai.operation.name': 'chat',
        'gen_ai.provider.name': 'anthropic',
        'gen_ai.request.model': 'claude-test',
        'server.address': 'api.anthropic.com',
        'server.port': 443,
        'gen_ai.request.temperature': 0,
        'gen_ai.request.top_p': 0.9,
        'gen_ai.request.top_k': 40,
        'gen_ai.request.max_tokens': 64,
        'gen_ai.request.frequency_penalty': 0.1,
        'gen_ai.request.presence_penalty': 0.2,
        'gen_ai.request.seed': 7,
        'gen_ai.request.stop_sequences': ['END'],
      },
    ]);
  });

  it('of a model call of a run has the provider and server that its model says it asks', () => {
    expect(told({ type: 'generation', _base_url: 'https://api.groq.com/openai/v1' })).toEqual([
      'chat',
      'client',
      {
        'gen_ai.operation.name': 'chat',
        'gen_ai.provider.name': 'groq',
        'server.address': 'api.groq.com',
        'server.port': 443,
      },
    ]);
  });

  it('of a model call has the provider that the app names, where nothing else tells', () => {
    expect(told({ type: 'generation' }, 'groq')).toEqual([
      'chat',
      'client',
      { 'gen_ai.operation.name': 'chat', 'gen_ai.provider.name': 'groq' },
    ]);
  });

  it('of a response is chat, with its model and tokens and nothing that it says', () => {
    const data: SpanData = {
      type: 'response',
      response_id: 'resp_1',
      _input: 'private',
      _response: {
        model: 'gpt-test',
        usage: { input_tokens: 3, output_tokens: 4, input_tokens_details: { cached_tokens: 1 } },
        output: ['private'],
      },
    };
    expect(told(data)).toEqual([
      'chat gpt-test',
      'client',
      {
        'gen_ai.operation.name': 'chat',
        'gen_ai.provider.name': 'openai',
        'gen_ai.request.model': 'gpt-test',
        'gen_ai.response.model': 'gpt-test',
        'gen_ai.response.id': 'resp_1',
        'gen_ai.usage.input_tokens': 3,
        'gen_ai.usage.output_tokens': 4,
        'gen_ai.usage.cache_read.input_tokens': 1,
      },
    ]);
  });

  it("of an MCP server's tool is execute_tool, with the method and the server", () => {
    expect(told({ type: 'function', name: 'read_file', mcp_data: '{"server":"files"}' })).toEqual([
      'execute_tool read_file',
      'internal',
      {
        'gen_ai.operation.name': 'execute_tool',
        'gen_ai.tool.name': 'read_file',
        'gen_ai.tool.type': 'function',
        'mcp.method.name': 'tools/call',
        'baton.mcp.server': 'files',
      },
    ]);
  });

  it('of a list of tools is the method of MCP, by a client', () => {
    expect(told({ type: 'mcp_tools', server: 'files', result: ['read_file'] })).toEqual([
      'tools/list',
      'client',
      {
        'mcp.method.name': 'tools/list',
        'baton.mcp.server': 'files',
        'baton.mcp.tools': ['read_file'],
      },
    ]);
  });

  it('of a transcription has its text, and no audio', () => {
    const input = { data: 'AAAA', format: 'pcm' };
    expect(told({ type: 'transcription', input, output: 'Hello', model: 'ears' })).toEqual([
      'transcription ears',
      'client',
      {
        'gen_ai.operation.name': 'transcription',
        'gen_ai.provider.name': 'openai',
        'gen_ai.request.model': 'ears',
        'gen_ai.output.type': 'text',
        'baton.transcription.output': 'Hello',
      },
    ]);
  });

  it('of speech has its text and when the first audio came, and no audio', () => {
    const output = { data: 'AAAA', format: 'pcm' };
    expect(
      told({
        type: 'speech',
        input: 'Hello',
        output,
        model: 'mouth',
        first_content_at: '2026-01-01T00:00:00Z',
      }),
    ).toEqual([
      'speech mouth',
      'client',
      {
        'gen_ai.operation.name': 'speech',
        'gen_ai.provider.name': 'openai',
        'gen_ai.request.model': 'mouth',
        'gen_ai.output.type': 'speech',
        'baton.speech.input': 'Hello',
        'baton.speech.first_content_at': '2026-01-01T00:00:00Z',
      },
    ]);
    expect(told({ type: 'speech_group', input: 'Hello' })).toEqual([
      'speech_group',
      'internal',
      { 'baton.speech.input': 'Hello' },
    ]);
  });

  it('of a kind that this version does not know has at least a name', () => {
    // What a newer core may make.
    expect(told({ type: 'dream', name: 'sheep' } as unknown as SpanData)).toEqual([
      'sheep',
      'internal',
      {},
    ]);
  });
});

describe('messages in the schema of the conventions', () => {
  const parsed = (input: unknown): unknown => JSON.parse(inputMessages(input));

  it.each([
    ['a text', 'Hello', [{ role: 'user', parts: [{ type: 'text', content: 'Hello' }] }]],
    [
      'a developer message',
      [{ role: 'developer', content: 'Be brief' }],
      [{ role: 'system', parts: [{ type: 'text', content: 'Be brief' }] }],
    ],
    [
      'a picture by its address',
      [{ role: 'user', content: [{ type: 'input_image', image: 'https://example.com/a.png' }] }],
      [
        {
          role: 'user',
          parts: [{ type: 'uri', modality: 'image', uri: 'https://example.com/a.png' }],
        },
      ],
    ],
    [
      'a picture in the message, without its bytes',
      [{ role: 'user', content: [{ type: 'input_image', image: 'data:image/png;base64,AAAA' }] }],
      [
        {
          role: 'user',
          parts: [
            {
              type: 'blob',
              modality: 'image',
              mime_type: 'image/png',
              content: '[26 characters omitted]',
            },
          ],
        },
      ],
    ],
    [
      'a file by its id',
      [{ role: 'user', content: [{ type: 'input_file', file: { id: 'file_1' } }] }],
      [{ role: 'user', parts: [{ type: 'file', modality: 'file', file_id: 'file_1' }] }],
    ],
    [
      'sound with what is said in it',
      [{ role: 'user', content: [{ type: 'audio', audio: 'AAAA', transcript: 'Hi' }] }],
      [{ role: 'user', parts: [{ type: 'text', content: 'Hi' }] }],
    ],
    [
      'thoughts',
      [{ type: 'reasoning', content: [{ type: 'input_text', text: 'Hm' }], rawContent: [] }],
      [{ role: 'assistant', parts: [{ type: 'reasoning', content: 'Hm' }] }],
    ],
    [
      'a call whose arguments are no JSON',
      [{ type: 'function_call', callId: 'c', name: 'act', arguments: '{"a":' }],
      [
        {
          role: 'assistant',
          parts: [{ type: 'tool_call', id: 'c', name: 'act', arguments: '{"a":' }],
        },
      ],
    ],
    [
      'a shell call',
      [{ type: 'shell_call', callId: 'c', action: { commands: ['ls'] } }],
      [
        {
          role: 'assistant',
          parts: [{ type: 'tool_call', id: 'c', name: 'shell', arguments: { commands: ['ls'] } }],
        },
      ],
    ],
    [
      'an output of several parts',
      [
        {
          type: 'function_call_result',
          callId: 'c',
          output: [{ type: 'input_text', text: 'Done' }],
        },
      ],
      [
        {
          role: 'tool',
          parts: [
            { type: 'tool_call_response', id: 'c', response: [{ type: 'text', content: 'Done' }] },
          ],
        },
      ],
    ],
    [
      'what a limit of size has left',
      { truncated: true, preview: 'He' },
      [{ role: 'assistant', parts: [{ truncated: true, preview: 'He', type: 'message' }] }],
    ],
    ['nothing', null, [{ role: 'user', parts: [{ type: 'text', content: 'null' }] }]],
  ])('tell %s', (_, input, messages) => {
    expect(parsed(input)).toEqual(messages);
  });

  it('make one answer of all that a model gave, with why it stopped', () => {
    const output = [
      { type: 'reasoning', content: [{ type: 'input_text', text: 'Hm' }] },
      { type: 'message', role: 'assistant', content: [{ type: 'refusal', refusal: 'No.' }] },
    ];
    expect(JSON.parse(outputMessages(output, 'content_filter'))).toEqual([
      {
        role: 'assistant',
        parts: [
          { type: 'reasoning', content: 'Hm' },
          { type: 'text', content: 'No.' },
        ],
        finish_reason: 'content_filter',
      },
    ]);
  });
});

describe('the provider of a model', () => {
  it.each([
    ['https://api.openai.com/v1', 'openai'],
    ['https://mine.openai.azure.com/openai/v1', 'azure.ai.openai'],
    ['https://mine.services.ai.azure.com/models', 'azure.ai.inference'],
    ['https://europe-west1-aiplatform.googleapis.com/v1', 'gcp.vertex_ai'],
    ['https://generativelanguage.googleapis.com/v1beta/openai', 'gcp.gemini'],
    ['https://bedrock-runtime.us-east-1.amazonaws.com', 'aws.bedrock'],
    ['https://api.groq.com/openai/v1', 'groq'],
    ['https://api.x.ai/v1', 'x_ai'],
    ['https://notopenai.com/v1', undefined],
    ['http://localhost:11434/v1', undefined],
  ])('of %s is %s', (url, provider) => {
    expect(modelServer(url)?.provider).toBe(provider);
  });

  it('has the address and the port of its server', () => {
    expect(modelServer('http://localhost:11434/v1')).toMatchObject({
      address: 'localhost',
      port: 11434,
    });
    expect(modelServer('ws://localhost/v1')).toMatchObject({ port: 80 });
    expect(modelServer('no URL')).toBeUndefined();
  });

  it('is one of the names of the official registry, wherever it is known', () => {
    const hosts = [
      'api.anthropic.com',
      'api.cohere.ai',
      'api.deepseek.com',
      'api.mistral.ai',
      'api.perplexity.ai',
      'api.openai.com',
    ];
    for (const host of hosts) expect(names).toContain(modelServer(`https://${host}`)?.provider);
  });
});
