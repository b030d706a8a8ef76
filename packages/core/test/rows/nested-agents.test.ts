import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { Agent, run, Runner, RunState, tool, user } from '../../src/index.js';
import type { AnyAgent, FunctionTool, RunContext, RunStreamEvent } from '../../src/index.js';
import { functionCall, ScriptedModel } from '../../src/testing/index.js';
import { play } from '../support/modes.js';
import type { Outcome, Scenario, World } from '../support/modes.js';

/** As `scenario`, for runs with runs inside: those do not stop after each turn of their own. */
function inEveryMode(title: string, what: Scenario, check: (outcome: Outcome) => void): void {
  it.each(['plain', 'streamed', 'resumed'] as const)(`${title}: %s`, async (mode) => {
    check(await play(what, mode));
  });
}

const outputOf = (outcome: Outcome): unknown =>
  outcome.newItems?.find((item) => item.type === 'tool_call_output_item')?.output;

/** An agent that asks its tool once with this input, then answers. */
const asking = (toolOf: (world: World) => FunctionTool, args: object = { input: 'Ask' }): Scenario => ({
  process: (world) => {
    const made = toolOf(world);
    const model = world.model([functionCall(made.name, { ...args }), 'Done'], { name: 'outer' });
    return { agent: new Agent({ name: 'Outer', model, tools: [made] }) };
  },
});

