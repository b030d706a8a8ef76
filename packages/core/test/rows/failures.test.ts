import { describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import * as core from '../../src/index.js';
import {
  Agent,
  AgentsError,
  assistant,
  InvalidToolInputError,
  MaxTurnsExceededError,
  MemorySession,
  ModelRequestError,
  retryPolicies,
  run,
  RunContext,
  Runner,
  RunState,
  tool,
  user,
} from '../../src/index.js';
import type { AgentOutputItem, ModelSettings, RunErrorHandlers, Runtime, ToolErrorFunction } from '../../src/index.js';
import { systemRuntime } from '../../src/internal/runtime.js';
import { functionCall, ScriptedModel } from '../../src/testing/index.js';
import { play, scenario } from '../support/modes.js';
import type { Scenario } from '../support/modes.js';

const errors: readonly AgentsError[] = [
  new core.UserError('m'),
  new core.SystemError('m'),
  new core.MaxTurnsExceededError(3),
  new core.RunCancelledError(),
  new core.RunTimeoutError(5),
  new core.ModelBehaviorError('m'),
  new core.InvalidToolInputError('t', 'm'),
  new core.InvalidToolOutputError('m'),
  new core.InvalidFinalOutputError('m'),
  new core.ModelRefusalError('No.'),
  new core.ModelRequestError('m'),
  new core.ModelTimeoutError(5),
  new core.ToolCallError('t', { cause: new Error('Broken') }),
  new core.ToolTimeoutError('t', 5),
  new core.GuardrailExecutionError('g', { cause: new Error('Broken') }),
  new core.InputGuardrailTripwireTriggered({ guardrail: { name: 'g' }, output: {} }),
  new core.OutputGuardrailTripwireTriggered({ guardrail: { name: 'g' }, output: {} }),
  new core.ToolInputGuardrailTripwireTriggered({ guardrail: { name: 'g' }, output: {} }),
  new core.ToolOutputGuardrailTripwireTriggered({ guardrail: { name: 'g' }, output: {} }),
];

describe('an error', () => {
  it('of each kind has a class, a name and a code of its own [ER-7, JS-12, ER-1]', () => {
    const classes = Object.entries(core).filter(
      ([, value]) => typeof value === 'function' && value.prototype instanceof AgentsError,
    );
    expect(errors.map((error) => error.constructor.name).sort()).toEqual(classes.map(([name]) => name).sort());
    for (const error of errors) {
      expect(error).toBeInstanceOf(AgentsError);
      expect(error.name).toBe(error.constructor.name);
      expect(error.code).toMatch(/^BATON_[A-Z_]+$/);
    }
    expect(new Set(errors.map((error) => error.code)).size).toBe(errors.length);
  });

  it('of too many turns says how many were allowed [ER-2]', () => {
    expect(new MaxTurnsExceededError(3)).toMatchObject({ message: 'Max turns (3) exceeded', maxTurns: 3 });
  });

  it.each([
    ['an unknown tool', [functionCall('nothing')], {}, 'ModelBehaviorError'],
    ['broken JSON', ['{'], { outputType: z.object({ a: z.number() }) }, 'InvalidFinalOutputError'],
    ['no answer at all', [[]], {}, 'ModelBehaviorError'],
  ] as const)('of what a model may not do is a ModelBehaviorError: %s [ER-3]', async (_what, script, options, name) => {
    const agent = new Agent({ name: 'A', model: new ScriptedModel([...script]), ...options });
    const error: unknown = await run(agent, 'Hi').catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(core.ModelBehaviorError);
    expect(error).toMatchObject({ name });
  });

  it('shows nothing of the run where it is printed, and has its state for who asks [ER-1]', async () => {
    const agent = new Agent({ name: 'A', model: new ScriptedModel([functionCall('nothing')]) });
    const error: unknown = await run(agent, 'My secret').catch((thrown: unknown) => thrown);
    const { inspect } = await import('node:util');
    expect(inspect(error, { depth: 9 })).not.toContain('My secret');
    expect(JSON.stringify(error)).not.toContain('My secret');
    expect(RunState.of(error)?.history[0]).toEqual(user('My secret'));
  });
});

describe('an error of arguments', () => {
  const failing = async (traceIncludeSensitiveData: boolean): Promise<{ error: unknown; output: unknown; raw: unknown }> => {
    let error: unknown;
    let raw: unknown;
    const remember: ToolErrorFunction = (_context, thrown, { toolCall }) => {
      error = thrown;
      raw = toolCall.type === 'function_call' && toolCall.arguments;
      return 'Failed';
    };
    const parameters = z.object({ card: z.number() });
    const kept = tool({ name: 'kept', parameters, execute: () => 1, errorFunction: remember });
    const shown = tool({ name: 'shown', parameters, execute: () => 1 });
    const model = new ScriptedModel([[functionCall('kept', '{"card":"4111"'), functionCall('shown', '{"card":"4111"')], 'Done']);
    const { newItems } = await new Runner({ traceIncludeSensitiveData }).run(new Agent({ name: 'A', model, tools: [kept, shown] }), 'Hi');
    return { error, raw, output: newItems.flatMap((item) => (item.type === 'tool_call_output_item' ? [item.output] : [])).at(-1) };
  };

  it('names the tool and says what was wrong; the error function has the arguments as they came [JS-28]', async () => {
    const { error, output, raw } = await failing(true);
    expect(raw).toBe('{"card":"4111"');
    expect(error).toBeInstanceOf(InvalidToolInputError);
    expect(error).toMatchObject({ toolName: 'kept', message: expect.stringContaining('Invalid JSON input for tool kept') });
    expect(output).toContain('Invalid JSON input for tool shown');
  });

  it('shows the model nothing of them where data may not be shown [JS-35, TOL-05]', async () => {
    const { output } = await failing(false);
    expect(output).toBe('An error occurred while running the tool. Please try again.');
  });
});

describe('a tool', () => {
  it('without an error function fails the run over its arguments without quoting them [JS-35]', async () => {
    const parameters = z.object({ card: z.number() });
    const act = tool({ name: 'act', parameters, errorFunction: null, execute: () => 1 });
    for (const text of ['card 4111', '{"card":"4111"}', '{"card":4111']) {
      const agent = new Agent({ name: 'A', model: new ScriptedModel([functionCall('act', text)]), tools: [act] });
      const error: unknown = await run(agent, 'Hi').catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ name: 'InvalidToolInputError' });
      expect(String(error)).not.toContain('4111');
    }
  });

  it('that fails shows nothing of its error where data may not be shown [TOL-05]', async () => {
    const act = tool({ name: 'act', execute: () => { throw new Error('card 4111'); } });
    const agent = new Agent({ name: 'A', model: new ScriptedModel([functionCall('act'), 'Done']), tools: [act] });
    const { state } = await new Runner({ traceIncludeSensitiveData: false }).run(agent, 'Hi');
    expect(state.toString()).not.toContain('4111');
  });

  it('without an error function fails the run with what it threw as the cause [RUN-19]', async () => {
    const cause = new TypeError('Broken');
    const act = tool({ name: 'act', errorFunction: null, execute: () => { throw cause; } });
    const agent = new Agent({ name: 'A', model: new ScriptedModel([functionCall('act')]), tools: [act] });
    const error: unknown = await run(agent, 'Hi').catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: 'ToolCallError', toolName: 'act', message: 'Error running tool act: Broken' });
    expect((error as Error).cause).toBe(cause);
  });

  it('made by hand handles its own errors: what it returns is shown, what it throws ends the run as it is [TL-3]', async () => {
    const made = tool({ name: 'act', execute: () => 'never' });
    const run1 = (invoke: () => Promise<unknown>): Promise<core.RunResult> =>
      run(new Agent({ name: 'A', model: new ScriptedModel([functionCall('act'), 'Done']), tools: [{ ...made, invoke }] }), 'Hi');
    const { newItems } = await run1(async () => 'By hand');
    expect(newItems[1]).toMatchObject({ output: 'By hand' });
    const cause = new TypeError('Broken');
    await expect(run1(() => Promise.reject(cause))).rejects.toBe(cause);
  });

  it('that is copied keeps its error function and all the rest [TOL-10]', async () => {
    const made = tool({ name: 'act', errorFunction: () => 'My words', execute: () => { throw new Error('Broken'); } });
    const copy = { ...made, name: 'copied' };
    const agent = new Agent({ name: 'A', model: new ScriptedModel([functionCall('copied'), 'Done']), tools: [copy] });
    const { newItems } = await run(agent, 'Hi');
    expect(newItems[1]).toMatchObject({ output: 'My words' });
  });

  it('is given the run context and its details apart [TOL-18]', async () => {
    const seen: unknown[] = [];
    const act = tool({
      name: 'act',
      execute: (_input, runContext, details) => {
        seen.push(runContext instanceof RunContext, Object.keys(runContext).sort(), details.toolCall.type, details.agentName, typeof details.idempotencyKey);
      },
    });
    await run(new Agent({ name: 'A', model: new ScriptedModel([functionCall('act'), 'Done']), tools: [act] }), 'Hi');
    expect(seen).toEqual([true, ['context', 'usage'], 'function_call', 'A', 'string']);
  });
});

