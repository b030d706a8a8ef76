import {
  type KnownDifference,
  runBoth,
  withoutKnown,
} from '@baton/openai-shared/test-support/differential';
import {
  calls,
  commonPrograms,
  type Program,
  weather,
} from '@baton/openai-shared/test-support/programs';
import { functionCall, message, reasoning } from '@baton/testing';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { type Sdk, sides } from './support/differential.js';
import { KNOWN_DIFFERENCES } from './support/known-differences.js';

const programs: Readonly<Record<string, Program<Sdk>>> = {
  ...commonPrograms,
  'reasoning before calls and answers': [
    async (sdk) => {
      const agent = new sdk.Agent({
        name: 'A',
        model: sdk.model(),
        tools: [weather(sdk)],
        modelSettings: {
          store: false,
          providerData: { include: ['reasoning.encrypted_content'] },
        },
      });
      const { history } = await sdk.run(agent, 'Weather?');
      await sdk.run(agent, [...history, { role: 'user', content: 'And now?' }]);
    },
    {
      script: [
        [reasoning('Look it up.'), functionCall('get_weather', { city: 'Rome' })],
        [reasoning('Say it.'), message('Sunny.')],
        'Still.',
      ],
    },
  ],
  'all settings': [
    async (sdk) => {
      const agent = new sdk.Agent({
        name: 'A',
        model: sdk.model(),
        tools: [weather(sdk)],
        modelSettings: {
          topP: 0.9,
          maxTokens: 500,
          truncation: 'auto',
          store: true,
          parallelToolCalls: false,
          toolChoice: 'get_weather',
          reasoning: { effort: 'low', summary: 'auto' },
          text: { verbosity: 'low' },
          promptCacheRetention: '24h',
          contextManagement: [{ type: 'compaction', compactThreshold: 2000 }],
          providerData: { metadata: { tenant: 'a' }, service_tier: 'flex' },
        },
      });
      await sdk.run(agent, 'Weather?');
    },
    { script: calls },
  ],
  'hosted tools': [
    async (sdk) => {
      const tools = [
        sdk.webSearchTool({ userLocation: { type: 'approximate', city: 'Nairobi' } }),
        sdk.fileSearchTool(['vs_1'], { maxNumResults: 3, includeSearchResults: true }),
        sdk.codeInterpreterTool({ includeOutputs: true, allowedCallers: ['programmatic'] }),
        sdk.imageGenerationTool({ quality: 'low', size: '1024x1024' }),
        sdk.hostedMcpTool({
          serverLabel: 'docs',
          serverUrl: 'https://mcp.example/mcp',
          allowedTools: ['search'],
          headers: { 'x-a': 'b' },
          requireApproval: {
            always: { toolNames: ['delete'] },
            never: { toolNames: ['search'] },
          },
        }),
        sdk.programmaticToolCallingTool(),
      ];
      const agent = new sdk.Agent({ name: 'A', model: sdk.model(), tools });
      await sdk.run(agent, 'Hello');
    },
    { script: ['Hello.'] },
  ],
  'calls of hosted tools go back as they came': [
    async (sdk) => {
      const agent = new sdk.Agent({
        name: 'A',
        model: sdk.model(),
        tools: [weather(sdk), sdk.webSearchTool()],
      });
      await sdk.run(agent, 'News and weather?');
    },
    {
      script: [
        [
          {
            type: 'web_search_call',
            id: 'ws_1',
            status: 'completed',
            action: { type: 'search', query: 'news' },
          },
          {
            type: 'code_interpreter_call',
            id: 'ci_1',
            status: 'completed',
            code: '1 + 1',
            container_id: 'cntr_1',
            outputs: null,
          },
          {
            type: 'image_generation_call',
            id: 'ig_1',
            status: 'completed',
            result: 'aGk=',
          },
          {
            type: 'mcp_call',
            id: 'mcp_1',
            server_label: 'docs',
            name: 'search',
            arguments: '{}',
            output: 'found',
          },
          functionCall('get_weather', { city: 'Rome' }),
        ],
        'Done.',
      ],
    },
  ],
  'pictures and files': [
    async (sdk) => {
      const show = sdk.tool({
        name: 'show',
        description: 'Shows a picture.',
        parameters: z.object({}),
        execute: () => [
          { type: 'text', text: 'Here:' },
          { type: 'image', image: 'data:image/png;base64,aGk=' },
        ],
      });
      const agent = new sdk.Agent({ name: 'A', model: sdk.model(), tools: [show] });
      await sdk.run(agent, [
        {
          role: 'user',
          content: [
            { type: 'input_text', text: 'What is this?' },
            { type: 'input_image', image: 'https://x.example/a.png', detail: 'low' },
            { type: 'input_file', file: { id: 'file_1' } },
          ],
        },
      ]);
    },
    { script: [functionCall('show', {}), 'A picture.'] },
  ],
  'a conversation that the server keeps, from response to response': [
    async (sdk) => {
      const agent = new sdk.Agent({ name: 'A', model: sdk.model(), tools: [weather(sdk)] });
      await sdk.run(agent, 'Hello');
      await sdk.run(agent, 'Weather?', { previousResponseId: 'resp_1' });
    },
    { script: ['Hello.', ...calls] },
  ],
  'a shell and an editor': [
    async (sdk) => {
      const tools = [
        sdk.shellTool({
          shell: {
            run: () => ({
              output: [{ stdout: 'a.txt', stderr: '', outcome: { type: 'exit', exitCode: 0 } }],
            }),
          },
        }),
        sdk.applyPatchTool({
          editor: {
            createFile: () => ({ status: 'completed', output: 'Created.' }),
            updateFile: () => undefined,
            deleteFile: () => undefined,
          },
        }),
      ];
      const agent = new sdk.Agent({ name: 'A', model: sdk.model(), tools });
      await sdk.run(agent, 'Work.');
    },
    {
      script: [
        {
          type: 'shell_call',
          id: 'sh_1',
          call_id: 'call_1',
          status: 'completed',
          action: { commands: ['ls'], timeout_ms: null, max_output_length: null },
        },
        {
          type: 'apply_patch_call',
          id: 'apc_1',
          call_id: 'call_2',
          status: 'completed',
          operation: { type: 'create_file', path: 'a.txt', diff: '+hi' },
        },
        'Done.',
      ],
    },
  ],
  'a message with a phase': [
    async (sdk) => {
      const agent = new sdk.Agent({ name: 'A', model: sdk.model(), tools: [weather(sdk)] });
      await sdk.run(agent, 'Weather?');
    },
    {
      script: [
        [
          message('One moment.', { phase: 'commentary' }),
          functionCall('get_weather', { city: 'Rome' }),
        ],
        message('Sunny.', { phase: 'final_answer' }),
      ],
    },
  ],
  'a model by name, with the settings that fit it [P5]': [
    async (sdk) => {
      for (const model of ['gpt-5.4', 'gpt-5.2-pro', 'gpt-4.1'])
        await sdk.runByName(new sdk.Agent({ name: 'A' }), 'Hello', model);
    },
    { reply: () => 'Hello.' },
  ],
  'a prompt template': [
    async (sdk) => {
      const prompt = { promptId: 'pmpt_1', version: '2', variables: { city: 'Rome' } };
      const agent = new sdk.Agent({ name: 'A', model: sdk.model(), prompt });
      await sdk.run(agent, 'Hello');
    },
    { script: ['Hello.'] },
  ],
};

