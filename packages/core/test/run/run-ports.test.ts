import { describe, expect, it } from 'vitest';
import { Agent, assistant, Runner, tool, Usage } from '../../src/index.js';
import type { ModelMiddleware, ToolMiddleware } from '../../src/index.js';
import { functionCall, ScriptedModel } from '../../src/testing/index.js';

const acting = (model: ScriptedModel): Agent =>
  new Agent({
    name: 'A',
    model,
    tools: [tool({ name: 'act', execute: (_input, _context, { idempotencyKey }) => idempotencyKey })],
  });

describe('middleware', () => {
  it('stands around every model call and every tool, the first outermost', async () => {
    const log: string[] = [];
    const around = (name: string): ModelMiddleware => async (call, next) => {
      log.push(`${name} before`);
      const response = await next(call);
      log.push(`${name} after`);
      return response;
    };
    const aroundTool: ToolMiddleware = async (invocation, next) => {
      log.push(`tool ${invocation.tool.name} ${invocation.input}`);
      return next(invocation);
    };
    const runner = new Runner({ modelMiddleware: [around('outer'), around('inner')], toolMiddleware: [aroundTool] });
    await runner.run(acting(new ScriptedModel([functionCall('act'), 'Done'])), 'Hi');
    const call = ['outer before', 'inner before', 'inner after', 'outer after'];
    expect(log).toEqual([...call, 'tool act {}', ...call]);
  });

  it('may answer in the place of the model, of a tool, or change what they are asked', async () => {
    const model = new ScriptedModel([functionCall('act', {}, 'c1'), 'Done']);
    const runner = new Runner({
      modelMiddleware: [
        async (call, next) => {
          const response = await next({ ...call, request: { ...call.request, systemInstructions: 'Be kind' } });
          if (response.output.some((item) => item.type === 'function_call')) return response;
          return { ...response, output: [assistant('Something else')], usage: new Usage() };
        },
      ],
      toolMiddleware: [() => Promise.resolve({ value: 7, output: 'seven' })],
    });
    const result = await runner.run(acting(model), 'Hi');
    expect(result.finalOutput).toBe('Something else');
    expect(model.calls[0]?.request.systemInstructions).toBe('Be kind');
    expect(result.newItems[1]).toMatchObject({ output: 7, rawItem: { output: 'seven' } });
    expect(result.usage.requests).toBe(1);
  });

  it('that throws ends the run with its own error, as an engine wants it', async () => {
    const failure = new RangeError('suspended');
    const runner = new Runner({ toolMiddleware: [() => Promise.reject(failure)] });
    await expect(runner.run(acting(new ScriptedModel([functionCall('act')])), 'Hi')).rejects.toBe(failure);
  });

  it('that throws at once has failed for the middleware around it, as if it had been awaited', async () => {
    const runner = new Runner({
      modelMiddleware: [
        (call, next) => next(call).catch(() => ({ output: [functionCall('act')], usage: new Usage() })),
        ({ step }) => {
          if (step.includes('/1/')) throw new RangeError('suspended');
          return Promise.resolve({ output: [assistant('Done')], usage: new Usage() });
        },
      ],
      toolMiddleware: [
        (invocation, next) => next(invocation).catch((error: Error) => ({ value: 0, output: error.message })),
        () => {
          throw new RangeError('no tool today');
        },
      ],
    });
    const result = await runner.run(acting(new ScriptedModel([])), 'Hi');
    expect(result.newItems.map((item) => item.type === 'tool_call_output_item' && item.output)).toContain(0);
    expect(result.finalOutput).toBe('Done');
  });
});

describe('the key of a step', () => {
  it('names run, turn, agent, kind and place, the same in every process', async () => {
    const keysOf = async (stopAndGoOn: boolean): Promise<string[]> => {
      const keys: string[] = [];
      const model = new ScriptedModel([
        [functionCall('act', {}, 'c1'), functionCall('act', {}, 'c2')],
        functionCall('act', {}, 'c3'),
        'Done',
      ]);
      const runner = new Runner({
        runtime: fixedIds,
        modelMiddleware: [
          (call, next) => {
            keys.push(call.step);
            return next(call);
          },
        ],
        toolMiddleware: [
          (invocation, next) => {
            keys.push(invocation.step);
            return next(invocation);
          },
        ],
      });
      let result = await runner.run(acting(model), 'Hi', { stream: true });
      for (;;) {
        if (stopAndGoOn) result.cancel({ mode: 'after_turn' });
        await result.completed;
        if (!result.cancelled) return keys;
        result = await runner.run(acting(model), result.state, { stream: true });
      }
    };
    const keys = await keysOf(false);
    expect(new Set(keys).size).toBe(6);
    expect(keys.map((key) => key.split('/').slice(0, 4).join('/'))).toEqual([
      'run_1/1/A/model',
      'run_1/1/A/tool',
      'run_1/1/A/tool',
      'run_1/2/A/model',
      'run_1/2/A/tool',
      'run_1/3/A/model',
    ]);
    expect(await keysOf(true)).toEqual(keys);
  });

  it('of a tool is the same whenever it is tried, for services that take one', async () => {
    const runner = new Runner({ runtime: fixedIds });
    const result = await runner.run(
      acting(new ScriptedModel([[functionCall('act', {}, 'c1'), functionCall('act', {}, 'c2')], 'Done'])),
      'Hi',
    );
    const outputs = result.newItems.flatMap((item) => (item.type === 'tool_call_output_item' ? [item.output] : []));
    expect(new Set(outputs).size).toBe(2);
    expect(outputs.every((key) => String(key).startsWith('run_1/'))).toBe(true);
  });
});

const fixedIds = {
  now: () => 0,
  newId: (prefix: string) => `${prefix}_1`,
  random: () => 0.5,
  sleep: () => Promise.resolve(),
  startTimer: () => () => undefined,
};
