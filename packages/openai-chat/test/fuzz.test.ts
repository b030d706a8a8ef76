import { isDeepStrictEqual } from 'node:util';
import { type AgentOutputItem, foldModelEvents, type ModelStreamEvent } from '@baton/core/model';
import type { ProviderReplyItem } from '@baton/core/testing';
import { expectLaw, responseOf } from '@baton/openai-shared/test-support';
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

/** Everything that chance decides about one stream. */
interface World {
  readonly shape: WireShape;
  readonly said: Said;
  /** Where texts are cut into deltas. */
  readonly deltaCuts: readonly number[];
  /** Where the body is cut, at any byte. */
  readonly byteCuts: readonly number[];
  /** Which delta comes next, which fields are swapped, which nulls are added, which deltas share a chunk. */
  readonly chance: readonly number[];
  readonly lineEnd: string;
}

interface Said {
  readonly thoughts: string | undefined;
  readonly text: string | undefined;
  readonly refusal: string | undefined;
  readonly calls: readonly { readonly name: string; readonly args: string }[];
}

const tools = ['get_weather', 'get_time', 'transfer_to_refund_agent'];

const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 24 });
const aQuery = text.map((query) => JSON.stringify({ query }));
const someArguments = fc.oneof(
  { weight: 8, arbitrary: aQuery },
  { weight: 1, arbitrary: fc.constant('{}') },
  { weight: 1, arbitrary: fc.constant('') },
  { weight: 1, arbitrary: aQuery.map((whole) => whole.slice(0, 5)) }, // cut off
);
const said: fc.Arbitrary<Said> = fc.record({
  thoughts: fc.option(text, { nil: undefined }),
  text: fc.option(text, { nil: undefined }),
  refusal: fc.option(text, { nil: undefined, freq: 8 }),
  calls: fc.array(fc.record({ name: fc.constantFrom(...tools), args: someArguments }), {
    maxLength: 3,
  }),
});
const numbers = fc.array(fc.nat(2 ** 20), { maxLength: 12 });
const world: fc.Arbitrary<World> = fc.record({
  shape: fc.constantFrom(...SHAPES),
  said,
  deltaCuts: numbers,
  byteCuts: numbers,
  chance: fc.array(fc.nat(2 ** 20), { minLength: 1, maxLength: 12 }),
  lineEnd: fc.constantFrom('\n', '\r\n', '\r'),
});

it(
  'whatever is cut, interleaved or shuffled, a stream folds to the items of the whole completion',
  { timeout: 120_000 },
  () => {
    fc.assert(
      fc.property(world, (drawn) => {
        const reply = replyOf(drawn);
        const whole = readWhole(completionOf(drawn.shape, reply), { offers }).output;
        const events = eventsOf(drawn, reply);
        const { output } = responseOf(events);
        foldModelEvents(events); // throws where a delta stands outside its part
        const sameOrder = isDeepStrictEqual(output, whole);
        if (sameOrder && isToldWhole(events, output)) return;
        // Which call begins first is the stream's to say.
        expect(inCallOrder(output)).toEqual(inCallOrder(whole));
        expectLaw(events);
      }),
      { numRuns: 5000 },
    );
  },
);

function offers(name: string): boolean {
  return tools.includes(name);
}

function replyOf({
  shape,
  said: { thoughts, text: content, refusal, calls },
  deltaCuts,
}: World): ShapeReply {
  const has = (feature: WireShape['without'][number]): boolean => !shape.without.includes(feature);
  const isSealed = has('providerData');
  const output: ProviderReplyItem[] = [];
  if (thoughts !== undefined && has('reasoning')) {
    output.push({ type: 'reasoning', text: thoughts, opaque: isSealed ? 'seal' : '' });
  }
  if (content !== undefined) output.push({ type: 'text', text: content });
  if (refusal !== undefined && has('refusals')) output.push({ type: 'refusal', text: refusal });
  calls.forEach(({ name, args }, at) => {
    // Without ids and indexes only whole arguments tell where the next call begins.
    const isOwn = has('callIds') || args.endsWith('"}');
    const whole = isOwn ? args : '{"query":"x"}';
    output.push({ type: 'function_call', callId: `call_${at + 1}`, name, arguments: whole });
  });
  if (output.length === 0) output.push({ type: 'text', text: 'Nothing.' });
  const usage = { inputTokens: 9, outputTokens: 4, cachedInputTokens: 2, reasoningTokens: 1 };
  return { output, usage, split: (whole) => cutAt(whole, deltaCuts) };
}

function cutAt(whole: string, cuts: readonly number[]): readonly string[] {
  const ends = [...new Set(cuts.map((cut) => cut % (whole.length + 1)))].toSorted((a, b) => a - b);
  const pieces = [...ends, whole.length].map((end, at) => whole.slice(ends[at - 1] ?? 0, end));
  return pieces.filter((piece, at) => piece !== '' || at === 0);
}

