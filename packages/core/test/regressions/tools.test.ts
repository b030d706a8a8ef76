import { expect, it } from 'vitest';
import { Agent, RunCancelledError, Runner, tool } from '@baton/core';
import { functionCall, ScriptedModel } from '@baton/core/testing';
import { aborted, createGate, settled } from '../support/gate.js';

it('a tool with a time limit is awaited when the run is cancelled', async () => {
  const begun = createGate();
  const cleaned = createGate();
  const slow = tool({
    name: 'slow',
    timeoutMs: 60_000,
    execute: async (_input, _context, { signal }) => {
      begun.open();
      await aborted(signal);
      await cleaned.opened;
      return 'done';
    },
  });
  const agent = new Agent({ name: 'A', model: new ScriptedModel([functionCall('slow')]), tools: [slow] });
  const abort = new AbortController();
  let over = false;
  const run = new Runner().run(agent, 'Hi', { signal: abort.signal }).finally(() => {
    over = true;
  });
  await begun.opened;
  abort.abort();
  await settled();
  expect(over).toBe(false);
  cleaned.open();
  await expect(run).rejects.toThrow(RunCancelledError);
});
