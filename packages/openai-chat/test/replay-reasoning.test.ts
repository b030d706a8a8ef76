import { assistant, user } from '@baton/core';
import type { AgentInputItem, ReasoningItem } from '@baton/core';
import { describe, expect, it } from 'vitest';
import { itemsToMessages, type ReasoningReplay } from '../src/index.js';

const call: AgentInputItem = { type: 'function_call', callId: 'a', name: 'look', arguments: '{}' };
const output: AgentInputItem = {
  type: 'function_call_result',
  callId: 'a',
  name: 'look',
  output: 'seen',
};

function thought(model: string | undefined, more: object = {}): ReasoningItem {
  const mark =
    model === undefined ? {} : { provider: 'openai-chat', model, field: 'reasoning_content' };
  return {
    type: 'reasoning',
    content: [{ type: 'input_text', text: 'Hm.' }],
    providerData: { ...mark, ...more },
  };
}

/** The fields of the assistant messages besides role, content and calls. */
function thoughtsFor(model: string, items: readonly AgentInputItem[]) {
  return itemsToMessages(items, { model })
    .filter(({ role }) => role === 'assistant')
    .map(({ role: _role, content: _content, tool_calls: _calls, ...rest }) => rest);
}

describe('reasoning of an earlier answer', () => {
  it.each([
    ['deepseek-reasoner', 'deepseek-chat'],
    ['deepseek-reasoner', 'accounts/fireworks/models/deepseek-v3p2'],
    ['Qwen/Qwen3-8B', 'qwen3:8b'],
    ['my-own-model', 'my-own-model'],
  ])(
    'of %s goes to %s, with what was said and with calls [C11, CHT-28, JS-117]',
    (origin, target) => {
      expect(thoughtsFor(target, [user('Hi'), thought(origin), assistant('Hello.')])).toEqual([
        { reasoning_content: 'Hm.' },
      ]);
      expect(thoughtsFor(target, [user('Hi'), thought(origin), call, output])).toEqual([
        { reasoning_content: 'Hm.' },
      ]);
      const both = [thought(origin), assistant('Let me see.'), call, output];
      expect(thoughtsFor(target, both)).toEqual([{ reasoning_content: 'Hm.' }]);
    },
  );

  it.each([
    ['deepseek-reasoner', 'gpt-4.1'],
    ['deepseek-reasoner', 'claude-sonnet-4-5'],
    ['my-own-model', 'another-model'],
  ])('of %s does not go to %s [CHT-28]', (origin, target) => {
    expect(thoughtsFor(target, [thought(origin), assistant('Hello.')])).toEqual([{}]);
  });

  it('of another provider never goes back [CHT-28]', () => {
    const foreign = thought(undefined, { provider: 'openai-responses', model: 'deepseek-chat' });
    expect(thoughtsFor('deepseek-chat', [foreign, assistant('Hello.')])).toEqual([{}]);
  });

  it('that nobody has marked goes only to models that are known to want it [C11]', () => {
    const written = thought(undefined);
    expect(thoughtsFor('deepseek-chat', [written, assistant('Hello.')])).toEqual([
      { reasoning_content: 'Hm.' },
    ]);
    expect(thoughtsFor('gpt-4.1', [written, assistant('Hello.')])).toEqual([{}]);
  });

  it('goes back in the field it came in [C11, CHT-28]', () => {
    const raw: ReasoningItem = {
      type: 'reasoning',
      content: [],
      rawContent: [{ type: 'reasoning_text', text: 'Hm.' }],
      providerData: { provider: 'openai-chat', model: 'qwen3', field: 'reasoning' },
    };
    expect(thoughtsFor('qwen3', [raw, call, output])).toEqual([{ reasoning: 'Hm.' }]);
  });

  it('as sealed blocks goes back as it came, all of them, without a text besides [CHT-29, CHT-31]', () => {
    const blocks = [
      { type: 'thinking', thinking: 'Hm.', signature: 'seal' },
      { type: 'redacted_thinking', data: 'hidden' },
    ];
    const more = [{ type: 'thinking', thinking: 'Ah.', signature: 'seal 2' }];
    const items = [
      thought('claude-opus-4-5', { thinking_blocks: blocks }),
      thought('claude-opus-4-5', { thinking_blocks: more }),
      call,
      output,
    ];
    expect(thoughtsFor('anthropic/claude-sonnet-4-5', items)).toEqual([
      { thinking_blocks: [...blocks, ...more] },
    ]);
    expect(thoughtsFor('gpt-4.1', items)).toEqual([{}]);
  });

  it('of OpenRouter keeps its details [CHT-31]', () => {
    const reasoning_details = [{ type: 'reasoning.encrypted', data: 'sealed' }];
    const item = thought('openai/gpt-5', { reasoning_details, field: 'reasoning' });
    expect(thoughtsFor('openai/gpt-5', [item, call, output])).toEqual([{ reasoning_details }]);
  });

  it('before parallel calls is on their one message, once [CHT-32]', () => {
    const second = { ...call, callId: 'b' } as const;
    const answered = { ...output, callId: 'b' } as const;
    const items = [thought('deepseek-chat'), call, second, output, answered];
    expect(thoughtsFor('deepseek-chat', items)).toEqual([{ reasoning_content: 'Hm.' }]);
  });

  it('that nothing followed is gone with the next message of the user [CHT-30]', () => {
    const items = [thought('deepseek-chat'), user('Well?'), assistant('Hello.')];
    expect(thoughtsFor('deepseek-chat', items)).toEqual([{}]);
  });

  it('of each turn stays with its turn [CHT-30, JS-117]', () => {
    const again: ReasoningItem = {
      ...thought('deepseek-chat'),
      content: [{ type: 'input_text', text: 'Ah.' }],
    };
    const items = [thought('deepseek-chat'), call, output, again, assistant('Done.')];
    expect(thoughtsFor('deepseek-chat', items)).toEqual([
      { reasoning_content: 'Hm.' },
      { reasoning_content: 'Ah.' },
    ]);
    const said = [thought('deepseek-chat'), assistant('One.'), again, assistant('Two.')];
    expect(thoughtsFor('deepseek-chat', said)).toEqual([
      { reasoning_content: 'Hm.' },
      { reasoning_content: 'Ah.' },
    ]);
  });

  it('without a word is nothing [CHT-27]', () => {
    const empty: ReasoningItem = {
      type: 'reasoning',
      content: [],
      providerData: { provider: 'openai-chat', model: 'deepseek-chat' },
    };
    expect(thoughtsFor('deepseek-chat', [empty, assistant('Hello.')])).toEqual([{}]);
  });

  it('goes wherever the app says [C11]', () => {
    const asked: ReasoningReplay[] = [];
    const shouldReplayReasoning = (replay: ReasoningReplay): boolean => {
      asked.push(replay);
      return true;
    };
    const item = thought('mine');
    const messages = itemsToMessages([item, assistant('Hello.')], {
      model: 'other',
      shouldReplayReasoning,
    });
    expect(messages).toEqual([{ role: 'assistant', content: 'Hello.', reasoning_content: 'Hm.' }]);
    expect(asked).toEqual([{ model: 'other', item, originModel: 'mine' }]);
  });
});
