import { describe, expect, expectTypeOf, it } from 'vitest';
import * as z from 'zod';
import { Agent, handoff, run, RunContext, Runner, RunState, tool } from '../src/index.js';
import type {
  AgentInputItem,
  FunctionTool,
  InputGuardrail,
  JsonSchemaDefinition,
  OutputGuardrail,
  ResolvedOutput,
  RunResult,
  RunStreamEvent,
  StreamedRunResult,
} from '../src/index.js';
import { ScriptedModel } from '../src/testing/index.js';

/** A Standard Schema of a library that is not zod. */
interface OtherSchema<Input, Output> {
  readonly '~standard': {
    readonly version: 1;
    readonly vendor: 'other';
    readonly validate: (value: unknown) => { readonly value: Output };
    readonly types?: { readonly input: Input; readonly output: Output } | undefined;
    readonly jsonSchema: { readonly input: () => Record<string, unknown> };
  };
}

const other: OtherSchema<{ n: string }, { n: number }> = {
  '~standard': {
    version: 1,
    vendor: 'other',
    validate: (value) => ({ value: { n: Number((value as { n: string }).n) } }),
    jsonSchema: {
      input: () => ({ type: 'object', properties: { n: { type: 'string' } }, required: ['n'] }),
    },
  },
};

interface User {
  readonly userName: string;
}

interface Shop {
  readonly shopId: number;
}

const model = () => new ScriptedModel(['Hi'], { repeat: true });

const whoAmI = tool({
  name: 'who_am_i',
  execute: (_input, runContext: RunContext<User>) => runContext.context.userName,
});

const whereAmI = tool({
  name: 'where_am_i',
  execute: (_input, runContext: RunContext<Shop>) => runContext.context.shopId,
});

/** Checked by the compiler alone: what stands in here is never run. */
const onlyTypes = (_check: () => unknown): void => undefined;

describe('the arguments of a tool', () => {
  it('are what zod gives, after defaults and transforms', () => {
    tool({
      name: 't',
      parameters: z.object({
        city: z.string(),
        days: z.number().optional(),
        zone: z.string().default('UTC'),
        at: z.string().transform((text) => new Date(text)),
      }),
      needsApproval: (_context, input) => {
        expectTypeOf(input.city).toEqualTypeOf<string>();
        return false;
      },
      execute: (input) => {
        expectTypeOf(input).toEqualTypeOf<{
          city: string;
          days?: number | undefined;
          zone: string;
          at: Date;
        }>();
        return '';
      },
    });
  });

  it('are what any other Standard Schema gives', async () => {
    const t = tool({
      name: 't',
      parameters: other,
      execute: (input) => {
        expectTypeOf(input).toEqualTypeOf<{ n: number }>();
        return input.n;
      },
    });
    expect(await t.parse('{"n":"12"}')).toEqual({ ok: true, value: { n: 12 } });
  });

  it('are unknown where plain JSON Schema promises nothing', () => {
    tool({
      name: 't',
      parameters: { type: 'object', properties: { n: { type: 'number' } }, required: ['n'] },
      execute: (input) => {
        expectTypeOf(input).toBeUnknown();
        return '';
      },
    });
  });

  it('are none where there are no parameters', () => {
    tool({
      name: 't',
      execute: (input) => {
        expectTypeOf(input).toEqualTypeOf<Record<string, never>>();
        return '';
      },
    });
  });

  it('are told apart in tools of one list', () => {
    const list = [
      tool({ name: 'a', parameters: z.object({ a: z.string() }), execute: ({ a }) => a }),
      tool({ name: 'b', parameters: z.object({ b: z.number() }), execute: ({ b }) => b }),
    ];
    expect(new Agent({ name: 'A', tools: list }).tools).toHaveLength(2);
  });
});

