import type { ProviderReplyItem } from '@baton/core/testing';
import { describe, expect, it } from 'vitest';
import { SHAPES } from './fixtures/shapes.js';
import { chunksOf, completionOf, type ShapeReply, type WireShape } from './fixtures/wire-shape.js';
import { aContext, readStream, readWhole } from './support/read.js';
import { expectValidChunk, expectValidCompletion } from './support/answer-schema.js';
import { providerMark } from '../src/provider-mark.js';

const usage = { inputTokens: 21, outputTokens: 8, cachedInputTokens: 4, reasoningTokens: 3 };

/** Everything a server has: thoughts, a text, two calls. */
function replyOf({ without }: WireShape): ShapeReply {
  const output: ProviderReplyItem[] = [
    { type: 'reasoning', text: 'Hm, hm.', opaque: 'seal' },
    { type: 'text', text: 'I look, 東京.' },
    { type: 'function_call', callId: 'call_a', name: 'look_up', arguments: '{"query":"x"}' },
    { type: 'function_call', callId: 'call_b', name: 'look_up', arguments: '{"query":"y"}' },
  ];
  const has = ({ type }: ProviderReplyItem): boolean =>
    type !== 'reasoning' || !without.includes('reasoning');
  return { output: output.filter(has), usage, split: (text) => text.split('') };
}

describe.each(SHAPES)('$name', (shape) => {
  const context = aContext({ mark: providerMark(shape.model) });
  const chunks = chunksOf(shape, replyOf(shape));
  const completion = completionOf(shape, replyOf(shape));
  const streamed = readStream(chunks, context);
  const whole = readWhole(completion, context);

  it('says the same streamed and not [CC-2, CC-8]', () => {
    expect(streamed.output).toEqual(whole.output);
    expect(streamed.finishReason).toBe('tool_calls');
    expect(streamed.usage).toEqual(whole.usage);
    expect(streamed.providerData).toEqual(whole.providerData);
  });

  it('says all of it, in order', () => {
    const kinds = shape.without.includes('reasoning') ? [] : ['reasoning'];
    expect(whole.output.map(({ type }) => type)).toEqual([
      ...kinds,
      'message',
      'function_call',
      'function_call',
    ]);
    expect(whole.output.at(-1)).toMatchObject({ name: 'look_up', arguments: '{"query":"y"}' });
    expect(whole.usage.inputTokens).toBe(21);
    expect(whole.usage.cachedInputTokens).toBe(shape.without.includes('usageDetails') ? 0 : 4);
  });
});

describe("the shape of OpenAI is that of OpenAI's schema", () => {
  const shape = SHAPES.find(({ name }) => name === 'openai');
  if (shape === undefined) throw new Error('no shape of OpenAI');
  const reply = replyOf(shape);

  it('in its chunks', () => {
    for (const chunk of chunksOf(shape, reply)) expectValidChunk(chunk);
  });

  it('in its completions', () => {
    expectValidCompletion(completionOf(shape, reply));
  });
});
