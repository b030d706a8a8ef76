import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assistant, foldModelEvents, messageText, Usage } from '../../src/index.js';
import type { AgentOutputItem, ModelStreamEvent } from '../../src/index.js';
import { functionCall, reasoning, streamResponse } from '../../src/testing/index.js';

const at = { itemIndex: 0, contentIndex: 0 } as const;

describe('folding the events of a response', () => {
  it('gives texts, refusals, arguments, reasoning and audio by their places', () => {
    const folded = foldModelEvents([
      { type: 'response_started' },
      { type: 'reasoning_start', ...at, part: 'summary' },
      { type: 'reasoning_delta', ...at, part: 'summary', delta: 'Th' },
      { type: 'reasoning_start', ...at, part: 'text' },
      { type: 'reasoning_delta', ...at, part: 'text', delta: 'raw' },
      { type: 'reasoning_delta', ...at, part: 'summary', delta: 'ink' },
      { type: 'reasoning_end', ...at, part: 'text' },
      { type: 'reasoning_end', ...at, part: 'summary' },
      { type: 'output_text_start', itemIndex: 1, contentIndex: 0 },
      { type: 'refusal_start', itemIndex: 1, contentIndex: 1 },
      { type: 'output_text_delta', itemIndex: 1, contentIndex: 0, delta: 'Hel' },
      { type: 'refusal_delta', itemIndex: 1, contentIndex: 1, delta: 'No' },
      { type: 'output_text_delta', itemIndex: 1, contentIndex: 0, delta: 'lo' },
      { type: 'output_text_end', itemIndex: 1, contentIndex: 0 },
      { type: 'refusal_end', itemIndex: 1, contentIndex: 1 },
      { type: 'tool_call_start', itemIndex: 2, callId: 'c', name: 't' },
      { type: 'tool_call_start', itemIndex: 3, callId: 'd', name: 'u' },
      { type: 'tool_call_arguments_delta', itemIndex: 2, delta: '{"a"' },
      { type: 'tool_call_arguments_delta', itemIndex: 3, delta: '{}' },
      { type: 'tool_call_arguments_delta', itemIndex: 2, delta: ':1}' },
      { type: 'tool_call_end', itemIndex: 2 },
      { type: 'tool_call_end', itemIndex: 3 },
      { type: 'audio_start', itemIndex: 4, contentIndex: 0 },
      { type: 'audio_delta', itemIndex: 4, contentIndex: 0, delta: 'AA' },
      { type: 'audio_delta', itemIndex: 4, contentIndex: 0, transcriptDelta: 'Hi' },
      { type: 'audio_end', itemIndex: 4, contentIndex: 0 },
      { type: 'model', event: {} },
    ]);
    expect(folded.get(0)?.summary.get(0)).toBe('Think');
    expect(folded.get(0)?.reasoning.get(0)).toBe('raw');
    expect(folded.get(1)?.content.get(0)).toEqual({ type: 'output_text', text: 'Hello', audio: '' });
    expect(folded.get(1)?.content.get(1)).toEqual({ type: 'refusal', text: 'No', audio: '' });
    expect(folded.get(2)?.call).toEqual({ callId: 'c', name: 't', arguments: '{"a":1}' });
    expect(folded.get(3)?.call).toEqual({ callId: 'd', name: 'u', arguments: '{}' });
    expect(folded.get(4)?.content.get(0)).toEqual({ type: 'audio', text: 'Hi', audio: 'AA' });
  });

  it.each<[what: string, events: ModelStreamEvent[]]>([
    ['a delta without a start', [{ type: 'output_text_delta', ...at, delta: 'a' }]],
    ['a delta after the end', [{ type: 'output_text_start', ...at }, { type: 'output_text_end', ...at }, { type: 'output_text_delta', ...at, delta: 'a' }]],
    ['a part that starts twice', [{ type: 'output_text_start', ...at }, { type: 'output_text_start', ...at }]],
    ['an end without a start', [{ type: 'refusal_end', ...at }]],
    ['a part that never ends', [{ type: 'output_text_start', ...at }]],
    ['arguments without a call', [{ type: 'tool_call_arguments_delta', itemIndex: 0, delta: '{}' }]],
    ['a call that never ends', [{ type: 'tool_call_start', itemIndex: 0, callId: 'c', name: 't' }]],
    ['reasoning of a part that has not begun', [{ type: 'reasoning_start', ...at, part: 'summary' }, { type: 'reasoning_delta', ...at, part: 'text', delta: 'a' }]],
    ['audio without a start', [{ type: 'audio_delta', ...at, delta: 'AA' }]],
  ])('refuses %s', (_what, events) => {
    expect(() => foldModelEvents(events)).toThrow(TypeError);
  });

  it('gives back any response that was made into events: the law of every model', () => {
    const item: fc.Arbitrary<AgentOutputItem> = fc.oneof(
      fc.array(fc.string(), { maxLength: 3 }).map((texts) =>
        assistant(texts.map((text) => ({ type: 'output_text', text }))),
      ),
      fc.string().map((refusal) => assistant([{ type: 'refusal', refusal }])),
      fc.record({ name: fc.string(), args: fc.json() }).map(({ name, args }) => functionCall(name, args, 'c')),
      fc.string().map(reasoning),
    );
    fc.assert(
      fc.property(fc.array(item, { maxLength: 5 }), (output) => {
        const folded = foldModelEvents(streamResponse({ output, usage: new Usage() }));
        for (const [index, each] of output.entries()) {
          const whole = folded.get(index);
          if ('role' in each && each.role === 'assistant') {
            const texts = [...(whole?.content.values() ?? [])];
            const joined = texts.filter((part) => part.type === 'output_text').map((part) => part.text);
            expect(joined.join('')).toBe(messageText(each) ?? '');
          } else if (each.type === 'function_call') {
            expect(whole?.call).toEqual({ callId: 'c', name: each.name, arguments: each.arguments });
          } else if (each.type === 'reasoning') {
            expect(whole?.summary.get(0)).toBe(each.content[0]?.text);
          }
        }
      }),
    );
  });
});