describe('the context that a run needs', () => {
  it('is none where no tool asks for one', async () => {
    const agent = new Agent({ name: 'A', model: model() });
    expectTypeOf(agent).toEqualTypeOf<Agent>();
    await run(agent, 'Hi');
    await run(agent, 'Hi', {});
    const result = await run(agent, 'Hi', { context: { anything: true } });
    expect(result.finalOutput).toBe('Hi');
  });

  it('is what a tool asks for', async () => {
    const agent = new Agent({ name: 'A', model: model(), tools: [whoAmI] });
    expectTypeOf(agent).toEqualTypeOf<Agent<User>>();
    const result = await run(agent, 'Hi', { context: { userName: 'Ada' } });
    expectTypeOf(result.runContext.context).toExtend<User>();
    await run(agent, 'Hi', { context: new RunContext({ userName: 'Ada' }) });
    onlyTypes(() => {
      // @ts-expect-error a context is needed
      void run(agent, 'Hi');
      // @ts-expect-error a context is needed, whatever else is given
      void run(agent, 'Hi', { maxTurns: 1 });
      // @ts-expect-error a context is needed for a streamed run as well
      void run(agent, 'Hi', { stream: true });
      // @ts-expect-error the context has another type
      return run(agent, 'Hi', { context: { userName: 7 } });
    });
  });

  it('is all that two tools ask for, once it is named', async () => {
    const agent = new Agent<User & Shop>({ name: 'A', model: model(), tools: [whoAmI, whereAmI] });
    await run(agent, 'Hi', { context: { userName: 'Ada', shopId: 1 } });
    onlyTypes(() => {
      // @ts-expect-error the other tool's part is missing
      void run(agent, 'Hi', { context: { userName: 'Ada' } });
      // @ts-expect-error not inferred: TypeScript takes one tool's context for all, see `new Agent<User & Shop>` above
      return new Agent({ name: 'A', tools: [whoAmI, whereAmI] });
    });
  });

  it('may be named, and is checked in everything the agent has', () => {
    const guardrail: InputGuardrail<User> = {
      name: 'g',
      execute: ({ context }) => ({ tripwireTriggered: context.context.userName === '' }),
    };
    const agent = new Agent<User & Shop>({
      name: 'A',
      instructions: ({ context }) => {
        expectTypeOf(context).toEqualTypeOf<User & Shop>();
        return context.userName;
      },
      tools: [whoAmI, whereAmI],
      inputGuardrails: [guardrail],
    });
    expectTypeOf(agent).toEqualTypeOf<Agent<User & Shop>>();
    agent.on('agent_start', (runContext) => {
      expectTypeOf(runContext.context).toEqualTypeOf<User & Shop>();
    });
    onlyTypes(() => {
      // @ts-expect-error the tool asks for more than the agent's context has
      return new Agent<User>({ name: 'A', tools: [whereAmI] });
    });
  });

  it('of a handoff target must be the agent\'s too', () => {
    const target = new Agent({ name: 'B', tools: [whereAmI] });
    expect(new Agent<User & Shop>({ name: 'A', handoffs: [target, handoff(target), () => target] }).handoffs).toHaveLength(3);
    onlyTypes(() => {
      // @ts-expect-error the target asks for a context that this agent lacks
      void new Agent<User>({ name: 'A', handoffs: [target] });
      // @ts-expect-error so does its handoff
      void new Agent<User>({ name: 'A', handoffs: [handoff(target)] });
      // @ts-expect-error and a function that returns it
      return new Agent<User>({ name: 'A', handoffs: [() => target] });
    });
  });

  it('is not asked for where a stored state has it', async () => {
    const agent = new Agent({ name: 'A', model: model(), tools: [whoAmI] });
    const { state } = await run(agent, 'Hi', { context: { userName: 'Ada' } });
    const same: RunState<User, Agent<User>> = state;
    expectTypeOf(same.context.context).toEqualTypeOf<User>();
    const again = await run(agent, RunState.fromString(agent, state.toString()));
    expectTypeOf(again.finalOutput).toEqualTypeOf<string | undefined>();
    await run(agent, state, { context: { userName: 'Eve' } });
  });
});

describe('the final output of a run', () => {
  it('is text', async () => {
    const result = await run(new Agent({ name: 'A', model: model() }), 'Hi');
    expectTypeOf(result.finalOutput).toEqualTypeOf<string | undefined>();
  });

  it('is what zod gives, objects, lists, unions and scalars', () => {
    const object = new Agent({ name: 'A', outputType: z.object({ n: z.number() }) });
    const list = new Agent({ name: 'A', outputType: z.array(z.string()) });
    const union = new Agent({ name: 'A', outputType: z.union([z.literal('a'), z.number()]) });
    const scalar = new Agent({ name: 'A', outputType: z.boolean() });
    onlyTypes(async () => {
      expectTypeOf((await run(object, '')).finalOutput).toEqualTypeOf<{ n: number } | undefined>();
      expectTypeOf((await run(list, '')).finalOutput).toEqualTypeOf<string[] | undefined>();
      expectTypeOf((await run(union, '')).finalOutput).toEqualTypeOf<'a' | number | undefined>();
      expectTypeOf((await run(scalar, '')).finalOutput).toEqualTypeOf<boolean | undefined>();
    });
    expect(object.outputSpec.serialized).toMatchObject({ type: 'json_schema' });
  });

  it('is what another Standard Schema gives, and unknown for a JSON Schema', () => {
    const definition: JsonSchemaDefinition = { type: 'json_schema', name: 'x', strict: false, schema: {} };
    expectTypeOf<ResolvedOutput<typeof other>>().toEqualTypeOf<{ n: number }>();
    expectTypeOf<ResolvedOutput<JsonSchemaDefinition>>().toBeUnknown();
    const agent = new Agent({ name: 'A', outputType: definition });
    onlyTypes(async () => expectTypeOf((await run(agent, '')).finalOutput).toBeUnknown());
    expect(agent.outputType).toBe(definition);
  });

  it('is the output of any agent in reach, where the agent was made by Agent.create', () => {
    const weather = new Agent({ name: 'Weather', outputType: z.object({ degrees: z.number() }) });
    const counter = new Agent({ name: 'Counter', outputType: z.number() });
    const triage = Agent.create({
      name: 'Triage',
      handoffs: [weather, handoff(counter), () => new Agent({ name: 'Text' })],
    });
    onlyTypes(async () => {
      expectTypeOf((await run(triage, '')).finalOutput).toEqualTypeOf<
        string | { degrees: number } | number | undefined
      >();
    });
    expect(triage.handoffs).toHaveLength(3);
  });

  it('is what an output guardrail is given', () => {
    const outputType = z.object({ n: z.number() });
    const judged = new Agent({
      name: 'A',
      outputType,
      outputGuardrails: [
        {
          name: 'g',
          execute: ({ agentOutput }) => {
            expectTypeOf(agentOutput).toEqualTypeOf<{ n: number }>();
            return { tripwireTriggered: agentOutput.n > 1 };
          },
        },
      ],
    });
    const textual: OutputGuardrail<unknown, string> = {
      name: 'g',
      execute: ({ agentOutput }) => ({ tripwireTriggered: agentOutput === '' }),
    };
    onlyTypes(() => {
      // @ts-expect-error the guardrail checks text, the agent gives an object
      return new Agent({ name: 'A', outputType, outputGuardrails: [textual] });
    });
    expect([textual.name, judged.outputGuardrails[0]?.name]).toEqual(['g', 'g']);
  });

  it('follows a clone with another output type', () => {
    const agent = new Agent({ name: 'A' });
    const clone = agent.clone({ outputType: z.number() });
    onlyTypes(async () => {
      expectTypeOf((await run(clone, '')).finalOutput).toEqualTypeOf<number | undefined>();
      expectTypeOf((await run(agent.clone({ name: 'B' }), '')).finalOutput).toEqualTypeOf<string | undefined>();
    });
    expect(clone.name).toBe('A');
  });
});

