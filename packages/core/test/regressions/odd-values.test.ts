import { describe, expect, it } from 'vitest';
import { Agent, Runner, RunState, tool } from '@baton/core';
import type { RunResult } from '@baton/core';
import { messageOf } from '@baton/core/model';
import { functionCall, ScriptedModel } from '@baton/core/testing';

/** A run whose tool gives a value, through all that shows and stores it. */
async function runGiving(execute: () => unknown): Promise<{ readonly agent: Agent; readonly result: RunResult; readonly shown: unknown }> {
  const agent = new Agent({
    name: 'A',
    model: new ScriptedModel([functionCall('odd'), 'Done']),
    tools: [tool({ name: 'odd', execute, errorFunction: null })],
  });
  const result: RunResult = await new Runner().run(agent, 'Hi');
  const item = result.history.find((each) => each.type === 'function_call_result');
  return { agent, result, shown: item?.type === 'function_call_result' ? item.output : undefined };
}

function cyclic(): object {
  const value: Record<string, unknown> = { a: 1 };
  value['self'] = value;
  return value;
}

const throwing = (): never => {
  throw new Error('no text');
};

const values: readonly [what: string, value: unknown, shown: unknown][] = [
  ['a big integer', 10n, '10'],
  ['an object with a big integer', { id: 10n, name: 'x' }, '{"id":"10","name":"x"}'],
  ['an object in itself', cyclic(), '{"a":1}'],
  ['an object in itself without a prototype', Object.assign(Object.create(null) as object, { of: cyclic() }), '{"of":{"a":1}}'],
  ['an object whose toJSON throws', { toJSON: throwing }, '[object Object]'],
  ['an object that has no text at all', { toJSON: throwing, toString: throwing }, '(a value without a text)'],
  ['one of those inside another', { id: 1, odd: { toJSON: throwing } }, '{"id":1}'],
  ['an image without a picture', { type: 'image', image: null }, '{"type":"image","image":null}'],
  ['an image of nothing known', { type: 'image', image: {} }, '{"type":"image","image":{}}'],
  ['a file that is a number', { type: 'file', file: 5 }, '{"type":"file","file":5}'],
  ['an input image that is a number', { type: 'input_image', image: 7 }, '{"type":"input_image","image":7}'],
];

describe.each(values)('a tool that gives %s', (_what, value, expected) => {
  it('is shown to the model as text, and leaves a state that can be stored', async () => {
    const { agent, result, shown } = await runGiving(() => value);
    expect(shown).toBe(expected);
    expect(RunState.fromString(agent, result.state.toString()).history).toEqual(result.history);
  });
});

it('a generator that an async function gives is drained', async () => {
  const { shown } = await runGiving(() =>
    Promise.resolve(
      (function* progress() {
        yield 1;
        return 'the end';
      })(),
    ),
  );
  expect(shown).toBe('the end');
});

it('whatever is thrown has a message', () => {
  expect(messageOf(Object.create(null))).toBe('(a value without a text)');
  expect(messageOf(Object.assign(new Error(), { message: { toString: throwing } }))).toBe('(a value without a text)');
  expect(messageOf(Symbol('x'))).toBe('Symbol(x)');
});
