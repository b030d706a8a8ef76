import { describe, expect, it } from 'vitest';
import { Agent, defineToolInputGuardrail, defineToolOutputGuardrail, MemorySession, run, RunState, tool, ToolGuardrailFunctionOutputFactory as verdict } from '../../src/index.js';
import type { FunctionTool, InputGuardrail, ModelRequest, OutputGuardrail } from '../../src/index.js';
import { functionCall, ScriptedModel } from '../../src/testing/index.js';
import { scenario } from '../support/modes.js';
import type { Scenario, World } from '../support/modes.js';

const passing = (name: string) => ({ name, execute: () => ({ tripwireTriggered: false, outputInfo: name }) });
/** Ends after the passing ones beside it. */
const later = (name: string, end: () => { readonly tripwireTriggered: boolean }): InputGuardrail & OutputGuardrail => ({
  name,
  execute: async () => {
    for (let i = 0; i < 20; i++) await Promise.resolve();
    return end();
  },
});
/** Answers only by being cancelled, so that the guardrails are through first, however fast a call is. */
const hanging = (request: ModelRequest): Promise<never> =>
  new Promise((_resolve, reject) => {
    const { signal } = request;
    signal?.addEventListener('abort', () => reject(signal.reason as Error));
  });
const trips = later('trips', () => ({ tripwireTriggered: true }));
const throws = later('throws', () => {
  throw new Error('Broken');
});

describe('an input guardrail', () => {
  scenario(
    'that trips leaves what the others said before it, and what it said itself [GRD-03, JS-86, GR-11]',
    { process: (world) => ({ agent: new Agent({ name: 'A', model: world.model([hanging]), inputGuardrails: [passing('first'), trips] }) }) },
    ({ inputGuardrailResults, error }) => {
      expect(error?.message).toBe('Guardrail trips triggered its tripwire');
      expect(inputGuardrailResults).toEqual([
        { guardrail: { type: 'input', name: 'first' }, output: { tripwireTriggered: false, outputInfo: 'first' } },
        { guardrail: { type: 'input', name: 'trips' }, output: { tripwireTriggered: true } },
      ]);
    },
  );

  scenario(
    'that throws leaves what the others said before it [GRD-03]',
    { process: (world) => ({ agent: new Agent({ name: 'A', model: world.model([hanging]), inputGuardrails: [passing('first'), throws] }) }) },
    ({ inputGuardrailResults }) => expect(inputGuardrailResults?.map((each) => each.guardrail.name)).toEqual(['first']),
  );

  it('is given agent, input, context and a signal, and its results are kept where the model fails [GR-2, GRD-03]', async () => {
    const seen: string[] = [];
    const agent = new Agent({
      name: 'A',
      model: new ScriptedModel([
        async () => {
          for (let i = 0; i < 20; i++) await Promise.resolve();
          throw new Error('Overloaded');
        },
      ]),
      inputGuardrails: [
        {
          name: 'looks',
          execute: ({ agent: of, input, context, signal }) => {
            seen.push(of.name, JSON.stringify(input), typeof context.context, String(signal.aborted));
            return { tripwireTriggered: false };
          },
        },
      ],
    });
    const result = await run(agent, 'Hi', { context: 'mine', stream: true });
    await expect(result.completed).rejects.toThrow('Overloaded');
    expect(seen).toEqual(['A', '[{"type":"message","role":"user","content":"Hi"}]', 'string', 'false']);
    expect(result.inputGuardrailResults.map((each) => each.guardrail.name)).toEqual(['looks']);
  });

  it('is asked again, and its results are there once, where a failed run is tried again [GRD-03]', async () => {
    let calls = 0;
    const agent = new Agent({
      name: 'A',
      model: new ScriptedModel(['Cancelled', 'Done']),
      inputGuardrails: [passing('first'), later('second', () => ({ tripwireTriggered: ++calls === 1 }))],
    });
    const failed = RunState.of(await run(agent, 'Hi').catch((error: unknown) => error));
    if (failed === undefined) throw new Error('the error has no state');
    const result = await run(agent, RunState.fromString(agent, failed.toString()));
    expect(result.inputGuardrailResults.map((each) => each.guardrail.name)).toEqual(['first', 'second']);
  });

  it.each([
    ['nothing', undefined],
    ['text', 'ok'],
    ['no verdict', { outputInfo: 1 }],
  ])('that returns %s has not checked anything: the run ends [GR-1]', async (_what, said) => {
    const agent = new Agent({ name: 'A', model: new ScriptedModel(['never']), inputGuardrails: [{ name: 'g', execute: () => said as never }] });
    await expect(run(agent, 'Hi')).rejects.toThrow('Return { tripwireTriggered: true }');
  });
});

