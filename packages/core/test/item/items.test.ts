import { describe, expect, it } from 'vitest';
import {
  assistant,
  extractAllTextOutput,
  findUnpairedItems,
  isAssistantMessage,
  isToolCall,
  isToolCallResult,
  messageRefusal,
  messageText,
  system,
  toInputItems,
  user,
} from '../../src/index.js';
import type { AgentInputItem } from '../../src/index.js';
import { functionCall } from '../../src/testing/index.js';

const call = (id: string): AgentInputItem => functionCall('t', {}, id);
const result = (callId: string): AgentInputItem => ({
  type: 'function_call_result',
  callId,
  name: 't',
  output: '',
});

describe('calls and their answers', () => {
  it.each<[what: string, items: AgentInputItem[], calls: number[], results: number[]]>([
    ['nothing is missing in an empty conversation', [], [], []],
    ['nothing is missing where each call has its answer', [call('a'), call('b'), result('b'), result('a')], [], []],
    ['a call without an answer', [user('Hi'), call('a')], [1], []],
    ['an answer without a call', [result('a')], [], [0]],
    ['an answer before its call', [result('a'), call('a')], [1], [0]],
    ['a second answer', [call('a'), result('a'), result('a')], [], [2]],
    ['an id used again later', [call('a'), result('a'), call('a'), result('a')], [], []],
    ['an id used again where the first call was never answered', [call('a'), user('?'), call('a'), result('a')], [0], []],
    ['one id in two calls of one turn', [call('a'), call('a'), result('a'), result('a')], [], []],
    ['one id in calls of two kinds', [call('a'), { type: 'shell_call', callId: 'a', action: { commands: [] } }, result('a')], [1], []],
    [
      'each kind of call has its own kind of answer',
      [
        { type: 'computer_call', callId: 'a', action: { type: 'wait' } },
        { type: 'computer_call_result', callId: 'a', output: { type: 'computer_screenshot', data: '' } },
        { type: 'shell_call', callId: 'b', action: { commands: [] } },
        { type: 'shell_call_output', callId: 'b', output: [] },
        { type: 'apply_patch_call', callId: 'c', operation: { type: 'delete_file', path: 'x' } },
        { type: 'apply_patch_call_output', callId: 'c', status: 'completed' },
      ],
      [],
      [],
    ],
    ['calls the provider answers itself need none', [{ type: 'hosted_tool_call', name: 'web_search' }], [], []],
  ])('are told by position: %s', (_what, items, calls, results) => {
    expect(findUnpairedItems(items)).toEqual({ calls, results });
  });

  it('are told from other items, a message without a type included', () => {
    expect(isToolCall(call('a'))).toBe(true);
    expect(isToolCall(result('a'))).toBe(false);
    expect(isToolCallResult(result('a'))).toBe(true);
    expect(isToolCall({ role: 'user', content: 'Hi' })).toBe(false);
    expect(isToolCallResult({ role: 'user', content: 'Hi' })).toBe(false);
  });
});

describe('messages', () => {
  it('are made of text or of parts', () => {
    expect(user('Hi')).toEqual({ type: 'message', role: 'user', content: 'Hi' });
    expect(system('Be kind', { a: 1 })).toEqual({
      type: 'message',
      role: 'system',
      content: 'Be kind',
      providerData: { a: 1 },
    });
    expect(assistant('Hi')).toEqual({
      type: 'message',
      role: 'assistant',
      status: 'completed',
      content: [{ type: 'output_text', text: 'Hi' }],
    });
  });

  it('have the text of their text parts, or none [IT-13]', () => {
    expect(messageText(assistant([{ type: 'output_text', text: 'a' }, { type: 'refusal', refusal: 'x' }, { type: 'output_text', text: 'b' }]))).toBe('ab');
    expect(messageText(assistant([{ type: 'refusal', refusal: 'x' }]))).toBeUndefined();
    expect(messageText(assistant(''))).toBe('');
    expect(messageText(assistant([]))).toBeUndefined();
  });

  it('have their refusal, or none', () => {
    expect(messageRefusal(assistant([{ type: 'refusal', refusal: 'x' }]))).toBe('x');
    expect(messageRefusal(assistant('Hi'))).toBeUndefined();
  });

  it('of the model are joined without a separator [IT-15]', () => {
    expect(extractAllTextOutput([user('no'), assistant('a'), call('c'), assistant('b')])).toBe('ab');
    expect(isAssistantMessage({ role: 'assistant', content: [] })).toBe(true);
  });

  it('as an input are a new list, whatever they came in [IT-14, RUN-16]', () => {
    const items = [user('Hi')];
    expect(toInputItems('Hi')).toEqual(items);
    expect(toInputItems(items)).toEqual(items);
    expect(toInputItems(items)).not.toBe(items);
    expect(toInputItems(new Set(items))).toEqual(items);
  });
});
