import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import {
  Agent,
  AgentsError,
  InvalidFinalOutputError,
  InvalidToolInputError,
  ModelBehaviorError,
  ModelRequestError,
  run,
  Runner,
  RunState,
  tool,
  UserError,
} from '../src/index.js';
import type { AgentsErrorCode, Model, RunOptions } from '../src/index.js';
import { functionCall, ScriptedModel } from '../src/testing/index.js';

/** What is wrong, what is raised, and what its message says: what happened, what was expected, what to do. */
interface Case {
  readonly what: string;
  readonly make: () => unknown;
  readonly error: abstract new (...args: never) => AgentsError;
  readonly code: AgentsErrorCode;
  readonly message: RegExp;
}

const answering = (...script: ConstructorParameters<typeof ScriptedModel>[0]): ScriptedModel =>
  new ScriptedModel(script);
const assistantAgent = (model: Model = answering('Hi')): Agent => new Agent({ name: 'A', model });
const t = (name: string) => tool({ name, execute: () => '' });
const given = (options: unknown): Promise<unknown> => run(assistantAgent(), 'Hi', options as RunOptions);

const cases: readonly Case[] = [
  {
    what: 'an empty agent name',
    make: () => new Agent({ name: '' }),
    error: UserError,
    code: 'BATON_USER',
    message: /^An agent has an empty name\. Give it one: it is used in handoffs, traces and errors\.$/,
  },
  {
    what: 'two tools of one name',
    make: () => run(new Agent({ name: 'A', model: answering('Hi'), tools: [t('look'), t('look')] }), 'Hi'),
    error: UserError,
    code: 'BATON_USER',
    message: /^Agent "A" has two tools named "look"\. Rename one: the model could not tell them apart\.$/,
  },
  {
    what: 'two tools whose names are one to a model',
    make: () => run(new Agent({ name: 'A', model: answering('Hi'), tools: [t('look up'), t('look_up')] }), 'Hi'),
    error: UserError,
    code: 'BATON_USER',
    message: /has two tools named "look_up"/,
  },
  {
    what: 'a tool and a handoff of one name [JS-32]',
    make: () =>
      run(
        new Agent({
          name: 'A',
          model: answering('Hi'),
          tools: [t('transfer_to_b')],
          handoffs: [new Agent({ name: 'B' })],
        }),
        'Hi',
      ),
    error: UserError,
    code: 'BATON_USER',
    message: /has a handoff to "B" named "transfer_to_b", which is also the name of a tool\. Set toolNameOverride/,
  },
  {
    what: 'two handoffs of one name',
    make: () =>
      run(
        new Agent({ name: 'A', model: answering('Hi'), handoffs: [new Agent({ name: 'B' }), new Agent({ name: 'b' })] }),
        'Hi',
      ),
    error: UserError,
    code: 'BATON_USER',
    message: /has a handoff to "b" named "transfer_to_b", which is also the name of the handoff to "B"/,
  },
  {
    what: 'a tool schema that cannot be strict',
    make: () => tool({ name: 'look', parameters: z.object({ by: z.record(z.string(), z.string()) }), execute: () => '' }),
    error: UserError,
    code: 'BATON_USER',
    message: /^The schema of tool "look" cannot be strict: properties\.by has properties with names .*\. Describe it with named properties .* or set strict: false\.$/,
  },
  {
    what: 'a tool schema that is no schema',
    make: () => tool({ name: 'look', parameters: 'city' as never, execute: () => '' }),
    error: UserError,
    code: 'BATON_USER',
    message: /^The schema of tool "look" is string\. Pass a zod schema, another Standard Schema, or a JSON Schema object\.$/,
  },
  {
    what: 'a tool without a name',
    make: () => tool({ name: ' ', execute: () => '' }),
    error: UserError,
    code: 'BATON_USER',
    message: /^A tool has an empty name\. Give it a name that the model can call it by\.$/,
  },
  {
    what: 'a tool that does nothing',
    make: () => tool({ name: 'look' } as never),
    error: UserError,
    code: 'BATON_USER',
    message: /^Tool "look" has no execute function\. Pass one that does its work\.$/,
  },
  {
    what: 'a tool with a time limit of no time',
    make: () => tool({ name: 'look', timeoutMs: 0, execute: () => '' }),
    error: UserError,
    code: 'BATON_USER',
    message: /timeoutMs.*0.*Pass milliseconds above 0/,
  },
  {
    what: 'a handoff to something that is not an agent',
    make: () => new Agent({ name: 'A', handoffs: [{ name: 'B' } as never] }),
    error: UserError,
    code: 'BATON_USER',
    message: /^handoffs\[0\] of agent "A" is not an agent\. Pass an Agent, handoff\(agent\), or a function that returns an Agent\.$/,
  },
  {
    what: 'a handoff to a function that returns no agent',
    make: () => run(new Agent({ name: 'A', model: answering('Hi'), handoffs: [(() => undefined) as never] }), 'Hi'),
    error: UserError,
    code: 'BATON_USER',
    message: /^A handoff's function returned undefined instead of an agent\. Return an Agent\.$/,
  },
  {
    what: 'a run of something that is not an agent',
    make: () => run({ name: 'A' } as never, 'Hi'),
    error: UserError,
    code: 'BATON_USER',
    message: /^The first argument of run\(\) is not an agent\. Pass an Agent\.$/,
  },
  {
    what: 'a run without an input',
    make: () => run(assistantAgent(), undefined as never),
    error: UserError,
    code: 'BATON_USER',
    message: /^The input of a run is undefined\. Pass a string, a list of items, or a RunState\.$/,
  },
  {
    what: 'a run with an input that holds no item',
    make: () => run(assistantAgent(), [undefined] as never),
    error: UserError,
    code: 'BATON_USER',
    message: /^Item 0 of the input is undefined\. Pass /,
  },
  {
    what: 'an agent without a model, where nobody finds one',
    make: () => run(new Agent({ name: 'A' }), 'Hi'),
    error: UserError,
    code: 'BATON_USER',
    message: /^Agent "A" has no model and the run has no model provider\. Give the agent a Model/,
  },
  {
    what: 'a model by name, where nobody finds models [JS-13]',
    make: () => run(new Agent({ name: 'A', model: 'gpt-test' }), 'Hi'),
    error: UserError,
    code: 'BATON_USER',
    message: /^Agent "A" has the model name "gpt-test" and the run has no model provider/,
  },
  {
    what: 'an option of the run that nobody knows',
    make: () => given({ maxTurn: 3 }),
    error: UserError,
    code: 'BATON_USER',
    message: /^The run has an unknown option "maxTurn"\. Did you mean "maxTurns"\?$/,
  },
  {
    what: 'a negative number of turns',
    make: () => given({ maxTurns: -1 }),
    error: UserError,
    code: 'BATON_USER',
    message: /^maxTurns is -1\. Pass a number from 0 up, or null for no limit\.$/,
  },
  {
    what: 'a number of turns that is none',
    make: () => given({ maxTurns: Number.NaN }),
    error: UserError,
    code: 'BATON_USER',
    message: /^maxTurns is NaN/,
  },
  {
    what: 'a number of turns that is none, where a run goes on',
    make: async () => {
      const agent = assistantAgent();
      const { state } = await run(agent, 'Hi');
      return run(agent, state, { maxTurns: Number.NaN });
    },
    error: UserError,
    code: 'BATON_USER',
    message: /^maxTurns is NaN/,
  },
  {
    what: 'a time limit of no time',
    make: () => given({ timeoutMs: 0 }),
    error: UserError,
    code: 'BATON_USER',
    message: /^timeoutMs is 0\. Pass milliseconds above 0\.$/,
  },
  {
    what: 'no tool at a time',
    make: () => given({ toolExecution: { maxFunctionToolConcurrency: 0 } }),
    error: UserError,
    code: 'BATON_USER',
    message: /^maxFunctionToolConcurrency is 0\. Pass a number from 1 up/,
  },
  {
    what: 'no session, as null',
    make: () => given({ session: null }),
    error: UserError,
    code: 'BATON_USER',
    message: /^The session of the run is not a session.*Pass one with getItems/,
  },
  {
    what: 'a controller in place of its signal',
    make: () => given({ signal: new AbortController() }),
    error: UserError,
    code: 'BATON_USER',
    message: /^The signal of the run is not an AbortSignal.*Pass the signal of an AbortController/,
  },
  {
    what: 'no signal, as null',
    make: () => given({ signal: null }),
    error: UserError,
    code: 'BATON_USER',
    message: /^The signal of the run is not an AbortSignal.*leave it out/,
  },
  {
    what: 'middleware that is not in a list',
    make: () => given({ modelMiddleware: () => undefined }),
    error: UserError,
    code: 'BATON_USER',
    message: /^modelMiddleware is not a list of functions\. Pass one/,
  },
  {
    what: 'tool middleware that is none',
    make: () => given({ toolMiddleware: [{}] }),
    error: UserError,
    code: 'BATON_USER',
    message: /^toolMiddleware is not a list of functions\. Pass one/,
  },
  {
    what: 'tool middleware that gives no result',
    make: () =>
      run(new Agent({ name: 'A', model: answering(functionCall('look')), tools: [t('look')] }), 'Hi', {
        toolMiddleware: [() => Promise.resolve(undefined as never)],
      }),
    error: UserError,
    code: 'BATON_USER',
    message: /^Running tool "look" gave undefined\. Expected \{ value, output \}.*Check the tool middleware\.$/,
  },
  {
    what: 'tool middleware that gives a result without an output',
    make: () =>
      run(new Agent({ name: 'A', model: answering(functionCall('look')), tools: [t('look')] }), 'Hi', {
        toolMiddleware: [() => Promise.resolve({ value: 1 } as never)],
      }),
    error: UserError,
    code: 'BATON_USER',
    message: /^Running tool "look" gave \{"value":1\}\. Expected \{ value, output \}.*Check the tool middleware\.$/,
  },
  {
    what: 'a session that is none',
    make: () => given({ session: {} }),
    error: UserError,
    code: 'BATON_USER',
    message: /^The session of the run is not a session.*Pass one with getItems/,
  },
  {
    what: 'a state that cannot be read',
    make: () => RunState.fromString(assistantAgent(), '{"half": '),
    error: UserError,
    code: 'BATON_USER',
    message: /^The stored run state is not JSON: .*Pass what state\.toString\(\) gave\.$/,
  },
  {
    what: 'an unreachable server, as a model says it',
    make: () =>
      run(assistantAgent(answering(new ModelRequestError('Could not reach the server.', { isNetworkError: true }))), 'Hi'),
    error: ModelRequestError,
    code: 'BATON_MODEL_REQUEST',
    message: /^Could not reach the server\.$/,
  },
  {
    what: 'a dropped stream, as a model says it',
    make: async () => (await run(assistantAgent(dropping), 'Hi', { stream: true })).completed,
    error: ModelRequestError,
    code: 'BATON_MODEL_REQUEST',
    message: /^The stream broke off\.$/,
  },
  {
    what: 'a stream that ends without a response',
    make: async () => (await run(assistantAgent(ending), 'Hi', { stream: true })).completed,
    error: ModelBehaviorError,
    code: 'BATON_MODEL_BEHAVIOR',
    message: /^The model did not produce a final response: its stream ended without one\. Try again/,
  },
  {
    what: 'invalid JSON from the model, as a final output',
    make: () =>
      run(new Agent({ name: 'A', model: answering('{"n": '), outputType: z.object({ n: z.number() }) }), 'Hi'),
    error: InvalidFinalOutputError,
    code: 'BATON_INVALID_FINAL_OUTPUT',
    message: /^The final output of agent "A" does not fit its output type: .*JSON/,
  },
  {
    what: 'invalid JSON from the model, as arguments of a tool that wants to know',
    make: () =>
      run(
        new Agent({
          name: 'A',
          model: answering(functionCall('look', '{"n": ')),
          tools: [tool({ name: 'look', errorFunction: null, execute: () => '' })],
        }),
        'Hi',
      ),
    error: InvalidToolInputError,
    code: 'BATON_INVALID_TOOL_INPUT',
    message: /^Invalid JSON input for tool look: .*JSON/,
  },
  {
    what: 'a script that is too short for its run',
    make: () => run(assistantAgent(answering()), 'Hi'),
    error: UserError,
    code: 'BATON_USER',
    message: /^The scripted model was called 1 times but its script has 0 answers\. Add answers, or set repeat\.$/,
  },
];

