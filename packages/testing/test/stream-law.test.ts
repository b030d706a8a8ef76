import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  customToolCall,
  functionCall,
  message,
  type OutputItem,
  reasoning,
  refusal,
  type Reply,
} from '../src/index.js';
import { checkedFetch } from './support/checked-fetch.js';
import { foldEvents } from './support/fold-events.js';
import { post, type WireEvent } from './support/post.js';
import { withServer } from './support/with-server.js';

const text = fc.string({ unit: 'grapheme', maxLength: 40 });
const name = fc.stringMatching(/^[a-z_]{1,12}$/);
const item: fc.Arbitrary<OutputItem> = fc.oneof(
  text.map((value) => message(value)),
  fc
    .record({ phase: fc.constantFrom('commentary', 'final_answer'), value: text })
    .map(({ phase, value }) => message(value, { phase })),
  text.map((value) => refusal(value)),
  fc.tuple(text, text).map(([one, two]): OutputItem => ({
    type: 'message',
    content: [
      { type: 'output_text', text: one },
      { type: 'refusal', refusal: two },
    ],
  })),
  fc
    .tuple(name, fc.dictionary(name, fc.jsonValue()))
    .map(([tool, args]) => functionCall(tool, args)),
  fc.tuple(name, text).map(([tool, input]) => customToolCall(tool, input)),
  fc
    .tuple(fc.array(text, { maxLength: 3 }), fc.option(text, { nil: undefined }))
    .map(([summary, content]) => reasoning(summary, content === undefined ? {} : { content })),
  fc.tuple(name, text).map(([tool, args]): OutputItem => ({
    type: 'mcp_call',
    server_label: 's',
    name: tool,
    arguments: args,
    output: 'x',
  })),
  text.map((code): OutputItem => ({ type: 'code_interpreter_call', code })),
);
const reply: fc.Arbitrary<Reply> = fc.record(
  {
    output: fc.array(item, { maxLength: 4 }),
    incomplete: fc.constantFrom('max_output_tokens' as const, 'content_filter' as const),
    chunk: fc.constantFrom(
      (value: string) => value.split(''),
      (value: string) => (value === '' ? [] : [value]),
    ),
  },
  { requiredKeys: ['output'] },
);

const body = { model: 'gpt-test', input: 'Hi', include: ['reasoning.encrypted_content'] };

describe('for any reply', () => {
  it('the events fit the schema and count up, their deltas fold to the final items, and the response at the end is the one sent without a stream', async () => {
    await fc.assert(
      fc.asyncProperty(reply, async (scripted) => {
        const events = await eventsOf(scripted);
        const final = events.at(-1)?.['response'] as Record<string, unknown>;
        expect(events.map((event) => event.sequence_number)).toEqual([...events.keys()]);
        expect(foldEvents(events)).toEqual(final['output']);
        expect(timeless(final)).toEqual(timeless(await wholeOf(scripted)));
      }),
      { numRuns: 50 },
    );
  });

  it('what was said can be said back', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(item, { maxLength: 5 }), async (output) => {
        // Reasoning leads to something, or it cannot be replayed.
        const server = await withServer({ script: [[...output, message('The end.')], 'Fine.'] });
        const said = (await post(server.url, body)).json()['output'] as readonly OutputItem[];
        const input = [{ role: 'user', content: 'Hi' }, ...said, ...said.flatMap(answer)];
        const replayed = await post(server.url, { ...body, input }, { fetch: checkedFetch });
        expect([replayed.status, replayed.text]).toEqual([200, expect.any(String)]);
      }),
      { numRuns: 40 },
    );
  });
});

async function eventsOf(scripted: Reply): Promise<readonly WireEvent[]> {
  const server = await withServer({ script: [scripted] });
  const answered = await post(server.url, { ...body, stream: true }, { fetch: checkedFetch });
  return answered.events();
}

async function wholeOf(scripted: Reply): Promise<Record<string, unknown>> {
  const server = await withServer({ script: [scripted] });
  return (await post(server.url, body, { fetch: checkedFetch })).json();
}

function timeless(response: Record<string, unknown>): unknown {
  return { ...response, created_at: 0, completed_at: 0 };
}

function answer(call: OutputItem): readonly object[] {
  if (call.type !== 'function_call' && call.type !== 'custom_tool_call') return [];
  return [{ type: `${call.type}_output`, call_id: call['call_id'], output: 'x' }];
}