describe('what run() returns', () => {
  it('is a whole result, or a streamed one where the options say so', async () => {
    const agent = new Agent({ name: 'A', model: model() });
    const whole = await run(agent, 'Hi');
    const plain = await run(agent, 'Hi', { stream: false });
    const streamed = await run(agent, 'Hi', { stream: true });
    expectTypeOf(whole).toEqualTypeOf<RunResult<unknown, Agent>>();
    expectTypeOf(plain).toEqualTypeOf<RunResult<unknown, Agent>>();
    expectTypeOf(streamed).toEqualTypeOf<StreamedRunResult<unknown, Agent>>();
    for await (const event of streamed) expectTypeOf(event).toEqualTypeOf<RunStreamEvent>();
    await streamed.completed;
  });

  it('is the same for a runner, whose run can be handed around', async () => {
    const { run: runIt } = new Runner({ model: model() });
    const result = await runIt(new Agent({ name: 'A' }), 'Hi', { stream: true });
    expectTypeOf(result).toEqualTypeOf<StreamedRunResult<unknown, Agent>>();
    await result.completed;
    expect(result.finalOutput).toBe('Hi');
  });

  it('takes text, items or a state as input', () => {
    const agent = new Agent({ name: 'A', model: model() });
    const items: AgentInputItem[] = [];
    const readonlyItems: readonly AgentInputItem[] = items;
    onlyTypes(() => {
      void run(agent, items);
      void run(agent, readonlyItems);
      void run(agent, [{ role: 'user', content: 'Hi' }]);
      // @ts-expect-error a number is no input
      void run(agent, 7);
      // @ts-expect-error an item has no such role
      return run(agent, [{ role: 'robot', content: 'Hi' }]);
    });
    expect(items).toEqual([]);
  });
});

describe('a handoff', () => {
  it('gives onHandoff what inputType reads, and the context of its target', () => {
    const target = new Agent<User>({ name: 'B' });
    const typed = handoff(target, {
      inputType: z.object({ reason: z.string() }),
      onHandoff: (runContext, input) => {
        expectTypeOf(input).toEqualTypeOf<{ reason: string }>();
        expectTypeOf(runContext).toEqualTypeOf<RunContext<User>>();
      },
    });
    const untyped = handoff(target, {
      onHandoff: (_runContext, input) => {
        expectTypeOf(input).toEqualTypeOf<undefined>();
      },
    });
    expect([typed.agentName, untyped.agentName]).toEqual(['B', 'B']);
  });
});

describe('a tool in a list of tools', () => {
  it('that needs no context fits any agent', () => {
    const plain: FunctionTool = tool({ name: 't', execute: () => '' });
    expect(new Agent<User>({ name: 'A', tools: [plain, whoAmI] }).tools).toHaveLength(2);
  });

  it('whose context is narrower does not fit where none is promised', () => {
    onlyTypes(() => {
      // @ts-expect-error this agent promises no context
      return new Agent<unknown>({ name: 'A', tools: [whoAmI] });
    });
    expect(whoAmI.name).toBe('who_am_i');
  });
});
