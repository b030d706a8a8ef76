import { Agent, findUnpairedItems, run, shellTool } from '@baton/core';
import { aRequest } from '@baton/openai-shared/test-support';
import { message, reasoning, startOpenAIServer } from '@baton/testing';
import { describe, expect, it } from 'vitest';
import { hostedShellTool, OpenAIConversationsSession } from '../src/index.js';
import { modelOf, withServer } from './support/with-server.js';

const action = { commands: ['ls'], timeout_ms: null, max_output_length: null };
const container = { type: 'container_reference', container_id: 'cntr_1' };
const call = { type: 'shell_call', call_id: 'call_a', action, environment: container };
const printed = [{ stdout: 'a.txt', stderr: '', outcome: { type: 'exit', exit_code: 0 } }];
const output = { type: 'shell_call_output', call_id: 'call_a', output: printed };

describe.each([false, true])('a shell that runs at OpenAI (streamed: %s)', (stream) => {
  const runs = async (agent: Agent, input: string | readonly object[]) => {
    const options = { stream: true } as const;
    if (!stream) return run(agent, input as string);
    const result = await run(agent, input as string, options);
    await result.completed;
    return result;
  };

  it('is answered there: no shell of the app is asked, and the run is not over', async () => {
    const server = await withServer({ script: [[call, output, message('One file.')]] });
    const shell = { run: () => Promise.reject(new Error('must not run here')) };
    const agent = new Agent({
      name: 'A',
      model: modelOf(server),
      tools: [shellTool({ shell })],
    });
    const { newItems, finalOutput } = await runs(agent, 'List the files.');
    expect(finalOutput).toBe('One file.');
    expect(newItems.map(({ rawItem }) => rawItem.type)).toEqual([
      'hosted_tool_call',
      'unknown',
      'message',
    ]);
  });

  it('comes back to the model as it came, with what it printed [TOL-21]', async () => {
    const thought = reasoning('Look first.', { encryptedContent: 'sealed' });
    const server = await withServer({
      script: [[thought, call, output, message('One file.')], 'Yes.'],
    });
    const environment = { type: 'container_auto' } as const;
    const tools = [hostedShellTool({ environment })];
    const agent = new Agent({ name: 'A', model: modelOf(server), tools });
    const { history } = await runs(agent, 'List the files.');
    await runs(agent, [...history, { role: 'user', content: 'Really?' }]);
    expect(server.requests[1]?.body['input']).toMatchObject([
      {},
      { type: 'reasoning' },
      { ...call, id: 'sh_1' },
      { ...output, id: 'sho_1' },
      { role: 'assistant' },
      { role: 'user' },
    ]);
  });

  it('keeps call and output together where their reasoning is gone', async () => {
    const server = await withServer({
      script: [[reasoning('Look first.'), call, output, message('One file.')], 'Yes.'],
    });
    const agent = new Agent({
      name: 'A',
      model: modelOf(server),
      tools: [hostedShellTool({ environment: { type: 'container_auto' } })],
      modelSettings: { store: false },
    });
    const { history } = await runs(agent, 'List the files.');
    const rest = history.filter(({ type }) => type !== 'reasoning');
    await runs(agent, [...rest, { role: 'user', content: 'Really?' }]);
    const input = server.requests[1]?.body['input'] as readonly object[];
    expect(input).toMatchObject([{}, call, output, {}, {}]);
    expect(input[1]).not.toHaveProperty('id');
  });
});

it('a shell that ran at OpenAI is whole in a conversation that OpenAI keeps as a session [SES-20]', async () => {
  await using server = await startOpenAIServer({
    script: [[call, output, message('One file.')], 'Yes.'],
  });
  const session = new OpenAIConversationsSession({ apiKey: 'sk-test', baseURL: server.url });
  const tools = [hostedShellTool({ environment: { type: 'container_auto' } })];
  const agent = new Agent({ name: 'A', model: modelOf(server), tools });
  await run(agent, 'List the files.', { session });
  await run(agent, 'Really?', { session });
  expect(findUnpairedItems(await session.getItems())).toEqual({ calls: [], results: [] });
  const last = server.requests.findLast(({ path }) => path === '/v1/responses');
  expect(last?.body['input']).toMatchObject([{}, call, output, {}, {}]);
});

describe('hostedShellTool()', () => {
  it('says each option in the words of the wire', async () => {
    const server = await withServer({ reply: () => 'Hello.' });
    const secret = { domain: 'example.com', name: 'KEY', value: 'x' };
    const source = { type: 'base64', mediaType: 'application/zip', data: 'UEsD' } as const;
    const skill = { type: 'inline', name: 's', description: 'd', source } as const;
    const tool = hostedShellTool({
      environment: {
        type: 'container_auto',
        fileIds: ['file-1'],
        memoryLimit: '4g',
        networkPolicy: {
          type: 'allowlist',
          allowedDomains: ['example.com'],
          domainSecrets: [secret],
        },
        skills: [{ type: 'skill_reference', skillId: 'sk_1', version: '2' }, skill],
      },
    });
    await modelOf(server).getResponse(aRequest({ tools: [tool] }));
    expect(server.requests[0]?.body['tools']).toEqual([
      {
        type: 'shell',
        environment: {
          type: 'container_auto',
          file_ids: ['file-1'],
          memory_limit: '4g',
          network_policy: {
            type: 'allowlist',
            allowed_domains: ['example.com'],
            domain_secrets: [secret],
          },
          skills: [
            { type: 'skill_reference', skill_id: 'sk_1', version: '2' },
            {
              type: 'inline',
              name: 's',
              description: 'd',
              source: { type: 'base64', media_type: 'application/zip', data: 'UEsD' },
            },
          ],
        },
      },
    ]);
  });

  it.each([
    [{ type: 'container_reference', containerId: 'cntr_1' } as const, container],
    [
      { type: 'container_auto', networkPolicy: { type: 'disabled' } } as const,
      { type: 'container_auto', network_policy: { type: 'disabled' } },
    ],
  ])('knows every kind of place', async (environment, wire) => {
    const server = await withServer({ reply: () => 'Hello.' });
    const tool = hostedShellTool({ environment, allowedCallers: ['direct'] });
    await modelOf(server).getResponse(aRequest({ tools: [tool] }));
    expect(server.requests[0]?.body['tools']).toEqual([
      { type: 'shell', environment: wire, allowed_callers: ['direct'] },
    ]);
  });
});