describe('bad input gives one clear typed error', () => {
  it.each(cases)('$what', async ({ make, error, code, message }) => {
    const thrown = await caught(make);
    expect(thrown).toBeInstanceOf(error);
    expect(thrown).toBeInstanceOf(AgentsError);
    expect(thrown).toMatchObject({ code, message: expect.stringMatching(message) });
    // The class's own name, which logs show [JS-12].
    expect((thrown as Error).name).toBe((thrown as Error).constructor.name);
  });

  it('before any call of a model, where the app is at fault', async () => {
    const model = answering('Hi', 'Hi');
    const agent = new Agent({ name: 'A', model, tools: [t('look'), t('look')] });
    await expect(run(agent, 'Hi')).rejects.toThrow(UserError);
    await expect(run(agent, 'Hi', { maxTurns: -1 })).rejects.toThrow(UserError);
    expect(model.calls).toEqual([]);
  });

  it('the same whether the run is streamed or not', async () => {
    const agent = new Agent({ name: 'A', model: answering('Hi'), tools: [t('look'), t('look')] });
    const plain = await caught(() => run(agent, 'Hi'));
    const streamed = await caught(async () => (await run(agent, 'Hi', { stream: true })).completed);
    expect(String(streamed)).toBe(String(plain));
  });
});

describe('options that are left open', () => {
  it('with undefined are as if they were left out: the runner\'s own count', async () => {
    const runner = new Runner({ model: answering('From the runner') });
    const result = await runner.run(new Agent({ name: 'A' }), 'Hi', {
      model: undefined,
      maxTurns: undefined,
      session: undefined,
      signal: undefined,
    });
    expect(result.finalOutput).toBe('From the runner');
  });
});

async function caught(make: () => unknown): Promise<unknown> {
  try {
    await make();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

const dropping: Model = {
  getResponse: () => Promise.reject(new Error('not streamed')),
  async *getStreamedResponse() {
    yield { type: 'response_started' };
    await Promise.resolve();
    throw new ModelRequestError('The stream broke off.', { isNetworkError: true, responseStarted: true });
  },
};

const ending: Model = {
  getResponse: () => Promise.reject(new Error('not streamed')),
  async *getStreamedResponse() {
    yield { type: 'response_started' };
  },
};
