import fc from 'fast-check';
import { expect, it } from 'vitest';
import { eventStreamDecoder, openEventStream } from '../src/index.js';

const encoder = new TextEncoder();

function decode(chunks: readonly Uint8Array[]): readonly string[] {
  const decoder = eventStreamDecoder();
  return [...chunks.flatMap((chunk) => decoder.push(chunk)), ...decoder.end()];
}

function decodeText(text: string): readonly string[] {
  return decode([encoder.encode(text)]);
}

/** Cuts bytes at the given places, wherever they are. */
function cut(bytes: Uint8Array, places: readonly number[]): readonly Uint8Array[] {
  const ends = [...places.map((place) => place % (bytes.length + 1)), bytes.length].toSorted(
    (a, b) => a - b,
  );
  let from = 0;
  return ends.map((end) => bytes.subarray(from, (from = end)));
}

it('events come out the same however the bytes are cut', () => {
  const line = fc.stringMatching(/^[^\r\n]*$/);
  const event = fc.record({
    name: fc.option(line, { nil: undefined }),
    comment: fc.option(line, { nil: undefined }),
    data: fc.array(line, { minLength: 1, maxLength: 3 }).filter((lines) => lines.join('') !== ''),
  });
  const newline = fc.constantFrom('\n', '\r\n', '\r');
  fc.assert(
    fc.property(
      fc.array(event),
      newline,
      fc.array(fc.nat({ max: 5000 }), { maxLength: 40 }),
      fc.boolean(),
      (events, nl, places, bom) => {
        const text = events
          .map(({ name, comment, data }) =>
            [
              ...(comment === undefined ? [] : [`:${comment}`]),
              ...(name === undefined ? [] : [`event: ${name}`]),
              ...data.map((each) => `data: ${each}`),
              '',
              '',
            ].join(nl),
          )
          .join('');
        const bytes = encoder.encode(bom ? `\uFEFF${text}` : text);
        expect(decode(cut(bytes, places))).toEqual(events.map(({ data }) => data.join('\n')));
      },
    ),
    { numRuns: 500 },
  );
});

it('one byte at a time is as good as all at once', () => {
  const bytes = encoder.encode('\uFEFFdata: {"text":"größer 🛫"}\r\n\r\n: ping\r\ndata: 2\r\n\r\n');
  const single = [...bytes].map((byte) => Uint8Array.of(byte));
  expect(decode(single)).toEqual(['{"text":"größer 🛫"}', '2']);
});

it('the space after the colon is optional and only one is taken away', () => {
  expect(decodeText('data:1\n\ndata: 2\n\ndata:  3\n\n')).toEqual(['1', '2', ' 3']);
});

it('comments, names, ids and retry times are no events', () => {
  expect(decodeText(': hi\n\nevent: ping\n\nid: 1\nretry: 5\n\ndata: 1\n\n')).toEqual(['1']);
});

it('a last event that only lacks its blank line still counts', () => {
  expect(decodeText('data: {"a":1}')).toEqual(['{"a":1}']);
  expect(decodeText('data: [DONE]\n')).toEqual(['[DONE]']);
});

it('a last event that was cut off does not count', () => {
  expect(decodeText('data: 1\n\ndata: {"a":')).toEqual(['1']);
});

it('an event spread over many chunks is found in linear time', () => {
  const text = `data: ${'x'.repeat(2_000_000)}\n\n`;
  const bytes = encoder.encode(text);
  const chunks = cut(
    bytes,
    Array.from({ length: 2000 }, (_, index) => index * 1000),
  );
  expect(decode(chunks)[0]?.length).toBe(2_000_000);
});

it('closing twice, or after the end, is harmless', async () => {
  const body = new Response('data: 1\n\n').body;
  if (body === null) throw new Error('a response with text has a body');
  const stream = openEventStream(body);
  expect(await stream.read()).toEqual(['1']);
  expect(await stream.read()).toEqual([]);
  expect(await stream.read()).toBeUndefined();
  stream.finish();
  stream.cancel();
  stream.cancel();
});