describe('an agent used as a tool', () => {
  it('is a function tool with one text, named as the agent in lower case, without a description [AG-19, TOL-07]', () => {
    const made = new Agent({ name: 'Sub Agent!' }).asTool();
    expect(made).toMatchObject({
      type: 'function',
      name: 'sub_agent_',
      description: '',
      strict: true,
      parameters: { properties: { input: { type: 'string' } }, required: ['input'], additionalProperties: false },
    });
    expect(new Agent({ name: 'Sub' }).asTool({ toolName: 'ask', toolDescription: 'Asks' })).toMatchObject({ name: 'ask', description: 'Asks' });
  });

  inEveryMode(
    'gives the final output of its run, not every text [AG-19, X-4, TOL-08, JS-4]',
    asking((world) => {
      const script = [[{ type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'Let me see' }] }, functionCall('look')], [
        { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'It is ' }, { type: 'output_text', text: 'seen' }] },
      ]] as const;
      const look = tool({ name: 'look', execute: () => 'Looked' });
      return new Agent({ name: 'Sub', model: world.model(script, { name: 'sub' }), tools: [look] }).asTool();
    }),
    (outcome) => {
      expect(outputOf(outcome)).toBe('It is seen');
      expect(outcome.finalOutput).toBe('Done');
    },
  );

  inEveryMode(
    'gives the output of the tool that ended its run [TOL-08]',
    asking((world) => {
      const look = tool({ name: 'look', execute: () => 'Looked' });
      const model = world.model([functionCall('look')], { name: 'sub' });
      return new Agent({ name: 'Sub', model, tools: [look], toolUseBehavior: 'stop_on_first_tool' }).asTool();
    }),
    (outcome) => expect(outputOf(outcome)).toBe('Looked'),
  );

  inEveryMode(
    'gives a structured output as it is, which the model is shown as JSON [AG-19, X-4]',
    asking((world) =>
      new Agent({ name: 'Sub', model: world.model(['{"a":1}'], { name: 'sub' }), outputType: z.object({ a: z.number() }) }).asTool(),
    ),
    (outcome) => {
      expect(outputOf(outcome)).toEqual({ a: 1 });
      expect(JSON.stringify(outcome.history)).toContain('"output":"{\\"a\\":1}"');
    },
  );

  inEveryMode(
    'gives what its extractor makes of the result [AG-19]',
    asking((world) =>
      new Agent({ name: 'Sub', model: world.model(['Secret'], { name: 'sub' }) }).asTool({
        customOutputExtractor: (result) => `${result.lastAgent.name} said ${result.finalOutput?.length} letters, ${result.newItems.length} item`,
      }),
    ),
    (outcome) => expect(outputOf(outcome)).toBe('Sub said 6 letters, 1 item'),
  );

  inEveryMode(
    'is given its arguments: other parameters as JSON, or what the builder makes of them [AG-19]',
    asking(
      (world) =>
        new Agent({ name: 'Sub', model: world.model(['Ok'], { name: 'sub' }) }).asTool({
          parameters: z.object({ city: z.string() }),
          inputBuilder: ({ city }) => [user(`About ${city}`)],
        }),
      { city: 'Rome' },
    ),
    (outcome) => expect(outcome.requests.find((each) => each.model === 'sub')?.input).toEqual([user('About Rome')]),
  );

  it('is given other parameters as JSON without a builder [AG-19]', async () => {
    const model = new ScriptedModel(['Ok']);
    const made = new Agent({ name: 'Sub', model }).asTool({ parameters: z.object({ city: z.string() }) });
    await run(new Agent({ name: 'Outer', tools: [made], model: new ScriptedModel([functionCall('sub', { city: 'Rome' }), 'Done']) }), 'Hi');
    expect(model.calls[0]?.input).toEqual([user('{"city":"Rome"}')]);
  });

  inEveryMode(
    'has the outer run\'s context and configuration, and adds to its usage [AG-19, TOL-09, RUN-33, US-1]',
    {
      process: (world) => {
        const box = world.keep('box', () => ({ seen: 0 }));
        const note = tool({
          name: 'note',
          execute: (_input, runContext: RunContext<{ seen: number }>) => {
            if (runContext.context === box) runContext.context.seen++;
            return 'Noted';
          },
        });
        const sub = new Agent({ name: 'Sub', model: 'ignored', tools: [note] }).asTool();
        const model = world.model([functionCall('sub', { input: 'x' }), functionCall('note'), 'Inner', 'Done']);
        const agent = new Agent({ name: 'Outer', tools: [sub] });
        return { agent, options: { context: box as never, model, modelSettings: { temperature: 0 } } };
      },
    },
    (outcome) => {
      expect(outcome.finalOutput).toBe('Done');
      expect(outcome.runState?.context.context).toEqual({ seen: 1 });
      expect(outcome.requests.map((each) => each.modelSettings.temperature)).toEqual([0, 0, 0, 0]);
      expect(outcome.usage).toMatchObject({ requests: 4, totalTokens: 60 });
    },
  );

  it('has a configuration of its own where it is given one [TOL-09]', async () => {
    const own = new ScriptedModel([functionCall('look'), 'never']);
    const look = tool({ name: 'look', execute: () => 'Looked' });
    const sub = new Agent({ name: 'Sub', tools: [look] }).asTool({ runOptions: { model: own, modelSettings: { topP: 0.1 }, maxTurns: 1 } });
    const model = new ScriptedModel([functionCall('sub', { input: 'x' }), 'Done']);
    const { newItems } = await run(new Agent({ name: 'Outer', tools: [sub] }), 'Hi', { model, modelSettings: { temperature: 0 } });
    expect(own.calls[0]?.request.modelSettings).toEqual({ topP: 0.1 });
    expect(newItems[1]).toMatchObject({ output: expect.stringContaining('Max turns (1) exceeded') });
  });

  inEveryMode(
    'that fails tells the model so, as any tool does [TOL-07]',
    asking((world) => new Agent({ name: 'Sub', model: world.model([new Error('Overloaded')], { name: 'sub' }) }).asTool()),
    (outcome) => {
      expect(outputOf(outcome)).toBe('An error occurred while running the tool. Please try again. Error: Overloaded');
      expect(outcome.finalOutput).toBe('Done');
    },
  );

  it('streams its events with the path to it, and tells its listener [ST-6, STR-20]', async () => {
    const heard: string[] = [];
    const deep = new Agent({ name: 'Deep', model: new ScriptedModel(['Deepest']) }).asTool();
    const model = new ScriptedModel([functionCall('deep', { input: 'x' }, 'c2'), 'Inner']);
    const sub = new Agent({ name: 'Sub', model, tools: [deep] }).asTool({
      onStream: ({ event, agent, toolCall }) => void heard.push(`${agent.name} ${toolCall.callId} ${event.type}`),
    });
    const outer = new Agent({ name: 'Outer', tools: [sub], model: new ScriptedModel([functionCall('sub', { input: 'x' }, 'c1'), 'Done']) });
    const paths = new Set<string>();
    for await (const event of await run(outer, 'Hi', { stream: true })) {
      if (event.type === 'nested_stream_event') paths.add(event.path.map((step) => `${step.agent} ${step.callId}`).join(' > '));
    }
    expect([...paths]).toEqual(['Sub c1', 'Sub c1 > Deep c2']);
    expect(heard).toContain('Sub c1 raw_model_stream_event');
    expect(heard).toContain('Sub c1 nested_stream_event');
  });

  it('whose listener throws is cancelled, and the error is what the tool failed with [STR-20]', async () => {
    const model = new ScriptedModel([functionCall('look'), 'never']);
    const look = tool({ name: 'look', execute: () => 'Looked' });
    const sub = new Agent({ name: 'Sub', model, tools: [look] }).asTool({
      onStream: ({ event }: { event: RunStreamEvent }) => {
        if (event.type === 'run_item_stream_event') throw new Error('Listener is broken');
      },
    });
    for (const stream of [false, true] as const) {
      const outer = new Agent({ name: 'Outer', tools: [sub], model: new ScriptedModel([functionCall('sub', { input: 'x' }), 'Done']) });
      const result = stream ? await run(outer, 'Hi', { stream }) : await run(outer, 'Hi');
      if ('completed' in result) await result.completed;
      expect(result.newItems[1]).toMatchObject({ output: expect.stringContaining('Listener is broken') });
      expect(result.finalOutput).toBe('Done');
    }
    expect(model.remaining).toBe(0);
    expect(model.calls).toHaveLength(2); // one per outer run: nothing went on behind the error
  });

  it('is cancelled with the outer run [STR-20]', async () => {
    const abort = new AbortController();
    let inner: AbortSignal | undefined;
    const model = new ScriptedModel([
      ({ signal }) => {
        inner = signal;
        abort.abort();
        return new Promise<string>(() => undefined);
      },
    ]);
    const sub = new Agent({ name: 'Sub', model }).asTool();
    const outer = new Agent({ name: 'Outer', tools: [sub], model: new ScriptedModel([functionCall('sub', { input: 'x' }), 'never']) });
    await expect(run(outer, 'Hi', { signal: abort.signal })).rejects.toThrow('cancelled');
    expect(inner?.aborted).toBe(true);
  });

  it('may need approval itself, and be switched off [AG-19]', async () => {
    const sub = new Agent({ name: 'Sub' });
    const model = new ScriptedModel([functionCall('sub', { input: 'x' })]);
    const { interruptions } = await run(new Agent({ name: 'Outer', model, tools: [sub.asTool({ needsApproval: true })] }), 'Hi');
    expect(interruptions.map((each) => each.name)).toEqual(['sub']);
    const off = new ScriptedModel(['Done']);
    await run(new Agent({ name: 'Outer', model: off, tools: [sub.asTool({ isEnabled: false })] }), 'Hi');
    expect(off.calls[0]?.request.tools).toEqual([]);
  });
});

