import {
  Agent,
  hostedMcpTool,
  OpenAIConversationsSession,
  OpenAIResponsesModel,
  run,
  RunState,
  tool,
  toolNamespace,
  toolSearchTool,
  type ClientToolSearchToolOptions,
  type Tool,
  type ToolSearchToolOptions,
} from '@baton/agents';
import { functionCall, startOpenAIServer, type OpenAIServerOptions } from '@baton/testing';
import { describe, expect, it, onTestFinished } from 'vitest';
import * as z from 'zod';

const place = tool({
  name: 'find_place',
  description: 'Finds a place.',
  parameters: z.object({ name: z.string() }),
  deferLoading: true,
  execute: ({ name }) => `found ${name}`,
});
const time = tool({
  name: 'tell_time',
  description: 'Tells the time.',
  deferLoading: true,
  execute: () => 'noon',
});
const crm = toolNamespace({
  name: 'crm',
  description: 'Customers.',
  tools: [
    tool({ name: 'find', description: 'Finds one.', deferLoading: true, execute: () => 'Ann' }),
  ],
});
const mcp = hostedMcpTool({
  serverLabel: 'shop',
  serverUrl: 'https://example.com/mcp',
  deferLoading: true,
});
const seen = tool({ name: 'seen', execute: () => 'x' });
const deferred: readonly Tool[] = [place, time, ...crm, mcp, seen];

const search = (args: object): object => ({
  type: 'tool_search_call',
  execution: 'client',
  arguments: args,
});

describe('a search of tools in this process [JS-60]', () => {
  it.each([false, true])(
    'loads the tools at the paths, which are then called, streamed: %s',
    async (stream) => {
      const { server, agent } = await open({
        script: [
          search({ paths: ['find_place', 'crm', 'nothing'] }),
          functionCall('find_place', { name: 'Rome' }),
          'Done.',
        ],
      });
      const result = stream ? await run(agent, 'Hi', { stream: true }) : await run(agent, 'Hi');
      if ('completed' in result) await result.completed;
      expect(result.finalOutput).toBe('Done.');
      const [first, second, third] = server.requests.map(({ body }) => body);
      expect(first?.['tools']).toContainEqual({
        type: 'tool_search',
        execution: 'client',
        description: 'Load tools by namespace or tool name before calling them.',
        parameters: {
          type: 'object',
          properties: { paths: { type: 'array', items: { type: 'string' } } },
          required: ['paths'],
          additionalProperties: false,
        },
      });
      const input = inputOf(second);
      expect(input.slice(1)).toEqual([
        {
          type: 'tool_search_call',
          id: 'tsc_1',
          call_id: 'call_1',
          execution: 'client',
          arguments: { paths: ['find_place', 'crm', 'nothing'] },
          status: 'completed',
        },
        {
          type: 'tool_search_output',
          call_id: 'call_1',
          execution: 'client',
          status: 'completed',
          tools: [
            expect.objectContaining({ type: 'function', name: 'find_place', defer_loading: true }),
            {
              type: 'namespace',
              name: 'crm',
              description: 'Customers.',
              tools: [expect.objectContaining({ name: 'find' })],
            },
          ],
        },
      ]);
      expect(inputOf(third).at(-1)).toMatchObject({
        output: 'found Rome',
      });
    },
  );

  it('finds what its `execute` finds: by the arguments it asks for, tools or their names', async () => {
    const parameters = {
      type: 'object',
      properties: { word: { type: 'string' } },
      required: ['word'],
    };
    const asked: string[][] = [];
    const { server, agent } = await open(
      {
        script: [search({ word: 'time' }), search({ word: 'crm' }), search({ word: '' }), 'Done.'],
      },
      {
        execution: 'client',
        parameters,
        description: 'Finds tools by a word.',
        execute: ({ arguments: { word }, availableTools, loadDefault }) => {
          asked.push(availableTools.map(({ name }) => name));
          if (word === 'time') return [time, { name: 'find', namespace: 'crm' }, mcp];
          return word === 'crm' ? loadDefault(['crm.find', 'shop']) : null;
        },
      },
    );
    await run(agent, 'Hi');
    expect(asked[0]).toEqual(['find_place', 'tell_time', 'find', expect.any(String)]);
    const { body } = server.requests.at(-1) ?? {};
    const outputs = inputOf(body)
      .filter(({ type }) => type === 'tool_search_output')
      .map(({ tools }) => tools.map((each) => each.name ?? each.type));
    expect(outputs).toEqual([['tell_time', 'crm', 'mcp'], ['crm', 'mcp'], []]);
    expect(server.requests[0]?.body['tools']).toContainEqual(
      expect.objectContaining({ parameters, description: 'Finds tools by a word.' }),
    );
  });

  it('ends the run where it finds what the agent does not have', async () => {
    const { agent, server } = await open(
      { script: [search({})] },
      { execution: 'client', parameters: { type: 'object', properties: {} }, execute: () => seen },
    );
    await expect(run(agent, 'Hi')).rejects.toThrow(/"seen".*deferLoading/);
    expect(server.requests).toHaveLength(1);
  });

  it('is answered by another process, and where the server keeps the conversation', async () => {
    const { server, agent } = await open({ script: [search({ paths: ['tell_time'] }), 'Done.'] });
    const running = await run(agent, 'Hi', { stream: true, autoPreviousResponseId: true });
    running.cancel({ mode: 'after_turn' });
    await running.completed;
    const state = RunState.fromString(agent, running.state.toString());
    await run(agent, state);
    expect(server.requests[1]?.body).toMatchObject({
      previous_response_id: 'resp_1',
      input: [{ type: 'tool_search_output', call_id: 'call_1', tools: [{ name: 'tell_time' }] }],
    });
  });

  it('is still there in a conversation that OpenAI keeps as a session', async () => {
    const { server, agent } = await open({
      script: [search({ paths: ['tell_time'] }), 'Done.', 'Fine.'],
    });
    const session = new OpenAIConversationsSession({ apiKey: 'sk-test', baseURL: server.url });
    await run(agent, 'Hi', { session });
    await run(agent, 'And now?', { session });
    const last = server.requests.findLast(({ path }) => path === '/v1/responses');
    expect(last?.body['input']).toMatchObject([
      {},
      { type: 'tool_search_call', call_id: 'call_1', execution: 'client' },
      { type: 'tool_search_output', call_id: 'call_1', tools: [{ name: 'tell_time' }] },
      {},
      {},
    ]);
  });

  it('needs to be told that it is one', () => {
    const options = { execute: () => null };
    expect(() => toolSearchTool(options as ToolSearchToolOptions)).toThrow(/execution: 'client'/);
  });
});

