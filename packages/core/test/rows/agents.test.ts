import { describe, expect, expectTypeOf, it } from 'vitest';
import * as z from 'zod';
import { Agent, handoff, run, RunContext, tool, user, UserError } from '../../src/index.js';
import type { AgentOptions, HostedTool } from '../../src/index.js';
import { functionCall, ScriptedModel } from '../../src/testing/index.js';
import { play, scenario } from '../support/modes.js';

const MODES = ['plain', 'streamed', 'resumed'] as const;

const hosted: HostedTool = { type: 'hosted_tool', name: 'web_search' };

/** Options as JavaScript could pass them. */
function refusal(options: object): () => unknown {
  return () => new Agent(options as unknown as AgentOptions);
}

describe('an agent', () => {
  it.each([
    ['nothing at all', undefined, 'needs an object'],
    ['no name', {}, 'no name'],
    ['an empty name', { name: '' }, 'empty name'],
    ['a blank name', { name: '  ' }, 'no name'],
    ['instructions that are a number', { name: 'A', instructions: 5 }, 'of type number'],
    ['a model that is a number', { name: 'A', model: 5 }, 'is not a model'],
    ['a model that is null', { name: 'A', model: null }, 'is not a model'],
    ['model settings that are text', { name: 'A', modelSettings: 'hot' }, 'are not an object'],
    ['tools that are no list', { name: 'A', tools: {} }, 'must be a list'],
    ['a tool that is undefined', { name: 'A', tools: [undefined] }, 'tools[0] of agent "A" is undefined'],
    ['a tool that is none', { name: 'A', tools: [{ name: 'x' }] }, 'is not a tool'],
    ['a handoff that is none', { name: 'A', handoffs: [{ name: 'B' }] }, 'is not an agent'],
    ['guardrails that are no list', { name: 'A', inputGuardrails: 'none' }, 'must be a list'],
    ['an output type that is none', { name: 'A', outputType: 'json' }, 'is not an output type'],
  ])('with %s is refused when it is made [AG-2, AG-3, AG-5, AG-8, RUN-47]', (_what, options, message) => {
    expect(refusal(options as object)).toThrow(UserError);
    expect(refusal(options as object)).toThrow(message);
  });

  it('needs only a name [AG-2]', () => {
    const agent = new Agent({ name: 'A' });
    expect(agent).toMatchObject({ name: 'A', tools: [], handoffs: [], outputType: 'text', toolUseBehavior: 'run_llm_again' });
    expect(JSON.stringify({ agent })).toBe('{"agent":{"name":"A"}}');
  });

  it('gives its instructions of the moment: text, a function, or none [AG-20]', async () => {
    const context = new RunContext({ user: 'Ann' });
    const asked: unknown[] = [];
    const named = new Agent<{ user: string }>({
      name: 'A',
      instructions: async (runContext, agent) => {
        asked.push(agent);
        return `Serve ${runContext.context.user}`;
      },
    });
    await expect(named.getSystemPrompt(context)).resolves.toBe('Serve Ann');
    context.context.user = 'Bob';
    await expect(named.getSystemPrompt(context)).resolves.toBe('Serve Bob');
    expect(asked).toEqual([named, named]);
    await expect(new Agent({ name: 'B', instructions: 'Be kind' }).getSystemPrompt(context)).resolves.toBe('Be kind');
    await expect(new Agent({ name: 'C' }).getSystemPrompt(context)).resolves.toBeUndefined();
  });

  it('may ignore what its instructions are called with [RUN-44]', async () => {
    const model = new ScriptedModel(['Hello']);
    await run(new Agent({ name: 'A', model, instructions: () => 'Always the same' }), 'Hi');
    expect(model.calls[0]?.request.systemInstructions).toBe('Always the same');
  });

  it('is cloned with some options replaced; the lists of the rest are shared [AG-18]', () => {
    const original = new Agent({
      name: 'A',
      instructions: 'Rhyme',
      handoffDescription: 'A poet',
      model: 'm1',
      modelSettings: { temperature: 0.1 },
      tools: [hosted],
      handoffs: [new Agent({ name: 'B' })],
      toolUseBehavior: 'stop_on_first_tool',
      resetToolChoice: false,
      outputType: z.object({ lines: z.array(z.string()) }),
    });
    const copy = original.clone({ name: 'C', instructions: 'Do not rhyme' });
    const { instructions: _i, name: _n, outputSpec: _s, ...kept } = original;
    expect(copy).toMatchObject({ ...kept, name: 'C', instructions: 'Do not rhyme' });
    expect(copy.tools).toBe(original.tools);
    expect(copy.handoffs).toBe(original.handoffs);
    expect(copy.outputType).toBe(original.outputType);
    expect(original.instructions).toBe('Rhyme');
    expect(original.clone({ tools: [] }).tools).toEqual([]);
  });

  it('is cloned without the hooks of the original [AG-18]', async () => {
    const heard: string[] = [];
    const original = new Agent({ name: 'A', model: new ScriptedModel(['1', '2']) });
    original.on('agent_start', () => void heard.push('original'));
    await run(original.clone({}), 'Hi');
    expect(heard).toEqual([]);
  });

  it('types what it is made of: context, final output, and that of whoever it hands over to [AG-1, RES-4, RES-8]', () => {
    const weather = new Agent({ name: 'W', outputType: z.object({ degrees: z.number() }) });
    const triage = Agent.create({ name: 'T', handoffs: [weather, handoff(new Agent({ name: 'N', outputType: z.array(z.string()) }))] });
    type Final<TAgent extends Parameters<typeof run>[0]> = Awaited<ReturnType<typeof run<never, TAgent['outputType'], string>>>['finalOutput'];
    expectTypeOf<Final<typeof weather>>().toEqualTypeOf<{ degrees: number } | undefined>();
    expectTypeOf<Final<typeof triage>>().toEqualTypeOf<string | { degrees: number } | string[] | undefined>();
    const needy = new Agent<{ user: string }>({ name: 'U' });
    // @ts-expect-error an agent that needs a context cannot be run without one
    const _without = (): unknown => run(needy, 'Hi');
    const _with = (): unknown => run(needy, 'Hi', { context: { user: 'Ann' } });
    // @ts-expect-error nor can it take over from one that has none
    const _wrong = (): unknown => new Agent<{ account: number }>({ name: 'X', handoffs: [needy] });
    expect(triage.handoffs).toHaveLength(2);
  });
});

