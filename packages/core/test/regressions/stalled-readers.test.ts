import { describe, expect, it } from 'vitest';
import { Agent, assistant, RunTimeoutError, Runner, tool } from '@baton/core';
import type { StreamedRunResult } from '@baton/core';
import { Usage } from '@baton/core/model';
import type { Model } from '@baton/core/model';
import { functionCall, ScriptedModel } from '@baton/core/testing';
import { settled } from '../support/gate.js';

const runner = new Runner();

function chatty(deltas: number): Model {
  const response = { output: [assistant('done')], usage: new Usage({ requests: 1 }) };
  return {
    getResponse: () => Promise.resolve(response),
    async *getStreamedResponse() {
      for (let i = 0; i < deltas; i++) {
        yield { type: 'output_text_delta', itemIndex: 0, contentIndex: 0, delta: 'x' };
      }
      yield { type: 'response_done', response };
    },
  };
}

/** A streamed run whose only reader has taken one event and stopped. */
async function stalled(agent: Agent, options: { readonly timeoutMs?: number } = {}): Promise<StreamedRunResult> {
  const result = await runner.run(agent, 'Hi', { ...options, stream: true });
  await result[Symbol.asyncIterator]().next();
  return result;
}

function manyCalls(): Agent {
  const each = tool({ name: 'each', execute: () => 'o' });
  const calls = Array.from({ length: 2000 }, (_each, index) => functionCall('each', {}, `c${index}`));
  return new Agent({ name: 'A', model: new ScriptedModel([calls, 'Done']), tools: [each] });
}

describe('a reader that has stopped reading', () => {
  it('does not hold up a run whose completion is awaited', async () => {
    const result = await stalled(new Agent({ name: 'A', model: chatty(3000) }));
    await result.completed;
    expect(result.finalOutput).toBe('done');
  });

  it('does not hold up a run whose writer waits for it already, and finds all it has not read', async () => {
    const result = await runner.run(new Agent({ name: 'A', model: chatty(3000) }), 'Hi', { stream: true });
    const reader = result[Symbol.asyncIterator]();
    await reader.next();
    await settled();
    await result.completed;
    let left = 0;
    while ((await reader.next()).done !== true) left++;
    expect(left).toBeGreaterThan(3000);
  });

  it('does not hold up the end of a run that is cancelled among many calls', async () => {
    const result = await stalled(manyCalls());
    await settled();
    result.cancel();
    // Not by `completed`, which frees the run by itself.
    while (!result.cancelled) await settled();
    expect(result.state.openCalls()).toEqual([]);
  });

  it('does not hold up the end of a run whose time is up', async () => {
    const result = await stalled(manyCalls(), { timeoutMs: 50 });
    while (result.error === undefined) await settled();
    expect(result.error).toBeInstanceOf(RunTimeoutError);
  });
});
