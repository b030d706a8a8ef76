import type { AgentInputItem, ModelRequest } from '@baton/core/model';
import { aHandoff, aRequest, aTool } from '@baton/openai-shared/test-support';
import { functionCall } from '@baton/testing';
import { expect, it } from 'vitest';
import { requestBody } from '../src/request/request-body.js';
import { modelOf, withServer } from './support/with-server.js';

/** A question that counts how often it is read. */
function countedQuestion(): { readonly item: AgentInputItem; readonly reads: () => number } {
  let count = 0;
  const item: AgentInputItem = {
    role: 'user',
    get content() {
      count += 1;
      return 'What is it?';
    },
  };
  return { item, reads: () => count };
}

it('an item is converted once per run, however often it is sent', async () => {
  const server = await withServer({
    script: [functionCall('a', { city: 'Rome' }, { callId: 'call_1' }), 'Done', 'Again'],
  });
  const model = modelOf(server);
  const { item, reads } = countedQuestion();
  const request = aRequest({ input: [item], tools: [aTool('a')], runMemory: new Map() });
  const { output } = await model.getResponse(request);
  const afterFirst = reads();
  const next: AgentInputItem[] = [
    item,
    ...output,
    { type: 'function_call_result', callId: 'call_1', name: 'a', output: 'ok' },
  ];
  await model.getResponse({ ...request, input: next });
  expect(reads()).toBe(afterFirst);
  expect(server.requests[1]?.body['input']).toMatchObject([
    { role: 'user', content: 'What is it?' },
    { type: 'function_call', call_id: 'call_1' },
    { type: 'function_call_output', call_id: 'call_1', output: 'ok' },
  ]);
});

it('without a run nothing is remembered', async () => {
  const server = await withServer({ script: ['One', 'Two'] });
  const { item, reads } = countedQuestion();
  await modelOf(server).getResponse(aRequest({ input: [item] }));
  const afterFirst = reads();
  await modelOf(server).getResponse(aRequest({ input: [item] }));
  expect(reads()).toBe(2 * afterFirst);
});

it('an equal item that is another object is an item of its own', async () => {
  const server = await withServer({ script: ['One'] });
  const item: AgentInputItem = { role: 'user', content: 'Again' };
  const runMemory = new Map();
  await modelOf(server).getResponse(aRequest({ input: [item, { ...item }], runMemory }));
  expect(server.requests[0]?.body['input']).toEqual([item, item]);
});

it('tools are converted once per list and run', async () => {
  const server = await withServer({ script: ['One', 'Two', 'Three'] });
  const model = modelOf(server);
  let reads = 0;
  const tool = {
    ...aTool('a'),
    get description() {
      reads += 1;
      return 'Counts.';
    },
  };
  const request: ModelRequest = aRequest({ tools: [tool], runMemory: new Map() });
  await model.getResponse(request);
  await model.getResponse({ ...request, input: 'And?' });
  expect(reads).toBe(1);
  await model.getResponse({ ...request, tools: [tool] });
  expect(reads).toBe(2);
});

it('the same tools with other handoffs are not confused', async () => {
  const server = await withServer({ script: ['One', 'Two'] });
  const model = modelOf(server);
  const request = aRequest({ tools: [aTool('a')], runMemory: new Map() });
  await model.getResponse({ ...request, handoffs: [aHandoff('x')] });
  await model.getResponse({ ...request, handoffs: [aHandoff('y')] });
  const names = server.requests.map(({ body }) =>
    (body['tools'] as readonly { name: string }[]).map(({ name }) => name),
  );
  expect(names).toEqual([
    ['a', 'x'],
    ['a', 'y'],
  ]);
});

it('two models in one run do not see each other’s memory', async () => {
  const server = await withServer({ script: ['One', 'Two'] });
  const reasoning: AgentInputItem = {
    type: 'reasoning',
    id: 'rs_1',
    content: [],
    providerData: { encrypted_content: 'gAAA' },
  };
  const request = aRequest({
    input: [
      reasoning,
      { role: 'assistant', content: [{ type: 'output_text', text: 'Hi' }] },
      { role: 'user', content: 'Again' },
    ],
    runMemory: new Map(),
    modelSettings: { store: false },
  });
  await modelOf(server, 'gpt-5.6-luna').getResponse(request);
  await modelOf(server, 'gpt-4.1').getResponse(request);
  expect(server.requests.map(({ body }) => (body['input'] as unknown[]).length)).toEqual([3, 2]);
});

it('an input that goes on, one that is cut and one that is another all send what they hold', async () => {
  const server = await withServer({ reply: () => 'Hello' });
  const model = modelOf(server);
  const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((content): AgentInputItem => ({
    role: 'user',
    content,
  })) as [AgentInputItem, AgentInputItem, AgentInputItem, AgentInputItem];
  const inputs = [[a], [a, b], [a, b], [a, b, c], [b, c], [a, c, d], [a, b, c, d]];
  const runMemory = new Map();
  for (const input of inputs) await model.getResponse(aRequest({ input, runMemory }));
  expect(server.requests.map(({ body }) => body['input'])).toEqual(inputs);
});

it('an item that can not be sent spoils nothing that was sent before it', async () => {
  const server = await withServer({ reply: () => 'Hello' });
  const model = modelOf(server);
  const good: AgentInputItem = { role: 'user', content: 'a' };
  const bad: AgentInputItem = { role: 'user', content: [{ type: 'audio', audio: { id: 'x' } }] };
  const runMemory = new Map();
  await model.getResponse(aRequest({ input: [good], runMemory }));
  for (let times = 0; times < 2; times++) {
    await expect(
      model.getResponse(aRequest({ input: [good, good, bad], runMemory })),
    ).rejects.toThrow(/audio/);
  }
  await model.getResponse(aRequest({ input: [good, good], runMemory }));
  expect(server.requests.map(({ body }) => body['input'])).toEqual([[good], [good, good]]);
});

it('what was decided for reasoning does not outlive a change of `store`', () => {
  const input: AgentInputItem[] = [
    { type: 'reasoning', id: 'rs_1', content: [] },
    { role: 'assistant', content: [{ type: 'output_text', text: 'Hi' }] },
  ];
  const memory = { items: new Map(), tools: new Map(), formats: new Map() };
  const lengths = [false, true, false].map((store) => {
    const request = aRequest({ input, modelSettings: { store } });
    const body = requestBody(request, { model: 'gpt-5.6-luna', stream: false, memory });
    return (JSON.parse(body) as { input: unknown[] }).input.length;
  });
  expect(lengths).toEqual([1, 2, 1]);
});
