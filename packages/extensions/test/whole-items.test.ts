import { type AgentInputItem, findUnpairedItems, isToolCallResult, user } from '@baton/core';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { newestWholeItems, type Place } from '../src/internal/whole-items.js';

it('whatever is cut off or cannot be read, what is given is whole and in order [SES-08]', () => {
  fc.assert(
    fc.property(conversations, fc.nat(40), fc.array(fc.nat(60)), (items, limit, holes) => {
      const places: Place[] = items.map((item, index) =>
        holes.includes(index) ? undefined : item,
      );
      const given = newestWholeItems(places, limit);

      expect(given.length).toBeLessThanOrEqual(limit);
      const positions = given.map((item) => items.indexOf(item));
      expect(positions).toEqual([...positions].sort((a, b) => a - b));
      expect(findUnpairedItems(given)).toEqual({ calls: [], results: [] });
      for (const [index, item] of given.entries()) {
        const before = items[items.indexOf(item) - 1];
        if (item.type === 'reasoning') {
          expect(given[index + 1]).toBe(items[items.indexOf(item) + 1]);
        }
        if (before?.type === 'reasoning') expect(given[index - 1]).toBe(before);
      }
    }),
    { numRuns: 2000 },
  );
});

it('a limit alone takes away nothing but what it parts [SES-08]', () => {
  fc.assert(
    fc.property(conversations, fc.nat(40), (items, limit) => {
      const window = items.slice(Math.max(0, items.length - limit));
      const given = newestWholeItems(items, limit);
      const lost = window.filter((item) => !given.includes(item));
      for (const item of lost) {
        const isParted = isToolCallResult(item) || items[items.length - limit] === item;
        expect(isParted || lost.some((other) => 'callId' in other && 'callId' in item)).toBe(true);
      }
      if (limit >= items.length) expect(given).toEqual(items);
    }),
    { numRuns: 1000 },
  );
});

it('a call that waits for its output stays, whatever is cut off before it', () => {
  const items = [user('Hi'), call('a'), result('a'), call('b')];
  expect(newestWholeItems(items, 2)).toEqual([call('b')]);
  expect(newestWholeItems([user('Hi'), undefined, user('So'), call('b')], 9)).toEqual([
    user('Hi'),
    user('So'),
    call('b'),
  ]);
});

it('a call id that is used again is not mistaken for the one that was cut off', () => {
  const items = [call('a'), result('a'), call('a'), result('a')];
  expect(newestWholeItems(items, 3)).toEqual(items.slice(2));
});

/** Complete conversations: questions, answers and tool calls, with and without reasoning. */
const conversations: fc.Arbitrary<AgentInputItem[]> = fc
  .array(
    fc.record({
      isThoughtful: fc.boolean(),
      calls: fc.nat(3),
      isAnswered: fc.boolean(),
      asks: fc.boolean(),
    }),
    { maxLength: 12 },
  )
  .map((turns) =>
    turns.flatMap(({ isThoughtful, calls, isAnswered, asks }, turn) => {
      const ids = Array.from({ length: calls }, (_, index) => `call ${turn % 3} ${index}`);
      const said: AgentInputItem[] = ids.map(call);
      if (calls === 0 && isAnswered) said.push(answer(turn));
      const thoughts: AgentInputItem[] =
        isThoughtful && said.length > 0
          ? [{ type: 'reasoning', id: `rs_${turn}`, content: [] }]
          : [];
      return [...(asks ? [user(`${turn}?`)] : []), ...thoughts, ...said, ...ids.map(result)];
    }),
  );

function call(callId: string): AgentInputItem {
  return { type: 'function_call', callId, name: 'look_up', arguments: '{}' };
}

function result(callId: string): AgentInputItem {
  return { type: 'function_call_result', callId, name: 'look_up', output: 'found' };
}

function answer(turn: number): AgentInputItem {
  return {
    type: 'message',
    role: 'assistant',
    content: [{ type: 'output_text', text: `${turn}.` }],
  };
}
