import { Agent, Runner, RunState, tool } from '@baton/core';
import { aRequest, collect, expectLaw, responseOf } from '@baton/openai-shared/test-support';
import { customToolCall, functionCall, type OpenAITestServer } from '@baton/testing';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { modelOf, withServer } from './support/with-server.js';

function sql({ needsApproval = false } = {}): ReturnType<typeof tool> {
  return tool({
    name: 'run_sql',
    description: 'Runs a query.',
    parameters: z.object({ input: z.string() }),
    providerData: { type: 'custom', format: { type: 'text' } },
    needsApproval,
    execute: ({ input }) => `Rows of ${input}`,
  });
}

describe('a custom tool', () => {
  it.each([false, true])('is called with a text and answers it, streamed: %s', async (stream) => {
    const server = await withServer({ script: [customToolCall('run_sql', 'select 1'), 'One.'] });
    const agent = new Agent({ name: 'A', model: modelOf(server), tools: [sql()] });
    const result = stream
      ? await new Runner().run(agent, 'Ask', { stream: true })
      : await new Runner().run(agent, 'Ask');
    if (stream && 'completed' in result) await result.completed;
    expect(result.finalOutput).toBe('One.');
    expect(server.requests[0]?.body['tools']).toEqual([
      { type: 'custom', name: 'run_sql', description: 'Runs a query.', format: { type: 'text' } },
    ]);
    expect(itemsOf(server, 1).slice(1)).toMatchObject([
      { type: 'custom_tool_call', name: 'run_sql', input: 'select 1' },
      { type: 'custom_tool_call_output', call_id: 'call_1', output: 'Rows of select 1' },
    ]);
  });

  it('keeps the delta protocol', async () => {
    const server = await withServer({ script: [customToolCall('run_sql', 'select 1')] });
    const events = await collect(modelOf(server), aRequest());
    expectLaw(events);
    expect(responseOf(events).output).toMatchObject([
      { type: 'function_call', name: 'run_sql', arguments: '{"input":"select 1"}' },
    ]);
  });

  it('is answered as a custom call by another process, and where the server keeps the call', async () => {
    const server = await withServer({ script: [customToolCall('run_sql', 'select 1'), 'One.'] });
    const tools = [sql({ needsApproval: true })];
    const agent = new Agent({ name: 'A', model: modelOf(server), tools });
    const waiting = await new Runner().run(agent, 'Ask', { autoPreviousResponseId: true });
    const state = RunState.fromString(agent, waiting.state.toString());
    for (const interruption of state.getInterruptions()) state.approve(interruption);
    await new Runner().run(agent, state);
    expect(server.requests[1]?.body['input']).toEqual([
      { type: 'custom_tool_call_output', call_id: 'call_1', output: 'Rows of select 1' },
    ]);
  });

  it('can be chosen by name [R5]', async () => {
    const server = await withServer({ script: ['Done.'] });
    const agent = new Agent({
      name: 'A',
      model: modelOf(server),
      tools: [sql()],
      modelSettings: { toolChoice: 'run_sql' },
    });
    await new Runner().run(agent, 'Ask');
    expect(server.requests[0]?.body['tool_choice']).toEqual({ type: 'custom', name: 'run_sql' });
  });
});

it('the output of a call by a program says which program called', async () => {
  const caller = { type: 'program', caller_id: 'call_p' };
  const program = {
    type: 'program',
    id: 'prog_1',
    call_id: 'call_p',
    code: 'await run()',
    fingerprint: 'f',
  };
  const server = await withServer({
    script: [[program, { ...functionCall('run', {}), caller }], 'Done.'],
  });
  const run = tool({
    name: 'run',
    description: 'Runs.',
    parameters: z.object({}),
    providerData: { allowed_callers: ['programmatic'] },
    execute: () => 'Ran',
  });
  await new Runner().run(new Agent({ name: 'A', model: modelOf(server), tools: [run] }), 'Go');
  expect(itemsOf(server, 1).slice(1)).toMatchObject([
    program,
    { type: 'function_call', caller },
    { type: 'function_call_output', output: 'Ran', caller },
  ]);
});

function itemsOf(server: OpenAITestServer, index: number): readonly unknown[] {
  const input = server.requests[index]?.body['input'];
  return Array.isArray(input) ? input : [];
}

it('a search of tools that the app is to run keeps the delta protocol, too [JS-60]', async () => {
  const search = { type: 'tool_search_call', execution: 'client', arguments: { paths: ['a'] } };
  const server = await withServer({ script: [search] });
  const events = await collect(modelOf(server), aRequest());
  expectLaw(events);
  expect(responseOf(events).output).toMatchObject([
    { type: 'function_call', name: 'tool_search', callId: 'call_1', arguments: '{"paths":["a"]}' },
  ]);
});

it('a search that failed is told as one that found nothing, as the wire has no words for it [JS-60]', async () => {
  const search = { type: 'tool_search_call', execution: 'client', arguments: {} };
  const server = await withServer({ script: [search, 'Sorry.'] });
  const tool_search = tool({
    name: 'tool_search',
    providerData: { type: 'tool_search', execution: 'client' },
    execute: () => {
      throw new Error('down');
    },
  });
  const agent = new Agent({ name: 'A', model: modelOf(server), tools: [tool_search] });
  await new Runner().run(agent, 'Ask');
  expect(itemsOf(server, 1).at(-1)).toEqual({
    type: 'tool_search_output',
    call_id: 'call_1',
    execution: 'client',
    status: 'incomplete',
    tools: [],
  });
});
