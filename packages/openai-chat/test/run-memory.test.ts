import { assistant, user } from '@baton/core';
import type { AgentInputItem } from '@baton/core';
import { aRequest, aTool } from '@baton/openai-shared/test-support';
import { expect, it } from 'vitest';
import fc from 'fast-check';
import { itemsToMessages } from '../src/index.js';
import { MessageWriter } from '../src/request/message-writer.js';
import { convertItem } from '../src/request/convert-item.js';
import { messagesJson } from '../src/request/messages-json.js';
import type { ChatMemory } from '../src/request/run-memory.js';
import { keeper } from './support/keeper.js';
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

const CONTEXT = {
  model: 'm',
  dialect: {},
  strict: false,
  preserveToolOutputAllContent: false,
  replayReasoning: undefined,
  warnings: { once: () => undefined, ofItem: () => undefined },
};

function noMemory(): ChatMemory {
  return { items: new Map(), tools: new Map(), schemas: new Map() };
}

it('an item is converted once per run, however often it is sent', async () => {
  const server = await withServer({ reply: () => 'ok' });
  const model = modelOf(server);
  const { item, reads } = countedQuestion();
  const runMemory = new Map();
  await model.getResponse(aRequest({ input: [item], runMemory }));
  const once = reads();
  await model.getResponse(
    aRequest({ input: [item, assistant('It.'), user('Really?')], runMemory }),
  );
  await model.getResponse(aRequest({ input: [user('Before'), item], runMemory }));
  expect(reads()).toBe(once);
  expect(server.requests[2]?.body['messages']).toEqual([
    { role: 'user', content: 'Before' },
    { role: 'user', content: 'What is it?' },
  ]);
});

it('tools are converted once per list and run', async () => {
  const server = await withServer({ reply: () => 'ok' });
  let reads = 0;
  const tool = {
    ...aTool('a'),
    get description() {
      reads += 1;
      return 'Counts.';
    },
  };
  const request = aRequest({ tools: [tool], runMemory: new Map() });
  const model = modelOf(server);
  await model.getResponse(request);
  await model.getResponse({ ...request, input: 'And?' });
  expect(reads).toBe(1);
});

it('an item that cannot be converted leaves nothing half behind', async () => {
  const server = await withServer({ reply: () => 'ok' });
  const model = modelOf(server);
  const runMemory = new Map();
  const bad: AgentInputItem = { type: 'compaction', encryptedContent: 'x' };
  await model.getResponse(aRequest({ input: [user('One')], runMemory }));
  await expect(
    model.getResponse(aRequest({ input: [user('Two'), bad], runMemory })),
  ).rejects.toThrow('Compaction');
  const [one, two] = [user('One'), user('Two')];
  await model.getResponse(aRequest({ input: [one, two], runMemory }));
  expect(server.requests[1]?.body['messages']).toEqual([
    { role: 'user', content: 'One' },
    { role: 'user', content: 'Two' },
  ]);
});

const anItem: fc.Arbitrary<AgentInputItem> = fc.oneof(
  fc.constantFrom('a', 'b', 'c').map((text) => user(text)),
  fc.constantFrom('a', 'b').map((text) => assistant(text)),
  fc
    .constantFrom('a', 'b', 'c')
    .map((callId): AgentInputItem => ({
      type: 'function_call',
      callId,
      name: 'f',
      arguments: '{}',
    })),
  fc
    .constantFrom('a', 'b', 'c')
    .map((callId): AgentInputItem => ({
      type: 'function_call_result',
      callId,
      name: 'f',
      output: callId,
    })),
  fc.constant<AgentInputItem>({
    type: 'reasoning',
    content: [{ type: 'input_text', text: 'Hm.' }],
    providerData: { provider: 'openai-chat', model: 'm' },
  }),
);

it('however an input grows from turn to turn, the messages are those of the whole [S0-11]', () => {
  const growing = fc.tuple(
    fc.array(anItem, { maxLength: 14 }),
    fc.array(fc.nat(14), { maxLength: 5 }),
  );
  fc.assert(
    fc.property(growing, ([items, cuts]) => {
      const memory = noMemory();
      for (const cut of [...cuts.sort((a, b) => a - b), items.length]) {
        const part = items.slice(0, cut);
        const json = messagesJson(part, CONTEXT, memory);
        expect(JSON.parse(`[${json}]`)).toEqual(
          itemsToMessages(part, { model: 'm', logger: keeper() }),
        );
      }
    }),
    { numRuns: 2000 },
  );
});

it('no order of items loses an output, or puts anything between calls and outputs that are there [CHT-33, D1]', () => {
  fc.assert(
    fc.property(fc.array(anItem, { maxLength: 14 }), (items) => {
      const writer = new MessageWriter();
      for (const item of items) writer.add(convertItem(item, CONTEXT));
      const messages = JSON.parse(`[${writer.json()}]`) as readonly Record<string, unknown>[];
      const count = (type: string) => items.filter((item) => item.type === type).length;
      expect(messages.filter(({ role }) => role === 'tool')).toHaveLength(
        count('function_call_result'),
      );
      expect(messages.flatMap(idsOf)).toHaveLength(count('function_call'));
      const asked = items.filter((item) => 'role' in item && item.role === 'user');
      expect(messages.filter(({ role }) => role === 'user')).toHaveLength(asked.length);
      expectNeighbours(messages);
    }),
    { numRuns: 2000 },
  );
});

function idsOf({ tool_calls: calls }: Record<string, unknown>): string[] {
  return Array.isArray(calls) ? calls.map(({ id }: { id: string }) => id) : [];
}

/** An output that could stand behind its call does. */
function expectNeighbours(messages: readonly Record<string, unknown>[]): void {
  const left: string[] = [];
  let due: string[] = [];
  for (const message of messages) {
    if (message['role'] === 'tool') {
      const id = String(message['tool_call_id']);
      if (due.includes(id)) due.splice(due.indexOf(id), 1);
      else expect(left).not.toContain(id);
    } else {
      left.push(...due);
      due = idsOf(message);
    }
  }
}