it("a search by OpenAI stays OpenAI's [JS-60]", async () => {
  const { server, agent } = await open({
    script: [
      [
        { type: 'tool_search_call', execution: 'server', arguments: { paths: ['crm'] } },
        { type: 'tool_search_output', execution: 'server', tools: [] },
        functionCall('find', {}, { namespace: 'crm' }),
      ],
      'Done.',
    ],
  });
  expect((await run(agent, 'Hi')).finalOutput).toBe('Done.');
  expect(server.requests[1]?.body['input']).toMatchObject([
    {},
    { type: 'tool_search_call', execution: 'server' },
    { type: 'tool_search_output', execution: 'server' },
    { type: 'function_call', namespace: 'crm' },
    { type: 'function_call_output', output: 'Ann' },
  ]);
});

async function open(
  options: OpenAIServerOptions,
  searchOptions: ClientToolSearchToolOptions = { execution: 'client' },
) {
  const server = await startOpenAIServer(options);
  onTestFinished(() => server.close());
  const model = new OpenAIResponsesModel({ apiKey: 'sk-test', baseURL: server.url }, 'gpt-5.4');
  const agent = new Agent({
    name: 'A',
    model,
    tools: [...deferred, toolSearchTool(searchOptions)],
  });
  return { server, agent };
}

/** The items of a request. */
function inputOf(
  body: Readonly<Record<string, unknown>> | undefined,
): readonly {
  readonly type: string;
  readonly tools: readonly { readonly name?: string; readonly type: string }[];
}[] {
  return (body?.['input'] ?? []) as ReturnType<typeof inputOf>;
}