describe('an output guardrail', () => {
  scenario(
    'that trips leaves what the others said, without the output it refused [GRD-03, GR-11]',
    { process: (world) => ({ agent: new Agent({ name: 'A', model: world.model(['Rude words']), outputGuardrails: [passing('first'), trips] }) }) },
    ({ outputGuardrailResults, error, state }) => {
      expect(error?.message).toBe('Guardrail trips triggered its tripwire');
      expect(outputGuardrailResults?.map((each) => [each.guardrail.name, each.output.tripwireTriggered])).toEqual([
        ['first', false],
        ['trips', true],
      ]);
      expect(JSON.stringify(state)).not.toContain('Rude');
    },
  );

  scenario(
    'that throws leaves what the others said [GRD-03]',
    { process: (world) => ({ agent: new Agent({ name: 'A', model: world.model(['Words']), outputGuardrails: [passing('first'), throws] }) }) },
    ({ outputGuardrailResults }) =>
      expect(outputGuardrailResults?.map((each) => [each.guardrail.name, each.agentOutput])).toEqual([['first', 'Words']]),
  );

  scenario(
    'that refuses an earlier tool output as final takes it out of its place, and leaves the turns before it [GRD-06]',
    {
      process: (world) => ({
        agent: new Agent({
          name: 'A',
          model: world.model([functionCall('look'), functionCall('tell')]),
          tools: [tool({ name: 'look', execute: () => 'Looked' }), tool({ name: 'tell', execute: () => 'Secret words' })],
          toolUseBehavior: { stopAtToolNames: ['tell'] },
          outputGuardrails: [trips],
        }),
        options: { session: world.session() },
      }),
    },
    ({ history, session, state }) => {
      const outputs = history?.flatMap((item) => (item.type === 'function_call_result' ? [item.output] : []));
      expect(outputs).toEqual(['Looked', 'Output withheld by an output guardrail.']);
      expect(session).toEqual(history);
      expect(JSON.stringify(state)).not.toContain('Secret');
    },
  );
});

const allow = defineToolInputGuardrail({ name: 'allows', run: () => verdict.allow('fine') });
const allowOutput = defineToolOutputGuardrail({ name: 'allows output', run: () => verdict.allow('fine') });

function guarded(world: World, options: Partial<Parameters<typeof tool>[0]> = {}): FunctionTool {
  return tool({
    name: 'act',
    execute: () => {
      world.note('acted');
      return 'Secret output';
    },
    inputGuardrails: [allow],
    outputGuardrails: [allowOutput],
    ...options,
  });
}

const acting = (toolOf: (world: World) => FunctionTool, rest: (world: World) => object = () => ({})): Scenario => ({
  process: (world) => ({
    agent: new Agent({ name: 'A', model: world.model([functionCall('act'), 'Done'], { name: 'a' }), tools: [toolOf(world)], ...rest(world) }),
    options: { session: world.session() },
  }),
});

const toolResults = (state: RunState | undefined): unknown[] => [
  state?.toolInputGuardrailResults.map((each) => each.guardrail.name),
  state?.toolOutputGuardrailResults.map((each) => each.guardrail.name),
];