describe('an approval inside', () => {
  /** Outer asks Sub, which asks Deep, which wants to pay, twice. */
  const paying = (world: World): { agent: AnyAgent } => {
    const pay = tool({
      name: 'pay',
      parameters: z.object({ amount: z.number() }),
      needsApproval: true,
      execute: ({ amount }) => {
        world.note(`paid ${amount}`);
        return 'Paid';
      },
    });
    const script = [[functionCall('pay', { amount: 1 }, 'p1'), functionCall('pay', { amount: 2 }, 'p2')], 'Both done'];
    const deep = new Agent({ name: 'Deep', model: world.model(script, { name: 'deep' }), tools: [pay] });
    const sub = new Agent({
      name: 'Sub',
      model: world.model([functionCall('deep', { input: 'x' }, 'd1'), 'Sub done'], { name: 'sub' }),
      tools: [deep.asTool()],
    });
    const act = tool({ name: 'act', execute: () => world.note('acted') });
    const model = world.model([[functionCall('act'), functionCall('sub', { input: 'x' }, 's1')], 'Done'], { name: 'outer' });
    return { agent: new Agent({ name: 'Outer', model, tools: [act, sub.asTool()] }) };
  };

  inEveryMode(
    'reaches through agents used as tools, in another process, and nothing that has run runs again [RUN-54, RUN-55, JS-42, HIT-12]',
    {
      process: paying,
      answer: (state, waiting) => {
        for (const each of waiting) state.approve(each);
      },
    },
    (outcome) => {
      expect(outcome.asked).toEqual([['pay {"amount":1}', 'pay {"amount":2}']]);
      expect(outcome.notes).toEqual(['acted', 'paid 1', 'paid 2']);
      expect(outcome.finalOutput).toBe('Done');
      // Each model was asked as often as it had something to say.
      expect(outcome.usage?.requests).toBe(6);
      expect(outcome.requests).toHaveLength(6);
    },
  );

  inEveryMode(
    'belongs to its own agent and call, also after a stored state: one is approved, the other rejected [JS-43, RUN-54]',
    {
      process: paying,
      answer: (state, waiting) => {
        for (const each of waiting) {
          if (each.agent.name !== 'Deep') throw new Error(`asked for ${each.agent.name}`);
          if (each.arguments.includes('1')) state.approve(each);
          else state.reject(each, { message: 'Too much' });
        }
      },
    },
    (outcome) => {
      expect(outcome.notes).toEqual(['acted', 'paid 1']);
      const deep = outcome.requests.findLast((each) => each.model === 'deep');
      expect(JSON.stringify(deep?.input)).toContain('Too much');
    },
  );

  inEveryMode(
    'may be given for every call of the tool [JS-43]',
    {
      process: paying,
      answer: (state, [first]) => first && state.approve(first, { alwaysApprove: true }),
    },
    (outcome) => {
      expect(outcome.asked).toHaveLength(1);
      expect(outcome.notes).toEqual(['acted', 'paid 1', 'paid 2']);
    },
  );

  it('adds to the usage of the run that goes on, and not to the state it came from [RUN-33]', async () => {
    const pay = tool({ name: 'pay', needsApproval: true, execute: () => 'Paid' });
    const deep = new Agent({ name: 'Deep', model: new ScriptedModel([functionCall('pay'), 'Paid it', 'Paid it']), tools: [pay] });
    const outer = new Agent({ name: 'Outer', model: new ScriptedModel([functionCall('deep', { input: 'x' }), 'Done', 'Done']), tools: [deep.asTool()] });
    const first = await run(outer, 'Hi');
    for (const each of first.interruptions) first.state.approve(each);
    expect(first.usage.requests).toBe(2);
    const [one, two] = [await run(outer, first.state), await run(outer, first.state)];
    expect([one.usage.requests, two.usage.requests, first.usage.requests]).toEqual([4, 4, 2]);
    expect(one.usage).not.toBe(two.usage);
  });

  it('cannot be resumed where its tool is gone: the state is refused and stays as it is [HIT-11]', async () => {
    const pay = tool({ name: 'pay', needsApproval: true, execute: () => 'Paid' });
    const deep = new Agent({ name: 'Deep', model: new ScriptedModel([functionCall('pay')]), tools: [pay] });
    const { state } = await run(new Agent({ name: 'Outer', model: new ScriptedModel([functionCall('deep', { input: 'x' })]), tools: [deep.asTool()] }), 'Hi');
    const stored = state.toString();
    expect(() => RunState.fromString(new Agent({ name: 'Outer' }), stored)).toThrow('has no such agent tool');
    expect(state.toString()).toBe(stored);
    expect(state.getInterruptions()).toHaveLength(1);
  });

  it('that is rejected still gets its output [HIT-11]', async () => {
    const pay = tool({ name: 'pay', needsApproval: true, execute: () => 'Paid' });
    const model = new ScriptedModel([functionCall('pay'), 'I see.']);
    const agent = new Agent({ name: 'A', model, tools: [pay] });
    const { state } = await new Runner().run(agent, 'Hi');
    for (const each of state.getInterruptions()) state.reject(each);
    const result = await run(agent, state);
    expect(result.newItems.map((item) => item.type)).toEqual(['tool_call_item', 'tool_call_output_item', 'message_output_item']);
  });
});
