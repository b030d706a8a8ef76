import { isRecord } from '../../internal/json.js';
import { foldModelEvents } from '../../model/index.js';
import type { ModelStreamEvent } from '../../model/index.js';
import { expectSame, expectThat } from '../contract/expect-same.js';
import { aCall } from './answer-laws.js';
import { aRequest, lookUp } from './a-request.js';
import { expectFolded } from './expect-folded.js';
import { lastResponse, type ModelLab } from './model-lab.js';
import type { ModelLaw } from './model-law.js';
import type { ProviderReplyItem } from './provider-reply.js';

/** A stream keeps the delta protocol, whatever is said in it. */
export const streamLaws: readonly ModelLaw[] = [
  onStreams('a stream ends with response_done, which comes once', (events) => {
    expectSame(
      events.flatMap(({ type }, index) => (type === 'response_done' ? [index] : [])),
      [events.length - 1],
      `The positions of response_done among ${events.length} events`,
    );
  }),
  onStreams('response_started comes once at most, before everything but raw events', (events) => {
    const told = events.filter(({ type }) => type !== 'model').map(({ type }) => type);
    expectThat(
      !told.includes('response_started', 1),
      'response_started as the first event, if at all',
      told,
    );
  }),
  onStreams('every delta stands between the start and the end of its part', (events) => {
    foldModelEvents(events);
  }),
  onStreams('the deltas add up to the items of response_done', (events) => {
    const { output } = lastResponse(events);
    const folded = foldModelEvents(events);
    for (const index of folded.keys()) {
      expectThat(index in output, `deltas of the ${output.length} items only`, {
        itemIndex: index,
      });
    }
    for (const [index, item] of output.entries()) expectFolded(folded.get(index), item, index);
  }),
  onStreams('output_item_done comes once for each item, in order, after its deltas', (events) => {
    const { output } = lastResponse(events);
    const done = events.filter((event) => event.type === 'output_item_done');
    expectSame(
      done.map(({ itemIndex }) => itemIndex),
      output.map((_item, index) => index),
      'The itemIndex of each output_item_done',
    );
    for (const { itemIndex, item } of done) {
      expectSame(item, output[itemIndex], `The item of output_item_done ${itemIndex}`);
    }
    const finished = new Set<number>();
    for (const event of events) {
      if (event.type === 'output_item_done') finished.add(event.itemIndex);
      else if ('itemIndex' in event) {
        expectThat(!finished.has(event.itemIndex), 'no event of an item after it is done', event);
      }
    }
  }),
  {
    name: 'response_done holds what getResponse gives',
    modes: ['streamed'],
    check: async (lab) => {
      for (const output of shapes(lab)) {
        const plain = await lab.prepare([{ output }]);
        const whole = await lab.ask(plain.model, request, 'plain');
        const streamed = lastResponse(await streamOf(lab, output));
        const view = ({ usage, finishReason, output: items }: typeof whole): unknown => ({
          usage: JSON.parse(JSON.stringify(usage)) as unknown, // compared as data
          finishReason,
          output: lab.has('callIds') ? items.map(withoutIds) : items.map(withoutCallIds),
        });
        expectSame(view(streamed), view(whole), 'response_done beside getResponse()');
      }
    },
  },
];

function onStreams(name: string, check: (events: readonly ModelStreamEvent[]) => void): ModelLaw {
  return {
    name,
    modes: ['streamed'],
    check: async (lab) => {
      for (const output of shapes(lab)) check(await streamOf(lab, output));
    },
  };
}

async function streamOf(
  lab: ModelLab,
  output: readonly ProviderReplyItem[],
): Promise<readonly ModelStreamEvent[]> {
  const { model } = await lab.prepare([{ output }]);
  return lab.stream(model, request);
}

/** Answers of every kind the provider has. */
function shapes(lab: ModelLab): readonly (readonly ProviderReplyItem[])[] {
  const text: ProviderReplyItem = { type: 'text', text: 'One, two, three.' };
  const all: (readonly ProviderReplyItem[])[] = [
    [text],
    [{ type: 'text', text: '' }],
    [text, aCall(1), aCall(2)],
  ];
  if (lab.has('severalTexts')) all.push([text, { type: 'text', text: 'Four, five.' }]);
  if (lab.has('refusals')) all.push([{ type: 'refusal', text: 'I will not say that.' }]);
  if (lab.has('reasoning')) {
    all.push([{ type: 'reasoning', text: 'Hm, hm.', opaque: 'opaque-1' }, aCall(1), aCall(2)]);
  }
  if (lab.has('unknownItems')) all.push([{ type: 'unknown', marker: 'unknown-marker' }, text]);
  return all;
}

const request = aRequest({ tools: [lookUp] });

/** Ids may be new in each answer; that they are there may not differ. */
function withoutIds(value: unknown): unknown {
  return replaceFields(value, new Set(['id', 'providerData']));
}

function withoutCallIds(value: unknown): unknown {
  return replaceFields(value, new Set(['id', 'providerData', 'callId']));
}

function replaceFields(value: unknown, fields: ReadonlySet<string>): unknown {
  if (Array.isArray(value)) return value.map((each) => replaceFields(each, fields));
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [
      key,
      fields.has(key) ? shapeOf(each) : replaceFields(each, fields),
    ]),
  );
}

function shapeOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shapeOf);
  if (!isRecord(value)) return `any ${typeof value}`;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, shapeOf(each)]));
}