function eventsOf(
  { shape, byteCuts, chance, lineEnd }: World,
  reply: ShapeReply,
): readonly ModelStreamEvent[] {
  const next = dice(chance);
  const chunks = interleaved(chunksOf(shape, reply), shape, next).map((chunk) =>
    shuffled(withNulls(chunk, next), next),
  );
  const body = new TextEncoder().encode(toSse(chunks, { lineEnd, comment: shape.comment }));
  const reader = new ChatStreamReader(aContext({ offers }));
  const events = arriving(body, byteCuts).flatMap((chunk) => [...reader.read(chunk)]);
  return [...events, ...reader.end()];
}

/** Numbers below a bound, from those that chance has drawn. */
function dice(chance: readonly number[]): (bound: number) => number {
  let at = 0;
  return (bound) => ((chance[at++ % chance.length] ?? 0) + at * 7) % bound;
}

/** The pieces of calls mixed, each call's own in their order, where the server counts its calls. */
function interleaved(
  chunks: readonly Wire[],
  shape: WireShape,
  next: (bound: number) => number,
): readonly Wire[] {
  const { index = 'position', whole = false } = shape.calls ?? {};
  const isOfCall = (chunk: Wire): boolean => callIndex(chunk) !== undefined;
  if (index !== 'position' || whole) return chunks;
  const first = chunks.findIndex(isOfCall);
  if (first === -1) return chunks;
  const queues = new Map<number, Wire[]>();
  for (const chunk of chunks.filter(isOfCall)) {
    const call = callIndex(chunk) ?? 0;
    queues.set(call, [...(queues.get(call) ?? []), chunk]);
  }
  const mixed: Wire[] = [];
  for (
    let open = [...queues.values()];
    open.length > 0;
    open = open.filter(({ length }) => length > 0)
  ) {
    const chunk = open[next(open.length)]?.shift();
    if (chunk !== undefined) mixed.push(chunk);
  }
  return [
    ...chunks.slice(0, first),
    ...mixed,
    ...chunks.slice(first).filter((chunk) => !isOfCall(chunk)),
  ];
}

function callIndex(chunk: Wire): number | undefined {
  const [choice] = chunk['choices'] as {
    readonly delta?: { readonly tool_calls?: readonly { index: number }[] };
  }[];
  return choice?.delta?.tool_calls?.[0]?.index;
}

/** Optional fields may be null, empty or missing. */
function withNulls(chunk: Wire, next: (bound: number) => number): Wire {
  const [choice] = chunk['choices'] as Wire[];
  if (choice === undefined || next(3) === 0) return chunk;
  const nulls = {
    content: null,
    refusal: null,
    tool_calls: [[], null][next(2)],
    annotations: [],
    audio: null,
  };
  const delta = { ...nulls, reasoning_content: null, reasoning: '', ...(choice['delta'] as Wire) };
  return { usage: null, error: null, ...chunk, choices: [{ logprobs: null, ...choice, delta }] };
}

/** The fields of all objects in another order. */
function shuffled<T>(value: T, next: (bound: number) => number): T {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((each: unknown) => shuffled(each, next)) as T;
  const fields = Object.entries(value);
  const turned = next(2) === 0 ? fields : fields.toReversed();
  const at = next(turned.length + 1);
  return Object.fromEntries(
    [...turned.slice(at), ...turned.slice(0, at)].map(([field, each]) => [
      field,
      shuffled(each, next),
    ]),
  ) as T;
}

/** Whether each item was told once, in order, as it stands in the response. */
function isToldWhole(
  events: readonly ModelStreamEvent[],
  output: readonly AgentOutputItem[],
): boolean {
  const done = events.flatMap((event) => (event.type === 'output_item_done' ? [event] : []));
  const folded = foldModelEvents(events);
  return (
    done.length === output.length &&
    done.every(({ itemIndex, item }, at) => itemIndex === at && item === output[at]) &&
    output.every((item, at) => textsOf(folded.get(at)) === textsIn(item))
  );
}

type Folded = ReturnType<typeof foldModelEvents> extends Map<number, infer T> ? T : never;

function textsOf(folded: Folded | undefined): string {
  if (folded === undefined) return '';
  const { content, summary, reasoning, call } = folded;
  const parts = [
    ...[...content.values()].map((part) => part.text),
    ...summary.values(),
    ...reasoning.values(),
  ];
  return call === undefined ? parts.join('|') : `${call.callId} ${call.name} ${call.arguments}`;
}

function textsIn(item: AgentOutputItem): string {
  if (item.type === 'function_call') return `${item.callId} ${item.name} ${item.arguments}`;
  if (item.type === 'reasoning')
    return [...item.content, ...(item.rawContent ?? [])].map((part) => part.text).join('|');
  if (!('role' in item)) return '';
  return item.content
    .map((part) => ('text' in part ? part.text : 'refusal' in part ? part.refusal : ''))
    .join('|');
}

function inCallOrder(output: readonly AgentOutputItem[]): readonly AgentOutputItem[] {
  const idOf = (item: AgentOutputItem): string =>
    item.type === 'function_call' ? item.callId : '';
  return output.toSorted((a, b) => idOf(a).localeCompare(idOf(b)));
}
