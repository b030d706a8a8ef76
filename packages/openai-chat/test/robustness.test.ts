import { AgentsError, ModelBehaviorError } from '@baton/core/model';
import { expectLaw } from '@baton/openai-shared/test-support';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ChatStreamReader } from '../src/response/stream-reader.js';
import { SHAPES } from './fixtures/shapes.js';
import {
  chunksOf,
  completionOf,
  type ShapeReply,
  type Wire,
  type WireShape,
} from './fixtures/wire-shape.js';
import { aContext, readWhole } from './support/read.js';
import { arriving, toSse } from './support/sse.js';

/** One of everything that a server has. */
function replyOf({ without }: WireShape): ShapeReply {
  const call = { type: 'function_call', name: 'look_up', arguments: '{"query":"é"}' } as const;
  return {
    output: [
      ...(without.includes('reasoning')
        ? []
        : [{ type: 'reasoning', text: 'Hm, hm.', opaque: 'seal' } as const]),
      { type: 'text', text: 'I look, 東京.' },
      { ...call, callId: 'call_a' },
      { ...call, callId: 'call_b' },
    ],
    usage: { inputTokens: 21, outputTokens: 8, cachedInputTokens: 4, reasoningTokens: 3 },
    split: (text) => text.split(/(?<= )/),
  };
}

const shape = fc.constantFrom(...SHAPES);
const anything = fc.constantFrom(
  null,
  true,
  0,
  -1,
  1e308,
  '',
  'x',
  '{}',
  [],
  [null],
  [[]],
  {},
  { x: {} },
  [{}],
);

it('a stream that is cut at any byte is complete only where its finish reason has arrived', () => {
  fc.assert(
    fc.property(shape, fc.nat(), (drawn, cut) => {
      const chunks = chunksOf(drawn, replyOf(drawn));
      const body = new TextEncoder().encode(toSse(chunks));
      const at = cut % (body.length + 1);
      const reader = new ChatStreamReader(aContext());
      const arrived = arriving(body.subarray(0, at), []);
      for (const chunk of arrived) reader.read(chunk);
      const end = chunks.findIndex(isLast);
      expect(reader.complete).toBe(arrived.length > end);
    }),
    { numRuns: 1000 },
  );
});

it('whatever stands anywhere in a chunk, it is read or refused as an answer that cannot be read', () => {
  fc.assert(
    fc.property(shape, fc.nat(), fc.nat(), anything, (drawn, which, path, value) => {
      const chunks = [...chunksOf(drawn, replyOf(drawn))];
      const at = which % chunks.length;
      chunks[at] = withValue(chunks[at] ?? {}, path, value);
      readOrRefuse(() => {
        const reader = new ChatStreamReader(aContext());
        const events = chunks.flatMap((chunk) => [...reader.read(chunk)]);
        expectLaw([...events, ...reader.end()]);
      });
    }),
    { numRuns: 3000 },
  );
});

it('whatever stands anywhere in a completion, it is read or refused as an answer that cannot be read', () => {
  fc.assert(
    fc.property(shape, fc.nat(), anything, (drawn, path, value) => {
      readOrRefuse(() => readWhole(withValue(completionOf(drawn, replyOf(drawn)), path, value)));
    }),
    { numRuns: 3000 },
  );
});

/** Anything but an answer or an error that says what is wrong with it fails the test. */
function readOrRefuse(read: () => unknown): void {
  try {
    read();
  } catch (error) {
    if (error instanceof AgentsError) expect(error).toBeInstanceOf(ModelBehaviorError);
    else throw error;
  }
}

function isLast(chunk: Wire): boolean {
  const [choice] = chunk['choices'] as { readonly finish_reason?: unknown }[];
  return typeof choice?.finish_reason === 'string';
}

/** The object with another value at one of its places, counted through. */
function withValue(object: Wire, path: number, value: unknown): Wire {
  const copy = structuredClone(object);
  const places: [Record<string, unknown>, string][] = [];
  const visit = (holder: Record<string, unknown>): void => {
    for (const [field, each] of Object.entries(holder)) {
      places.push([holder, field]);
      if (typeof each === 'object' && each !== null) visit(each as Record<string, unknown>);
    }
  };
  visit(copy);
  const place = places[path % places.length];
  if (place !== undefined) place[0][place[1]] = value;
  return copy;
}
