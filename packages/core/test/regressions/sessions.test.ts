import { describe, expect, it } from 'vitest';
import { Agent, findUnpairedItems, handoff, MemorySession, Runner, RunState, tool } from '@baton/core';
import type { RunResult } from '@baton/core';
import { functionCall, ScriptedModel } from '@baton/core/testing';

const runner = new Runner();
const complete = { calls: [], results: [] };

describe('a run that goes on after an approval', () => {
  const other = new Agent({ name: 'Other' });
  const broken = handoff(other, {
    onHandoff: () => {
      throw new Error('no');
    },
  });
  const pay = tool({ name: 'pay', needsApproval: true, execute: () => 'paid' });

  async function waiting(session: MemorySession): Promise<{ agent: Agent; result: RunResult }> {
    const agent: Agent = new Agent({
      name: 'A',
      model: new ScriptedModel([[functionCall('pay'), functionCall('transfer_to_other')]]),
      tools: [pay],
      handoffs: [broken],
    });
    const result = await runner.run(agent, 'Hi', { session });
    for (const each of result.interruptions) result.state.approve(each);
    return { agent, result };
  }

  it('and fails, leaves no open call in the session', async () => {
    const session = new MemorySession();
    const { agent, result } = await waiting(session);
    await expect(runner.run(agent, result.state, { session })).rejects.toThrow('no');
    const items = await session.getItems();
    expect(findUnpairedItems(items)).toEqual(complete);
    expect(JSON.stringify(items)).toContain('paid');
  });

  it('and is cancelled before it begins, waits as before', async () => {
    const session = new MemorySession();
    const { agent, result } = await waiting(session);
    const signal = AbortSignal.abort();
    const error: unknown = await runner.run(agent, result.state, { session, signal }).catch((e: unknown) => e);
    expect(findUnpairedItems(await session.getItems())).toEqual(complete);
    expect(RunState.of(error)?.phase.type).toBe('interruption');
  });
});