describe('the context of a run', () => {
  interface Desk {
    readonly seen: string[];
    secret: string;
  }

  scenario(
    'is one object for instructions, guardrails, tools, handoffs and hooks, and never reaches a model [AG-1, CX-1, CX-2]',
    {
      process: (world) => {
        const desk = world.keep<Desk>('desk', () => ({ seen: [], secret: 'tulip' }));
        const look = (where: string, runContext: RunContext<Desk>): void => {
          if (runContext.context === desk) desk.seen.push(where);
        };
        const b = new Agent<Desk>({
          name: 'B',
          model: world.model(['Done'], { name: 'b' }),
          instructions: (runContext) => {
            look('instructions of B', runContext);
            return 'Finish';
          },
          outputGuardrails: [
            {
              name: 'out',
              execute: ({ context }) => {
                look('output guardrail', context);
                return { tripwireTriggered: false };
              },
            },
          ],
        });
        const a = new Agent<Desk>({
          name: 'A',
          model: world.model([functionCall('act'), functionCall('transfer_to_b')], { name: 'a' }),
          inputGuardrails: [
            {
              name: 'in',
              execute: ({ context }) => {
                look('input guardrail', context);
                return { tripwireTriggered: false };
              },
            },
          ],
          tools: [
            tool({
              name: 'act',
              execute: (_input, runContext: RunContext<Desk>) => {
                look('tool', runContext);
                return 'Acted';
              },
            }),
          ],
          handoffs: [handoff(b, { onHandoff: (runContext) => look('handoff', runContext) })],
        });
        return { agent: a, options: { context: desk as never } };
      },
    },
    (outcome) => {
      const desk = outcome.runState?.context.context as Desk;
      expect(desk.seen).toEqual(['input guardrail', 'tool', 'handoff', 'instructions of B', 'output guardrail']);
      expect(JSON.stringify(outcome.requests)).not.toContain('tulip');
      expect(JSON.stringify(outcome.state)).not.toContain('tulip');
    },
  );
});

