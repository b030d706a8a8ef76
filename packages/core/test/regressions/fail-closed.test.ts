import { inspect } from 'node:util';
import {
  Agent,
  GuardrailExecutionError,
  MemorySession,
  OutputGuardrailTripwireTriggered,
  RunCancelledError,
  Runner,
  RunState,
  shellTool,
  tool,
  ToolCallError,
  UserError,
} from '@baton/core';
import type { ToolGuardrailFunctionOutput } from '@baton/core';
import { functionCall, ScriptedModel } from '@baton/core/testing';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { systemRuntime } from '../../src/internal/runtime.js';

const logged: string[] = [];
const logger = {
  debug: (): void => undefined,
  warn: (message: string): void => void logged.push(message),
  error: (message: string): void => void logged.push(message),
};
const runner = new Runner({ logger });

describe('an approval', () => {
  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
    'is asked for and given to a tool named %s as to any other [HIT-03]',
    async (name) => {
      let ran = 0;
      const make = (script: ConstructorParameters<typeof ScriptedModel>[0]): Agent =>
        new Agent({
          name: 'A',
          model: new ScriptedModel(script),
          tools: [tool({ name, needsApproval: true, execute: () => `ran ${++ran}` })],
        });
      const first = await runner.run(make([functionCall(name)]), 'go');
      expect([ran, first.interruptions.length]).toEqual([0, 1]);
      const agent = make(['done']);
      const state = RunState.fromString(agent, first.state.toString());
      for (const call of state.getInterruptions()) state.approve(call, { alwaysApprove: true });
      const copy = RunState.fromString(agent, state.toString());
      expect((await runner.run(agent, copy)).finalOutput).toBe('done');
      expect(ran).toBe(1);
    },
  );

  it.each([{}, { approved: false }, { approve: undefined }, { approve: 'no' }])(
    'given by onApproval as %j is no decision, and the tool does not run',
    async (answer) => {
      let ran = 0;
      const shell = shellTool({
        shell: {
          run: () => {
            ran++;
            return Promise.resolve({ output: [] });
          },
        },
        needsApproval: true,
        onApproval: () => Promise.resolve(answer as { approve: boolean }),
      });
      const model = new ScriptedModel([
        { type: 'shell_call', callId: 'c1', action: { commands: ['ls'] } },
        'done',
      ]);
      const running = runner.run(new Agent({ name: 'A', model, tools: [shell] }), 'go');
      await expect(running).rejects.toThrow(/onApproval of tool .* returned no decision/);
      expect(ran).toBe(0);
    },
  );
});

it('an onApproval that says nothing leaves the decision to a human', async () => {
  const shell = shellTool({
    shell: { run: () => Promise.resolve({ output: [] }) },
    needsApproval: true,
    onApproval: () => Promise.resolve(undefined as never),
  });
  const model = new ScriptedModel([{ type: 'shell_call', callId: 'c1', action: { commands: ['ls'] } }]);
  const result = await runner.run(new Agent({ name: 'A', model, tools: [shell] }), 'go');
  expect(result.interruptions).toHaveLength(1);
});

describe('a tool guardrail', () => {
  it.each([{}, { behavior: { type: 'reject_content', message: 'x' } }, { behavior: { type: 'rejectContent' } }, 'no'])(
    'that returns %j has checked nothing: the tool does not run',
    async (verdict) => {
      let ran = 0;
      const run = (): ToolGuardrailFunctionOutput => verdict as ToolGuardrailFunctionOutput;
      const guarded = tool({
        name: 'guarded',
        inputGuardrails: [{ name: 'check', run }],
        execute: () => `ran ${++ran}`,
      });
      const model = new ScriptedModel([functionCall('guarded'), 'done']);
      const running = runner.run(new Agent({ name: 'A', model, tools: [guarded] }), 'go');
      await expect(running).rejects.toThrow(GuardrailExecutionError);
      expect(ran).toBe(0);
    },
  );
});

describe('a failure beside a session that cannot store', () => {
  class Broken extends MemorySession {
    override addItems(): Promise<void> {
      return Promise.reject(new Error('disk full'));
    }
  }

  it('is still told as what it is, and the other is logged', async () => {
    const controller = new AbortController();
    const fail = tool({
      name: 'fail',
      errorFunction: null,
      execute: () => {
        throw new Error('broken');
      },
    });
    const model = new ScriptedModel([functionCall('fail')]);
    const failing = runner.run(new Agent({ name: 'A', model, tools: [fail] }), 'go', { session: new Broken() });
    await expect(failing).rejects.toThrow(ToolCallError);
    const stop = tool({ name: 'stop', execute: () => controller.abort() });
    const cancelled = runner.run(
      new Agent({ name: 'A', model: new ScriptedModel([functionCall('stop'), 'x']), tools: [stop] }),
      'go',
      { session: new Broken(), signal: controller.signal },
    );
    await expect(cancelled).rejects.toThrow(RunCancelledError);
    expect(logged.filter((each) => each.includes('disk full'))).toHaveLength(2);
  });
});

describe('what was refused', () => {
  it('is not printed with the error', async () => {
    const agent = new Agent({
      name: 'A',
      instructions: 'secret instructions',
      model: new ScriptedModel(['the secret answer']),
      outputGuardrails: [{ name: 'no', execute: () => ({ tripwireTriggered: true }) }],
    });
    const error: unknown = await runner.run(agent, 'go').catch((each: unknown) => each);
    expect(error).toBeInstanceOf(OutputGuardrailTripwireTriggered);
    expect(inspect(error)).not.toMatch(/secret/);
    expect(JSON.stringify(error)).not.toMatch(/secret/);
    expect((error as OutputGuardrailTripwireTriggered).result.guardrail.name).toBe('no');
  });
});

describe('arguments', () => {
  it('never become the prototype of what the tool is given', async () => {
    let seen: unknown;
    const look = tool({
      name: 'look',
      parameters: z.object({ a: z.string(), isAdmin: z.boolean().optional() }),
      execute: (input) => {
        seen = input.isAdmin;
        return 'ok';
      },
    });
    const model = new ScriptedModel([functionCall('look', '{"a":"1","__proto__":{"isAdmin":true}}'), 'done']);
    await runner.run(new Agent({ name: 'A', model, tools: [look] }), 'go');
    expect(seen).toBeUndefined();
  });
});

describe('a time', () => {
  it.each([2 ** 31, 1e12, Number.POSITIVE_INFINITY])('of %d ms is not over at once', async (ms) => {
    let over = false;
    const stop = systemRuntime.startTimer(ms, () => {
      over = true;
    });
    await systemRuntime.sleep(20);
    stop();
    expect(over).toBe(false);
    const agent = new Agent({ name: 'A', model: new ScriptedModel(['hi'], { delayMs: 10 }) });
    const options = { timeoutMs: ms, modelSettings: { timeoutMs: ms } };
    expect((await runner.run(agent, 'go', options)).finalOutput).toBe('hi');
  });

  it('that is none is refused', async () => {
    const agent = new Agent({ name: 'A', model: new ScriptedModel(['hi']) });
    await expect(runner.run(agent, 'go', { timeoutMs: Number.NaN })).rejects.toThrow(UserError);
  });
});
