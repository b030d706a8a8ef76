import { functionCall, message, reasoning } from '@baton/testing';
import type { OpenAIServerOptions } from '@baton/testing';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { type Program, runBoth, type Sdk } from './support/differential.js';
import { KNOWN_DIFFERENCES, type KnownDifference, withoutKnown } from './support/known-differences.js';

function weather({ tool }: Sdk): object {
  return tool({
    name: 'get_weather',
    description: 'Tells the weather.',
    parameters: z.object({ city: z.string().describe('Where'), days: z.number().optional() }),
    execute: () => 'Sunny',
  });
}

const calls = [
  [functionCall('get_weather', { city: 'Rome' }), functionCall('get_weather', { city: 'Ostia' })],
  'Sunny in both.',
];

const programs: Record<string, [Program, OpenAIServerOptions]> = {
  'one answer': [
    async (sdk) => {
      const agent = new sdk.Agent({ name: 'A', instructions: 'Be brief.', model: sdk.model() });
      await sdk.run(agent, 'Hello');
    },
    { script: ['Hello.'] },
  ],
  'an answer that is streamed': [
    async (sdk) => {
      const agent = new sdk.Agent({ name: 'A', model: sdk.model() });
      await sdk.run(agent, [{ role: 'user', content: 'Hello' }], { stream: true });
    },
    { script: ['Hello.'] },
  ],
  'two parallel tool calls with the same output': [
    async (sdk) => {
      const agent = new sdk.Agent({ name: 'A', model: sdk.model(), tools: [weather(sdk)] });
      await sdk.run(agent, 'Weather?');
    },
    { script: calls },
  ],
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
  'a handoff, and one that is ignored': [
    async (sdk) => {
      const refunds = new sdk.Agent({
        name: 'Refund Agent',
        instructions: 'Refund.',
        handoffDescription: 'Pays back.',
        model: sdk.model(),
      });
      const billing = new sdk.Agent({ name: 'Billing', model: sdk.model() });
      const triage = new sdk.Agent({
        name: 'Triage',
        model: sdk.model(),
        handoffs: [refunds, billing],
      });
      await sdk.run(triage, 'My money, please.');
    },
    {
      reply: ({ index, body }) =>
        index === 0
          ? (body.tools ?? []).map(({ name }) => functionCall(name ?? ''))
          : 'Here it is.',
    },
  ],
  'an output type': [
    async (sdk) => {
      const outputType = z.object({
        city: z.string(),
        tags: z.array(z.string()),
        mood: z.enum(['good', 'bad']).nullable(),
      });
      const agent = new sdk.Agent({
        name: 'A',
        model: sdk.model(),
        outputType,
        modelSettings: { text: { verbosity: 'low' } },
      });
      await sdk.run(agent, 'Where?');
    },
    { script: [JSON.stringify({ city: 'Rome', tags: [], mood: null })] },
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
  'a tool that is approved, and one that is rejected': [
    async (sdk) => {
      const pay = sdk.tool({
        name: 'pay',
        description: 'Pays.',
        parameters: z.object({ amount: z.number() }),
        needsApproval: true,
        execute: () => 'Paid',
      });
      const agent = new sdk.Agent({ name: 'A', model: sdk.model(), tools: [pay] });
      const first = await sdk.run(agent, 'Pay twice.');
      const [yes, no] = first.interruptions;
      if (yes === undefined || no === undefined) throw new Error('no interruptions');
      first.state.approve(yes);
      first.state.reject(no);
      await sdk.run(agent, first.state);
    },
    { script: [[functionCall('pay', { amount: 1 }), functionCall('pay', { amount: 2 })], 'Done.'] },
  ],
  'an agent as a tool': [
    async (sdk) => {
      const helper = new sdk.Agent({ name: 'Helper', instructions: 'Help.', model: sdk.model() });
      const ask = helper.asTool({ toolName: 'ask_helper', toolDescription: 'Asks.' });
      const agent = new sdk.Agent({ name: 'A', model: sdk.model(), tools: [ask] });
      await sdk.run(agent, 'Hello');
    },
    { script: [functionCall('ask_helper', { input: 'Help me' }), 'Helped.', 'Done.'] },
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
  'a history that was made by hand': [
    async (sdk) => {
      const agent = new sdk.Agent({ name: 'A', model: sdk.model() });
      await sdk.run(agent, [
        { role: 'system', content: 'Be kind.' },
        { role: 'user', content: 'Hello' },
        {
          role: 'assistant',
          status: 'completed',
          content: [{ type: 'output_text', text: 'Hello.' }],
        },
        { role: 'user', content: [{ type: 'input_text', text: 'And?' }] },
      ]);
    },
    { script: ['Hello.'] },
  ],
  'a tool that fails': [
    async (sdk) => {
      const broken = sdk.tool({
        name: 'broken',
        description: 'Fails.',
        parameters: z.object({}),
        execute: () => {
          throw new Error('No luck');
        },
      });
      const agent = new sdk.Agent({ name: 'A', model: sdk.model(), tools: [broken] });
      await sdk.run(agent, 'Try.', { stream: true });
    },
    { script: [functionCall('broken', {}), 'It failed.'] },
  ],
  'the default model, where nothing is set [P5]': [
    (sdk) => sdk.runByName(new sdk.Agent({ name: 'A' }), 'Hello'),
    { script: ['Hello.'] },
  ],
  'the default model, where the agent has settings of its own': [
    (sdk) =>
      sdk.runByName(
        new sdk.Agent({ name: 'A', modelSettings: { reasoning: { effort: 'high' } } }),
        'Hello',
      ),
    { script: ['Hello.'] },
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
    const { baton, rival } = withoutKnown(await runBoth(program, server), seen);
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
  const program: Program = async (sdk) => {
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
  await expect(runBoth(program, { script: [call, 'Done.'] })).rejects.toThrow(
    /^400 .*pending_safety_checks/,
  );
});
