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
import { foldChunks, type FoldedChoice } from './support/fold-chunks.js';
import { post } from './support/post.js';
import { withServer } from './support/with-server.js';

const text = fc.string({ unit: 'grapheme', maxLength: 40 });
const name = fc.stringMatching(/^[a-z_]{1,12}$/);
const citation = fc.record({
  type: fc.constant('url_citation'),
  start_index: fc.nat(),
  end_index: fc.nat(),
  url: fc.constant('https://example.com/x'),
  title: text,
});
const item: fc.Arbitrary<OutputItem> = fc.oneof(
  fc
    .tuple(text, fc.array(citation, { maxLength: 2 }))
    .map(([value, annotations]) => message(value, { annotations })),
  text.map((value) => refusal(value)),
  fc
    .tuple(name, fc.dictionary(name, fc.jsonValue()))
    .map(([tool, args]) => functionCall(tool, args)),
  fc.tuple(name, text).map(([tool, input]) => customToolCall(tool, input)),
  fc
    .tuple(fc.array(text, { maxLength: 3 }), fc.option(text, { nil: undefined }))
    .map(([summary, content]) => reasoning(summary, content === undefined ? {} : { content })),
  fc.tuple(fc.base64String(), text).map(([data, transcript]): OutputItem => ({
    type: 'message',
    content: [{ type: 'output_audio', data, transcript }],
  })),
);
const output = fc.array(item, { maxLength: 4 });
const reply: fc.Arbitrary<Reply> = fc.record(
  {
    output,
    choices: fc.array(output, { maxLength: 2 }),
    incomplete: fc.constantFrom('max_output_tokens' as const, 'content_filter' as const),
    chunk: fc.constantFrom(
      (value: string) => value.split(''),
      (value: string) => (value === '' ? [] : [value]),
    ),
  },
  { requiredKeys: ['output'] },
);

const path = '/chat/completions';
const messages = [{ role: 'user', content: 'Hi' }];
const stream = { stream: true, stream_options: { include_usage: true } };

describe('for any reply, with and without log probabilities', () => {
  it('the chunks fit the schema and fold to the completion that is sent without a stream', async () => {
    await fc.assert(
      fc.asyncProperty(reply, fc.boolean(), async (scripted, logprobs) => {
        const body = { model: 'gpt-test', messages, logprobs };
        const server = await withServer({ reply: () => scripted });
        const chunks = (
          await post(server.url, { ...body, ...stream }, { path, fetch: checkedFetch })
        ).chunks();
        const other = await withServer({ reply: () => scripted });
        const whole = (await post(other.url, body, { path, fetch: checkedFetch })).json();
        expect(foldChunks(chunks)).toEqual((whole['choices'] as readonly object[]).map(timeless));
        expect(chunks.at(-1)).toMatchObject({
          choices: [],
          usage: whole['usage'],
          id: whole['id'],
        });
      }),
      { numRuns: 50 },
    );
  });

  it('what was said can be said back', async () => {
    await fc.assert(
      fc.asyncProperty(output, async (scripted) => {
        const server = await withServer({
          reply: () => scripted,
          compatible: { fields: REPLAYED },
        });
        const body = { model: 'gpt-test', messages };
        const whole = (await post(server.url, body, { path })).json();
        const [{ message: said }] = whole['choices'] as [{ message: Said }];
        const audio = said.audio && { id: said.audio.id };
        const says = [said.content, said.refusal, audio, said.tool_calls].some(
          (part) => part != null,
        );
        const outputs = (said.tool_calls ?? []).map(({ id }) => ({
          role: 'tool',
          tool_call_id: id,
          content: 'x',
        }));
        const turn = says ? [{ ...said, ...(audio && { audio }) }, ...outputs] : [];
        const replayed = { ...body, messages: [...messages, ...turn, ...messages] };
        const answer = await post(server.url, replayed, { path });
        expect([answer.status, answer.text]).toEqual([200, expect.any(String)]);
      }),
      { numRuns: 40 },
    );
  });
});

/** A client that replays the whole message sends them; OpenAI knows them only in answers. */
const REPLAYED = ['annotations', 'reasoning_content'];

interface Said {
  readonly content: string | null;
  readonly refusal: string | null;
  readonly audio?: { readonly id: string };
  readonly tool_calls?: readonly { readonly id: string }[];
}

/** The folded choice knows when audio expires to the second, which may be another one. */
function timeless(choice: object): FoldedChoice {
  const { message: said, ...rest } = structuredClone(choice) as FoldedChoice;
  const audio = said['audio'] as object | undefined;
  return { ...rest, message: audio ? { ...said, audio: { ...audio, expires_at: 0 } } : said };
}