describe('a tool guardrail', () => {
  scenario('that allows lets the tool run, and its result is kept [GRD-04]', acting((world) => guarded(world)), ({ runState, notes, finalOutput }) => {
    expect(notes).toEqual(['acted']);
    expect(finalOutput).toBe('Done');
    expect(runState?.toolInputGuardrailResults).toEqual([
      { guardrail: { type: 'tool_input', name: 'allows' }, output: { behavior: { type: 'allow' }, outputInfo: 'fine' } },
    ]);
    expect(runState?.toolOutputGuardrailResults).toEqual([
      { guardrail: { type: 'tool_output', name: 'allows output' }, output: { behavior: { type: 'allow' }, outputInfo: 'fine' } },
    ]);
  });

  scenario(
    'on the arguments that rejects shows its text in place of the tool\'s, which does not run',
    acting((world) => guarded(world, { inputGuardrails: [{ name: 'no', run: () => verdict.rejectContent('Not with these') }] })),
    ({ notes, newItems }) => {
      expect(notes).toEqual([]);
      expect(newItems?.[1]?.output).toBe('Not with these');
    },
  );

  scenario(
    'on the output that rejects shows its text; the output is nowhere: not in state, history, session or request [JS-91]',
    acting((world) => guarded(world, { outputGuardrails: [{ name: 'no', run: () => verdict.rejectContent('Redacted') }] })),
    ({ notes, state, history, session, requests, hooks, newItems }) => {
      expect(notes).toEqual(['acted']);
      expect(newItems?.[1]?.output).toBe('Redacted');
      expect(JSON.stringify([state, history, session, requests, hooks])).not.toContain('Secret');
    },
  );

  scenario(
    'that stops the run ends it with its result, on the error and on its state [GRD-04, JS-89, ER-5]',
    acting((world) => guarded(world, { outputGuardrails: [{ name: 'stop', run: () => verdict.throwException('why') }] })),
    ({ error, runState }) => {
      expect(error?.name).toBe('ToolOutputGuardrailTripwireTriggered');
      expect(toolResults(runState)).toEqual([['allows'], ['stop']]);
    },
  );

  scenario(
    'before a handoff is still on the result after it [HND-14]',
    {
      process: (world) => {
        const b = new Agent({ name: 'B', model: world.model(['Done'], { name: 'b' }) });
        const model = world.model([functionCall('act'), functionCall('transfer_to_b')], { name: 'a' });
        return { agent: new Agent({ name: 'A', model, tools: [guarded(world)], handoffs: [b] }) };
      },
    },
    ({ runState, lastAgent }) => {
      expect(lastAgent).toBe('B');
      expect(toolResults(runState)).toEqual([['allows'], ['allows output']]);
    },
  );

  it.each([
    ['max turns', [functionCall('act'), functionCall('act')], 1],
    ['a failed model call', [functionCall('act'), new Error('Overloaded')], 10],
  ])('has its results on the error of %s [GRD-04, JS-89]', async (_what, script, maxTurns) => {
    const act = tool({ name: 'act', execute: () => 'Acted', inputGuardrails: [allow], outputGuardrails: [allowOutput] });
    const result = await run(new Agent({ name: 'A', model: new ScriptedModel(script), tools: [act] }), 'Hi', { stream: true, maxTurns });
    await result.completed.catch(() => undefined);
    expect(result.toolInputGuardrailResults).toHaveLength(1);
    expect(result.toolOutputGuardrailResults).toHaveLength(1);
  });

  scenario(
    'has its results once after an interruption beside it, in another process [GRD-04]',
    {
      process: (world) => ({
        agent: new Agent({
          name: 'A',
          model: world.model([[functionCall('act'), functionCall('pay')], 'Done']),
          tools: [guarded(world), tool({ name: 'pay', needsApproval: true, execute: () => 'Paid' })],
        }),
      }),
      answer: (state, waiting) => {
        for (const each of waiting) state.approve(each);
      },
    },
    ({ runState, notes }) => {
      expect(notes).toEqual(['acted']);
      expect(toolResults(runState)).toEqual([['allows'], ['allows output']]);
    },
  );

  it.each([
    [false, ['asked', 'checked', 'acted']],
    [true, ['checked', 'asked', 'checked', 'acted']],
  ])('on the arguments checks the call that will run; before a human is asked where the run says so: %s [GRD-11]', async (preApprovalInputGuardrails, expected) => {
    const log: string[] = [];
    const act = tool({
      name: 'act',
      needsApproval: true,
      execute: () => log.push('acted'),
      inputGuardrails: [{ name: 'checks', run: () => { log.push('checked'); return verdict.allow(); } }],
    });
    const agent = new Agent({ name: 'A', model: new ScriptedModel([functionCall('act'), 'Done']), tools: [act] });
    const options = { toolExecution: { preApprovalInputGuardrails } };
    const { state } = await run(agent, 'Hi', options);
    for (const each of state.getInterruptions()) {
      log.push('asked');
      state.approve(each);
    }
    await run(agent, state, options);
    expect(log).toEqual(expected);
  });

  it('before a human is asked may refuse: nobody is asked [GRD-11]', async () => {
    const act = tool({ name: 'act', needsApproval: true, execute: () => 'never', inputGuardrails: [{ name: 'no', run: () => verdict.rejectContent('Not now') }] });
    const agent = new Agent({ name: 'A', model: new ScriptedModel([functionCall('act'), 'Done']), tools: [act] });
    const result = await run(agent, 'Hi', { toolExecution: { preApprovalInputGuardrails: true } });
    expect(result.interruptions).toEqual([]);
    expect(result.newItems[1]).toMatchObject({ output: 'Not now' });
  });
});

describe('what a guardrail says', () => {
  it.each([
    ['nothing', undefined],
    ['a function', () => 1],
    ['a date', new Date(0)],
    ['a big integer', 5n],
    ['something that refers to itself', ((): object => { const loop: Record<string, unknown> = {}; loop['self'] = loop; return loop; })()],
  ])('may be %s: the state can still be stored and comes back [RUN-53, JS-62]', async (_what, outputInfo) => {
    const agent = new Agent({
      name: 'A',
      model: new ScriptedModel(['Done']),
      inputGuardrails: [{ name: 'in', execute: () => ({ tripwireTriggered: false, outputInfo }) }],
      outputGuardrails: [{ name: 'out', execute: () => ({ tripwireTriggered: false, outputInfo }) }],
    });
    const { state } = await run(agent, 'Hi', { session: new MemorySession() });
    const back = RunState.fromString(agent, state.toString());
    expect(back.inputGuardrailResults.map((each) => each.guardrail.name)).toEqual(['in']);
    expect(back.outputGuardrailResults.map((each) => each.output.tripwireTriggered)).toEqual([false]);
  });
});