describe('what Baton has to say', () => {
  it('of models and tools is nothing: no arguments, outputs or messages in any log [TL-9, X-18]', async () => {
    const said: string[] = [];
    const say = (message: string): void => void said.push(message);
    const log = { debug: say, warn: say, error: say };
    const spies = (['log', 'info', 'debug', 'warn', 'error'] as const).map((name) => vi.spyOn(console, name).mockImplementation(say));
    try {
      const act = tool({ name: 'act', execute: () => { throw new Error('secret'); } });
      const agent = new Agent({ name: 'A', model: new ScriptedModel([functionCall('act', { a: 'secret' }), new Error('secret')]), tools: [act] });
      for (const logger of [undefined, log]) await run(agent, 'secret', { logger }).catch(() => undefined);
      expect(said).toEqual([]);
    } finally {
      for (const spy of spies) spy.mockRestore();
    }
  });

  it('goes to stderr, or to the logger that the run was given [X-17]', async () => {
    const agent = (): Agent =>
      new Agent({
        name: 'A',
        model: new ScriptedModel(['Done']),
        tools: [tool({ name: 'x', execute: () => 1 }), tool({ name: 'x', execute: () => 2 })],
      });
    const stdout = vi.spyOn(console, 'log').mockImplementation(() => undefined);
    const stderr = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    const warned: string[] = [];
    const logger = { debug: () => undefined, warn: (message: string) => void warned.push(message), error: () => undefined };
    try {
      await run(agent(), 'Hi', { toolNameCollisionPolicy: 'warn' });
      expect(stderr).toHaveBeenCalledTimes(1);
      await run(agent(), 'Hi', { toolNameCollisionPolicy: 'warn', logger });
      expect(stderr).toHaveBeenCalledTimes(1);
      expect(warned).toEqual([expect.stringContaining('two tools named "x"')]);
      expect(stdout).not.toHaveBeenCalled();
    } finally {
      stdout.mockRestore();
      stderr.mockRestore();
    }
  });

  it('of two tools of one name: the last one is offered and called [RUN-24, JS-32]', async () => {
    const ran: number[] = [];
    const model = new ScriptedModel([functionCall('x'), 'Done']);
    const tools = [1, 2].map((n) => tool({ name: 'x', description: String(n), execute: () => ran.push(n) }));
    const logger = { debug: () => undefined, warn: () => undefined, error: () => undefined };
    await run(new Agent({ name: 'A', model, tools }), 'Hi', { toolNameCollisionPolicy: 'warn', logger });
    expect(model.calls[0]?.request.tools).toMatchObject([{ name: 'x', description: '2' }]);
    expect(ran).toEqual([2]);
  });
});