const seen = new Set<KnownDifference>();

describe.sequential('the same program sends the same requests with both', () => {
  it.each(Object.entries(programs))('%s', async (_name, [program, server]) => {
    const { baton, rival } = withoutKnown(
      await runBoth(program, server, sides),
      KNOWN_DIFFERENCES,
      seen,
    );
    expect(baton).toEqual(rival);
  });

  it('every known difference is still there', () => {
    expect(KNOWN_DIFFERENCES.filter((difference) => !seen.has(difference))).toEqual([]);
  });
});

const computer = {
  environment: 'browser',
  dimensions: [800, 600],
  screenshot: () => 'aGk=',
  click: () => undefined,
  doubleClick: () => undefined,
  scroll: () => undefined,
  type: () => undefined,
  wait: () => undefined,
  move: () => undefined,
  keypress: () => undefined,
  drag: () => undefined,
};

it('a computer: where the other leaves out what the API requires, Baton does not', async () => {
  const program = async (sdk: Sdk): Promise<void> => {
    const tools = [sdk.computerTool({ computer })];
    await sdk.run(new sdk.Agent({ name: 'A', model: sdk.model(), tools }), 'Work.');
  };
  const call = {
    type: 'computer_call',
    id: 'cu_1',
    call_id: 'call_1',
    status: 'completed',
    actions: [{ type: 'click', button: 'left', x: 1, y: 2 }],
    pending_safety_checks: [],
  };
  await expect(runBoth(program, { script: [call, 'Done.'] }, sides)).rejects.toThrow(
    /^400 .*pending_safety_checks/,
  );
});
