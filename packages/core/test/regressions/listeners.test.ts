import { afterEach, beforeEach, expect, it } from 'vitest';
import { Agent, Runner, tool } from '@baton/core';
import type { RunStreamEvent } from '@baton/core';
import { functionCall, ScriptedModel } from '@baton/core/testing';
import { createGate, settled } from '../support/gate.js';

const unhandled: unknown[] = [];
const note = (reason: unknown): void => {
  unhandled.push(reason);
};

beforeEach(() => {
  unhandled.length = 0;
  process.on('unhandledRejection', note);
});

afterEach(() => {
  process.off('unhandledRejection', note);
});

/** What the outer model is told of an inner run whose listener throws on some event. */
async function outputWith(inner: Agent, throwsOn: (event: RunStreamEvent) => boolean): Promise<unknown> {
  const sub = inner.asTool({
    toolName: 'sub',
    onStream: ({ event }) => {
      if (throwsOn(event)) throw new Error('the listener failed');
    },
  });
  const model = new ScriptedModel([functionCall('sub', { input: 'q' }), 'Done']);
  const result = await new Runner().run(new Agent({ name: 'Outer', model, tools: [sub] }), 'Hi');
  await settled();
  return result.newItems.find((item) => item.type === 'tool_call_output_item')?.output;
}

it('a listener that throws on progress fails the call, and is never unhandled', async () => {
  const gate = createGate();
  const slow = tool({
    name: 'slow',
    async *execute() {
      yield 1;
      await settled();
      gate.open();
      yield 2;
    },
  });
  const inner = new Agent({ name: 'Inner', model: new ScriptedModel([functionCall('slow'), 'in']), tools: [slow] });
  expect(await outputWith(inner, (event) => event.type === 'tool_progress')).toContain('the listener failed');
  await gate.opened;
  expect(unhandled).toEqual([]);
});

it('a listener that throws on an output while a sibling still runs is never unhandled', async () => {
  const quick = tool({ name: 'quick', execute: () => 'x' });
  const slow = tool({
    name: 'slow',
    execute: async () => {
      await settled();
      return 'y';
    },
  });
  const inner = new Agent({
    name: 'Inner',
    model: new ScriptedModel([[functionCall('quick'), functionCall('slow')], 'in']),
    tools: [quick, slow],
  });
  const isOutput = (event: RunStreamEvent): boolean =>
    event.type === 'run_item_stream_event' && event.name === 'tool_output';
  expect(await outputWith(inner, isOutput)).toContain('the listener failed');
  expect(unhandled).toEqual([]);
});