const act = tool({ name: 'act', execute: () => 'Acted' });

const handled = (
  script: ConstructorParameters<typeof ScriptedModel>[0],
  errorHandlers: RunErrorHandlers,
  more: { readonly maxTurns?: number; readonly outputType?: z.ZodType } = {},
): Scenario => ({
  process: (world) => {
    const { maxTurns = 10, outputType } = more;
    const agent = new Agent({ name: 'A', model: world.model(script), tools: [act], ...(outputType !== undefined && { outputType }) });
    return { agent, options: { errorHandlers, maxTurns, session: world.session() } };
  },
});

const refusal: AgentOutputItem = { type: 'message', role: 'assistant', content: [{ type: 'refusal', refusal: 'No.' }] };

describe('an error handler', () => {
  scenario(
    'of max turns gives the final output, which is in history and session [RUN-30]',
    handled([functionCall('act')], { maxTurns: ({ error }) => ({ finalOutput: `Stopped: ${error.message}` }) }, { maxTurns: 1 }),
    ({ finalOutput, history, session, error, hooks }) => {
      expect(error).toBeUndefined();
      expect(finalOutput).toBe('Stopped: Max turns (1) exceeded');
      expect(history?.at(-1)).toEqual(assistant('Stopped: Max turns (1) exceeded'));
      expect(session).toEqual(history);
      expect(hooks.at(-1)).toBe('A: agent_end Stopped: Max turns (1) exceeded');
    },
  );

  scenario(
    'of a refusal gives the final output, and may keep it out of the history [RUN-18, JS-5]',
    handled([refusal], { modelRefusal: () => ({ finalOutput: 'Ask a human', includeInHistory: false }) }),
    ({ finalOutput, history }) => {
      expect(finalOutput).toBe('Ask a human');
      expect(history).toEqual([user('Hi'), refusal]);
    },
  );

  scenario(
    'of an invalid final output gives another one; the tools do not run again [RUN-19, JS-9]',
    handled([[functionCall('act'), assistant('{"a":"none"}')]], { invalidFinalOutput: () => ({ finalOutput: { a: 0 } }) }, { outputType: z.object({ a: z.number() }) }),
    ({ finalOutput, requests, newItems }) => {
      expect(finalOutput).toEqual({ a: 0 });
      expect(requests).toHaveLength(1);
      expect(newItems?.filter((item) => item.type === 'tool_call_output_item')).toHaveLength(1);
    },
  );

  scenario(
    'that returns nothing leaves the error of an invalid final output [RUN-19, JS-9]',
    handled(['{"a":"card 4111"}'], { invalidFinalOutput: () => undefined }, { outputType: z.object({ a: z.number() }) }),
    ({ error }) => {
      expect(error?.name).toBe('InvalidFinalOutputError');
      // It says where, not what.
      expect(error?.message).toContain('a');
      expect(error?.message).not.toContain('4111');
    },
  );

  it.each(['card 4111', '{"card": 4111 4111}', '{"card": "4111', '["4111"'])(
    'is told where %s is not JSON, not what it says: neither is who catches the error [JS-9]',
    async (text) => {
      const agent = new Agent({ name: 'A', model: new ScriptedModel([text, text]), outputType: z.object({ a: z.number() }) });
      const error: unknown = await run(agent, 'Hi').catch((thrown: unknown) => thrown);
      expect(error).toMatchObject({ name: 'InvalidFinalOutputError' });
      expect(String(error)).not.toContain('4111');
    },
  );

  it('is told the run so far [RUN-19]', async () => {
    const seen: unknown[] = [];
    const agent = new Agent({ name: 'A', model: new ScriptedModel([functionCall('act')]), tools: [act] });
    await run(agent, 'Hi', {
      maxTurns: 1,
      errorHandlers: {
        default: ({ runData, context }) => {
          seen.push(runData.input, runData.newItems.length, runData.history.length, runData.rawResponses.length, runData.lastAgent, context instanceof RunContext);
          return { finalOutput: '' };
        },
      },
    });
    expect(seen).toEqual([[user('Hi')], 2, 3, 1, agent, true]);
  });
});

