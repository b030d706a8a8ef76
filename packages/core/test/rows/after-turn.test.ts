import { describe, expect, it } from 'vitest';
import { Agent, run, tool } from '../../src/index.js';
import type { StreamedRunResult } from '../../src/index.js';
import { functionCall, ScriptedModel } from '../../src/testing/index.js';
import { settled } from '../support/gate.js';

/** A run of three turns, under way. */
async function acting(): Promise<{ result: StreamedRunResult; model: ScriptedModel }> {
  const model = new ScriptedModel([functionCall('act'), functionCall('act'), 'Done']);
  const act = tool({ name: 'act', execute: () => 'Acted' });
  return { model, result: await run(new Agent({ name: 'A', model, tools: [act] }), 'Hi', { stream: true }) };
}

describe('a streamed run', () => {
  it('starts the next turn when its reader is through with the events of this one, so that it can be cancelled in time [STR-09]', async () => {
    const { result, model } = await acting();
    for await (const event of result) {
      if (event.type !== 'run_item_stream_event' || event.name !== 'tool_output') continue;
      for (let i = 0; i < 20; i++) await settled();
      expect(model.calls).toHaveLength(1);
      result.cancel({ mode: 'after_turn' });
    }
    await result.completed;
    expect(model.calls).toHaveLength(1);
    expect(result.cancelled).toBe(true);
    expect(result.history).toHaveLength(3);
    expect(result.usage.requests).toBe(1);
  });

  it('waits for each of its readers [STR-09]', async () => {
    const { result, model } = await acting();
    const slow = result[Symbol.asyncIterator]();
    const quick = (async () => {
      for await (const _event of result) await settled();
    })();
    for (let i = 0; i < 50; i++) await settled();
    expect(model.calls).toHaveLength(1);
    for (let step = await slow.next(); step.done !== true; step = await slow.next()) continue;
    await quick;
    expect(result.finalOutput).toBe('Done');
  });

  it('waits for nobody where nobody reads [STR-09]', async () => {
    const { result, model } = await acting();
    for (let i = 0; i < 100; i++) await settled();
    expect(model.calls).toHaveLength(3);
    expect(result.finalOutput).toBe('Done');
  });

  it('waits no more where its reader leaves: the run is cancelled [STR-09]', async () => {
    const { result, model } = await acting();
    for await (const event of result) {
      if (event.type === 'run_item_stream_event' && event.name === 'tool_output') break;
    }
    await result.completed;
    expect(model.calls).toHaveLength(1);
    expect(result.cancelled).toBe(true);
  });

  it('waits no more where it is cancelled at once [STR-09]', async () => {
    const { result, model } = await acting();
    const reader = result[Symbol.asyncIterator]();
    await reader.next();
    for (let i = 0; i < 50; i++) await settled();
    result.cancel();
    for (let i = 0; i < 50; i++) await settled();
    expect(result.cancelled).toBe(true);
    expect(model.calls).toHaveLength(1);
  });

  it('waits no more where somebody awaits its end, be it the reader itself [STR-09]', async () => {
    const { result, model } = await acting();
    const reader = result[Symbol.asyncIterator]();
    await reader.next();
    await result.completed;
    expect(model.calls).toHaveLength(3);
  });
});
