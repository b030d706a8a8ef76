import { ModelBehaviorError, type ModelResponse } from '@baton/core/model';
import { describe, expect, it } from 'vitest';
import type { Wire } from './fixtures/wire-shape.js';
import { aCompletion, aStream, readStream, readWhole } from './support/read.js';

/** The thoughts of a response: summary, thoughts, and what goes back. */
function thoughtsIn({ output }: ModelResponse): unknown {
  return output.flatMap((item) => {
    if (item.type !== 'reasoning') return [];
    const {
      provider: _provider,
      model: _model,
      response_id: _id,
      ...data
    } = item.providerData ?? {};
    const texts = (parts: readonly { readonly text: string }[] = []) =>
      parts.map(({ text }) => text);
    return [{ summary: texts(item.content), thoughts: texts(item.rawContent), data }];
  });
}

/** Read both ways. */
function both(message: Wire, deltas: readonly Wire[]): readonly unknown[] {
  return [
    readWhole(aCompletion({ ...message, content: 'Yes.' })),
    readStream(aStream([...deltas, { content: 'Yes.' }])),
  ].map(thoughtsIn);
}

describe('thoughts, whole and streamed [C12]', () => {
  const seal = { type: 'thinking', thinking: 'One, two.', signature: 'seal-1' };
  const redacted = { type: 'redacted_thinking', data: 'xyz' };
  const last = { type: 'thinking', thinking: 'Three.', signature: 'seal-2' };
  const cases: Record<string, readonly [Wire, readonly Wire[], unknown]> = {
    'in `reasoning_content` are a summary': [
      { reasoning_content: 'Hm, hm.' },
      [{ reasoning_content: 'Hm,' }, { reasoning_content: ' hm.', content: '' }],
      { summary: ['Hm, hm.'], thoughts: [], data: { field: 'reasoning_content' } },
    ],
    'in `reasoning` are thoughts': [
      { reasoning: 'Hm, hm.' },
      [{ reasoning: 'Hm,' }, { reasoning: ' hm.' }],
      { summary: [], thoughts: ['Hm, hm.'], data: { field: 'reasoning' } },
    ],
    'in both fields are told once': [
      { reasoning_content: 'Hm, hm.', reasoning: 'Hm, hm.' },
      [
        { reasoning_content: 'Hm,', reasoning: 'Hm,' },
        { reasoning: ' hm.', reasoning_content: ' hm.' },
      ],
      { summary: ['Hm, hm.'], thoughts: [], data: { field: 'reasoning_content' } },
    ],
    'in blocks keep all blocks and signatures, redacted ones too [CHT-29] [CHT-31]': [
      { thinking_blocks: [seal, redacted, last] },
      [
        { thinking_blocks: [{ type: 'thinking', thinking: 'One,' }] },
        { thinking_blocks: [{ type: 'thinking', thinking: ' two.' }] },
        { thinking_blocks: [{ type: 'thinking', thinking: '', signature: 'seal-1' }] },
        { thinking_blocks: [redacted] },
        { thinking_blocks: [{ type: 'thinking', thinking: 'Three.' }] },
        { thinking_blocks: [{ type: 'thinking', signature: 'seal-2' }] },
      ],
      {
        summary: [],
        thoughts: ['One, two.', 'Three.'],
        data: { thinking_blocks: [seal, redacted, last] },
      },
    ],
    'in blocks and in text are told once': [
      { reasoning_content: 'One, two.', thinking_blocks: [seal], reasoning: 'One, two.' },
      [
        { reasoning_content: 'One,', thinking_blocks: [{ type: 'thinking', thinking: 'One,' }] },
        { reasoning_content: ' two.', thinking_blocks: [{ type: 'thinking', thinking: ' two.' }] },
        {
          reasoning_content: '',
          thinking_blocks: [{ type: 'thinking', thinking: '', signature: 'seal-1' }],
        },
      ],
      {
        summary: ['One, two.'],
        thoughts: [],
        data: { field: 'reasoning_content', thinking_blocks: [seal] },
      },
    ],
    'that are sealed and empty are kept': [
      { thinking_blocks: [{ type: 'thinking', thinking: '', signature: 'seal' }] },
      [{ thinking_blocks: [{ type: 'thinking', thinking: '', signature: 'seal' }] }],
      {
        summary: [],
        thoughts: [],
        data: { thinking_blocks: [{ type: 'thinking', thinking: '', signature: 'seal' }] },
      },
    ],
    'in blocks without a seal are kept without one': [
      { thinking_blocks: [{ type: 'thinking', thinking: 'Hm.', signature: '' }] },
      [
        { thinking_blocks: [{ type: 'thinking', thinking: 'Hm', signature: null }] },
        { thinking_blocks: [{ thinking: '.' }] },
      ],
      {
        summary: [],
        thoughts: ['Hm.'],
        data: { thinking_blocks: [{ type: 'thinking', thinking: 'Hm.' }] },
      },
    ],
    'with several details in turn keep them apart': [
      {
        reasoning: 'AB',
        reasoning_details: [
          { type: 'reasoning.text', text: 'Aa', index: 0 },
          { type: 'reasoning.text', text: 'Bb', index: 1 },
        ],
      },
      [
        { reasoning: 'A', reasoning_details: [{ type: 'reasoning.text', text: 'A', index: 0 }] },
        { reasoning: 'B', reasoning_details: [{ type: 'reasoning.text', text: 'B', index: 1 }] },
        {
          reasoning_details: [
            { type: 'reasoning.text', text: 'a', index: 0 },
            { type: 'reasoning.text', text: 'b', index: 1 },
          ],
        },
      ],
      {
        summary: [],
        thoughts: ['AB'],
        data: {
          field: 'reasoning',
          reasoning_details: [
            { type: 'reasoning.text', text: 'Aa', index: 0 },
            { type: 'reasoning.text', text: 'Bb', index: 1 },
          ],
        },
      },
    ],
    'with details keep them, put together': [
      {
        reasoning: 'Hm, hm.',
        reasoning_details: [
          { type: 'reasoning.text', text: 'Hm, hm.', signature: 'seal', index: 0 },
          { type: 'reasoning.encrypted', data: 'xyz', index: 1 },
        ],
      },
      [
        {
          reasoning: 'Hm,',
          reasoning_details: [{ type: 'reasoning.text', text: 'Hm,', index: 0 }],
        },
        {
          reasoning: ' hm.',
          reasoning_details: [{ type: 'reasoning.text', text: ' hm.', index: 0 }],
        },
        {
          reasoning_details: [
            { type: 'reasoning.text', text: null, signature: 'seal', index: 0 },
            { type: 'reasoning.encrypted', data: 'x', index: 1 },
          ],
        },
        { reasoning_details: [{ type: 'reasoning.encrypted', data: 'yz', index: 1 }] },
      ],
      {
        summary: [],
        thoughts: ['Hm, hm.'],
        data: {
          field: 'reasoning',
          reasoning_details: [
            { type: 'reasoning.text', text: 'Hm, hm.', signature: 'seal', index: 0 },
            { type: 'reasoning.encrypted', data: 'xyz', index: 1 },
          ],
        },
      },
    ],
    'in details alone are told from them': [
      { reasoning_details: [{ type: 'reasoning.summary', summary: 'Hm.' }] },
      [{ reasoning_details: [{ type: 'reasoning.summary', summary: 'Hm.' }] }],
      {
        summary: [],
        thoughts: ['Hm.'],
        data: {
          field: 'reasoning',
          reasoning_details: [{ type: 'reasoning.summary', summary: 'Hm.' }],
        },
      },
    ],
  };
  it.each(Object.entries(cases))('%s', (_what, [message, deltas, expected]) => {
    expect(both(message, deltas)).toEqual([[expected], [expected]]);
  });

  it('whole details of one index stay apart', () => {
    const detail = { type: 'reasoning.encrypted', data: 'x', index: 0 };
    const whole = readWhole(aCompletion({ content: 'Yes.', reasoning_details: [detail, detail] }));
    expect(thoughtsIn(whole)).toMatchObject([{ data: { reasoning_details: [detail, detail] } }]);
  });

  it.each([
    { reasoning_content: '', reasoning: null, thinking_blocks: [], reasoning_details: [] },
    { reasoning_content: null },
    { reasoning: { text: 'no text' } },
    { thinking_blocks: 'none' },
  ])('%j are none [CHT-27]', (message) => {
    expect(both(message, [message])).toEqual([[], []]);
  });

  it.each([{ thinking: 7 }, { thinking: 'x', signature: {} }])(
    'blocks that cannot be read, such as %j, are an error of the model [CHT-31]',
    (block) => {
      const thinking = { thinking_blocks: [{ type: 'thinking', ...block }] };
      expect(() => readStream(aStream([thinking]))).toThrow(ModelBehaviorError);
      expect(() => readWhole(aCompletion(thinking))).toThrow(ModelBehaviorError);
    },
  );

  it('with calls come before them, and keep their seals [CHT-29]', () => {
    const call = { id: 'c', type: 'function', function: { name: 'f', arguments: '{}' } };
    const whole = readWhole(
      aCompletion({ content: null, thinking_blocks: [seal], tool_calls: [call] }),
    );
    const streamed = readStream(
      aStream([{ thinking_blocks: [seal] }, { tool_calls: [{ index: 0, ...call }] }], 'tool_calls'),
    );
    expect(whole.output.map(({ type }) => type)).toEqual(['reasoning', 'function_call']);
    expect(streamed.output).toEqual(whole.output);
  });
});
