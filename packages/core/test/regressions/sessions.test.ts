import { describe, expect, it } from 'vitest';
import { Agent, findUnpairedItems, handoff, MemorySession, Runner, RunState, tool } from '@baton/core';
import type { AgentInputItem, RunResult } from '@baton/core';
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

/** A session whose first write of several items is stored, but not heard of. */
class DeafSession extends MemorySession {
  onStored: (() => Promise<void>) | undefined;

  override async addItems(items: AgentInputItem[]): Promise<void> {
    await super.addItems(items);
    const { onStored } = this;
    this.onStored = undefined;
    await onStored?.();
  }
}

describe('a write to the session that nobody knows the end of', () => {
  it('is not made again by the process that goes on, where it has come through', async () => {
    const session = new DeafSession();
    const agent = new Agent({ name: 'A', model: new ScriptedModel(['Hello']) });
    const result = await runner.run(agent, 'Hi', { stream: true, session });
    const stored = await new Promise<string>((resolve) => {
      session.onStored = () => {
        resolve(result.state.toString());
        return new Promise(() => undefined); // the process ends here
      };
    });
    const again = await runner.run(agent, RunState.fromString(agent, stored), { session });
    expect(again.finalOutput).toBe('Hello');
    expect(await session.getItems()).toEqual(again.history);
  });

  it('is not made again by the run that it fails', async () => {
    const session = new DeafSession();
    session.onStored = () => Promise.reject(new Error('connection lost'));
    const agent = new Agent({ name: 'A', model: new ScriptedModel(['Hello']) });
    await expect(runner.run(agent, 'Hi', { session })).rejects.toThrow('connection lost');
    expect(await session.getItems()).toHaveLength(2);
  });

  it('is made by the process that goes on, where it has not come through', async () => {
    const session = new MemorySession();
    const agent = new Agent({ name: 'A', model: new ScriptedModel(['Hello']) });
    const deaf = new MemorySession();
    const result = await runner.run(agent, 'Hi', { stream: true, session: deaf });
    const stored = await new Promise<string>((resolve) => {
      deaf.addItems = () => {
        resolve(result.state.toString());
        return new Promise(() => undefined); // the process ends here
      };
    });
    const again = await runner.run(agent, RunState.fromString(agent, stored), { session });
    expect(await session.getItems()).toEqual(again.history);
  });
});
