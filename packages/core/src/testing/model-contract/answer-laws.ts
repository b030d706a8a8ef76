import { expectSame, expectThat } from '../contract/expect-same.js';
import { aRequest, lookUp } from './a-request.js';
import type { Mode, ModelLab, ReplyChanges } from './model-lab.js';
import type { ModelLaw } from './model-law.js';
import type { ProviderReplyItem } from './provider-reply.js';
import { meant, type Said, said } from './said.js';

/** An answer has in it what the provider said, however it came. */
export const answerLaws: readonly ModelLaw[] = [
  saysWhatWasMeant('a text comes back', [{ type: 'text', text: 'Hello, you.\nHow are "things"?' }]),
  {
    name: 'an empty text is an answer',
    check: (lab, mode) => expectSaid(lab, mode, { output: [{ type: 'text', text: '' }] }),
  },
  {
    ...saysWhatWasMeant('several texts come back, in order', [
      { type: 'text', text: 'First.' },
      { type: 'text', text: 'Second.' },
    ]),
    needs: ['severalTexts'],
  },
  {
    ...saysWhatWasMeant('a refusal comes back as a refusal', [
      { type: 'refusal', text: 'I will not say that.' },
    ]),
    needs: ['refusals'],
  },
  saysWhatWasMeant('a function call comes back', [aCall(1)]),
  saysWhatWasMeant('a text and the call after it come back', [
    { type: 'text', text: 'I look it up.' },
    aCall(1),
  ]),
  saysWhatWasMeant('parallel function calls come back, each with its own arguments, in order', [
    aCall(1),
    aCall(2),
    aCall(3),
  ]),
  {
    ...saysWhatWasMeant('reasoning comes back before what it led to', [
      { type: 'reasoning', text: 'Hm, hm.', opaque: 'opaque-1' },
      { type: 'text', text: 'Forty-two.' },
    ]),
    needs: ['reasoning'],
  },
  {
    ...saysWhatWasMeant('an item of an unknown type is kept as an unknown item', [
      { type: 'unknown', marker: 'unknown-marker' },
      { type: 'text', text: 'There it is.' },
    ]),
    needs: ['unknownItems'],
  },
  {
    name: 'characters that the deltas cut in half come back whole',
    modes: ['streamed'],
    check: (lab, mode) =>
      expectSaid(lab, mode, { output: UNICODE, split: (text) => text.split('') }),
  },
  {
    name: 'an answer that arrives byte by byte comes back whole',
    needs: ['byteChunks'],
    check: (lab, mode) => expectSaid(lab, mode, { output: UNICODE.slice(0, 1), bytesPerChunk: 1 }),
  },
  {
    name: 'the tokens of an answer are counted, as one request',
    check: async (lab, mode) => {
      const counted = { inputTokens: 1234, outputTokens: 56 };
      const { model } = await lab.prepare([
        { usage: { ...counted, cachedInputTokens: 0, reasoningTokens: 0 } },
      ]);
      const { usage } = await lab.ask(model, aRequest(), mode);
      const { requests, inputTokens, outputTokens, totalTokens } = usage;
      expectSame(
        { requests, inputTokens, outputTokens, totalTokens },
        { requests: 1, ...counted, totalTokens: 1290 },
        'The usage',
      );
    },
  },
  {
    name: 'cached and reasoning tokens are told',
    needs: ['usageDetails'],
    check: async (lab, mode) => {
      const details = { cachedInputTokens: 1024, reasoningTokens: 32 };
      const { model } = await lab.prepare([
        { usage: { inputTokens: 1234, outputTokens: 56, ...details } },
      ]);
      const { usage } = await lab.ask(model, aRequest(), mode);
      const { cachedInputTokens, reasoningTokens } = usage;
      expectSame({ cachedInputTokens, reasoningTokens }, details, 'The usage');
    },
  },
  {
    name: 'items are plain JSON, so that a session can keep them',
    check: async (lab, mode) => {
      const { model } = await lab.prepare([{ output: [{ type: 'text', text: 'Hi' }, aCall(1)] }]);
      const { output } = await lab.ask(model, aRequest({ tools: [lookUp] }), mode);
      expectSame(JSON.parse(JSON.stringify(output)), output, 'The output as JSON and back');
    },
  },
];

/** A call whose arguments have in them what text formats stumble over. */
export function aCall(number: number): ProviderReplyItem {
  const query = `number ${number}: "quoted", back\\slash, {braces}, née 東京 👍🏽`;
  return {
    type: 'function_call',
    callId: `call_suite_${number}`,
    name: 'look_up',
    arguments: JSON.stringify({ query }),
  };
}

function saysWhatWasMeant(name: string, output: readonly ProviderReplyItem[]): ModelLaw {
  return { name, check: (lab, mode) => expectSaid(lab, mode, { output }) };
}

async function expectSaid(lab: ModelLab, mode: Mode, reply: ReplyChanges): Promise<void> {
  const { model } = await lab.prepare([reply]);
  const { output } = await lab.ask(model, aRequest({ tools: [lookUp] }), mode);
  const named = lab.has('callIds') ? said(output) : said(output).map(withoutCallId);
  const expected = meant(reply.output ?? []);
  expectSame(named, lab.has('callIds') ? expected : expected.map(withoutCallId), 'The output says');
  const ids = said(output).flatMap(({ callId }) => (callId === undefined ? [] : [callId]));
  expectThat(
    ids.every((id) => id !== '') && new Set(ids).size === ids.length,
    'a call id of its own for each call',
    ids,
  );
}

function withoutCallId({ callId: _callId, ...rest }: Said): Said {
  return rest;
}

const UNICODE: readonly ProviderReplyItem[] = [
  { type: 'text', text: 'Grüße, 東京! 👩‍👩‍👧 e\u0301 – \u{1F1F8}\u{1F1F0} ±' },
  aCall(1),
];