describe('what an agent has', () => {
  scenario(
    'of tools is offered to its model: functions, hosted tools, agents [AG-8, TL-1, MI-2]',
    {
      process: (world) => ({
        agent: new Agent({
          name: 'A',
          model: world.model(['Done']),
          tools: [
            tool({ name: 'act', execute: () => 'Acted' }),
            hosted,
            new Agent({ name: 'Sub Agent' }).asTool(),
          ],
        }),
      }),
    },
    ({ requests }) => expect(requests[0]?.tools).toEqual(['act', 'web_search', 'sub_agent']),
  );

  scenario(
    'of handoffs may be agents, handoffs and functions that return an agent, and is told with the description of each [AG-4, AG-5, X-15]',
    {
      process: (world) => {
        const a: Agent = new Agent({
          name: 'A',
          model: world.model([functionCall('transfer_to_d'), 'never'], { name: 'a' }),
          handoffs: [
            new Agent({ name: 'B', handoffDescription: 'Knows refunds' }),
            handoff(new Agent({ name: 'C' }), { toolNameOverride: 'ask_c' }),
            () => d,
          ],
        });
        // A circle: each names the other.
        const d: Agent = new Agent({ name: 'D', model: world.model(['Done'], { name: 'd' }), handoffs: [() => a] });
        return { agent: a };
      },
    },
    ({ requests, finalOutput }) => {
      expect(requests[0]?.handoffs).toEqual(['transfer_to_b', 'ask_c', 'transfer_to_d']);
      expect(requests[1]?.handoffs).toEqual(['transfer_to_a']);
      expect(finalOutput).toBe('Done');
    },
  );

  it('as handoffDescription ends the description of the handoff [AG-4, HO-3]', async () => {
    const model = new ScriptedModel(['Done']);
    const b = new Agent({ name: 'B', handoffDescription: 'Knows refunds' });
    await run(new Agent({ name: 'A', model, handoffs: [b, new Agent({ name: 'C' })] }), 'Hi');
    const handoffs = model.calls[0]?.request.handoffs ?? [];
    expect(handoffs.map((each) => each.toolDescription)).toEqual([
      'Handoff to the B agent to handle the request. Knows refunds',
      'Handoff to the C agent to handle the request.',
    ]);
  });

  scenario(
    'of output guardrails is asked only where the agent gives the final output [AG-11]',
    {
      process: (world) => {
        const asks = (name: string) => ({
          name,
          execute: () => {
            world.note(name);
            return { tripwireTriggered: false };
          },
        });
        const b = new Agent({ name: 'B', model: world.model(['Done'], { name: 'b' }), outputGuardrails: [asks('of B')] });
        const model = world.model([functionCall('transfer_to_b')], { name: 'a' });
        const agent = new Agent({ name: 'A', model, handoffs: [b], outputGuardrails: [asks('of A')] });
        return { agent, options: { outputGuardrails: [asks('of the run')] } };
      },
    },
    ({ notes }) => expect(notes).toEqual(['of B', 'of the run']),
  );

  scenario(
    'of hooks hears of its own turns only [AG-13]',
    {
      process: (world) => {
        const b = new Agent({ name: 'B', model: world.model(['Done'], { name: 'b' }) });
        const model = world.model([functionCall('transfer_to_b')], { name: 'a' });
        const agent = new Agent({ name: 'A', model, handoffs: [b] });
        agent.on('llm_start', (_context, of) => world.note(`A hears ${of.name}`));
        b.on('llm_start', (_context, of) => world.note(`B hears ${of.name}`));
        return { agent };
      },
    },
    ({ notes }) => expect(notes).toEqual(['A hears A', 'B hears B']),
  );

  it.each([
    ['text', 'text', 'plain', 'plain'],
    ['an object', z.object({ a: z.number() }), '{"a":1}', { a: 1 }],
    ['a list', z.array(z.number()), '{"response":[1]}', [1]],
    ['a JSON Schema', { type: 'json_schema', name: 'n', strict: true, schema: { type: 'object' } }, '{"b":2}', { b: 2 }],
  ] as const)('as output type may be %s [AG-12, OS-3]', async (_what, outputType, answer, expected) => {
    const model = new ScriptedModel([answer]);
    const result = await run(new Agent({ name: 'A', model, outputType }), 'Hi');
    expect(result.finalOutput).toEqual(expected);
    const sent = model.calls[0]?.request.outputType;
    if (outputType === 'text') expect(sent).toBe('text');
    else expect(sent).toMatchObject({ type: 'json_schema', strict: true, schema: { type: 'object' } });
  });

  it.each([
    ['two tools', { tools: [tool({ name: 'x', execute: () => 1 }), tool({ name: 'x', execute: () => 2 })] }, 'two tools named "x"'],
    [
      'a tool and a handoff',
      { tools: [tool({ name: 'transfer_to_b', execute: () => 1 })], handoffs: [new Agent({ name: 'B' })] },
      'is also the name of a tool',
    ],
    ['two handoffs', { handoffs: [new Agent({ name: 'B' }), new Agent({ name: 'B' })] }, 'is also the name of the handoff to "B"'],
  ])('cannot be %s of one name: the run says which, before any request [AG-21, RUN-24, JS-32]', async (_what, options, message) => {
    const model = new ScriptedModel(['never']);
    await expect(run(new Agent({ name: 'A', model, ...options }), 'Hi')).rejects.toThrow(message);
    expect(model.calls).toEqual([]);
  });

  scenario(
    'does not collide in one name where all but one are switched off [AG-21, RUN-24, TL-14]',
    {
      process: (world) => ({
        agent: new Agent({
          name: 'A',
          model: world.model([functionCall('x'), 'Done']),
          tools: [
            tool({ name: 'x', isEnabled: false, execute: () => world.note('first') }),
            tool({ name: 'x', isEnabled: () => true, execute: () => world.note('second') }),
            tool({ name: 'x', isEnabled: async () => false, execute: () => world.note('third') }),
          ],
        }),
      }),
    },
    ({ notes, requests }) => {
      expect(requests[0]?.tools).toEqual(['x']);
      expect(notes).toEqual(['second']);
    },
  );

  scenario(
    'switched off cannot be called: the run fails before a sibling starts [RUN-28]',
    {
      process: (world) => ({
        agent: new Agent({
          name: 'A',
          model: world.model([[functionCall('on'), functionCall('off')]]),
          tools: [
            tool({ name: 'on', execute: () => world.note('on') }),
            tool({ name: 'off', isEnabled: () => false, execute: () => world.note('off') }),
          ],
        }),
        options: { toolExecution: { maxFunctionToolConcurrency: 1 } },
      }),
    },
    ({ error, notes }) => {
      expect(error?.message).toBe('Tool off not found in agent A');
      expect(notes).toEqual([]);
    },
  );
});

it.each(MODES)(
  'a handoff lets the other agent see the conversation, a tool only its input, %s [AG-22]',
  async (mode) => {
    const { requests, finalOutput } = await play(
      {
        process: (world) => {
          const b = new Agent({ name: 'B', model: world.model(['From B'], { name: 'b' }) });
          const c = new Agent({ name: 'C', model: world.model(['From C'], { name: 'c' }) });
          const script = [functionCall('c', { input: 'Only this' }), functionCall('transfer_to_b')];
          const model = world.model(script, { name: 'a' });
          return { agent: new Agent({ name: 'A', model, handoffs: [b], tools: [c.asTool()] }) };
        },
        input: 'Everything',
      },
      mode,
    );
    const of = (name: string) => requests.find((request) => request.model === name)?.input;
    expect(of('c')).toEqual([user('Only this')]);
    expect(of('b')?.[0]).toEqual(user('Everything'));
    expect(of('b')).toHaveLength(5);
    expect(finalOutput).toBe('From B');
  },
);