const waited: number[] = [];
const atOnce: Runtime = {
  ...systemRuntime,
  random: () => 0.5,
  sleep: (ms) => {
    waited.push(ms);
    return Promise.resolve();
  },
};

describe('a model call that is tried again', () => {
  const retry: ModelSettings = { retry: { maxRetries: 2, backoff: { jitter: false }, policy: retryPolicies.networkError() } };
  const broken = new ModelRequestError('Connection lost', { isNetworkError: true });

  it.each(['plain', 'streamed', 'resumed'] as const)('counts its failures as requests, and stores nothing twice, %s [RUN-36, RUN-49]', async (mode) => {
    const { finalOutput, usage, session, history, requests, state } = await play({
      process: (world) => ({
        agent: new Agent({ name: 'A', model: world.model([broken, broken, functionCall('act'), broken, 'Done']), tools: [act] }),
        options: { runtime: { ...atOnce, newId: (prefix) => `${prefix}_1` }, modelSettings: retry, session: world.session() },
      }),
    }, mode);
      expect(finalOutput).toBe('Done');
      expect(requests).toHaveLength(5);
      expect(usage).toMatchObject({ requests: 5, totalTokens: 30 });
      expect(usage?.requestUsageEntries).toHaveLength(5);
      expect(session).toEqual(history);
      expect(history).toHaveLength(4);
      expect(state?.turn).toBe(2);
  });

  it('waits as the backoff says, or as long as the provider asks', async () => {
    waited.length = 0;
    const asks = new ModelRequestError('Slow down', { isNetworkError: true, retryAfterMs: 5000 });
    const agent = new Agent({ name: 'A', model: new ScriptedModel([broken, asks, 'Done']) });
    await run(agent, 'Hi', { runtime: atOnce, modelSettings: retry });
    expect(waited).toEqual([250, 5000]);
  });

  it('gives up after the last try, with the last error', async () => {
    const model = new ScriptedModel([broken, broken, broken, 'never']);
    const agent = new Agent({ name: 'A', model });
    await expect(run(agent, 'Hi', { runtime: atOnce, modelSettings: retry, session: new MemorySession() })).rejects.toBe(broken);
    expect(model.calls).toHaveLength(3);
  });
});
