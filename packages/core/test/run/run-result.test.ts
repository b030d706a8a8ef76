import { describe, expect, it } from 'vitest';
import { Agent, assistant, MemorySession, run, RunContext, Runner, RunState, tool, Usage, user } from '../../src/index.js';
import type { AgentInputItem } from '../../src/index.js';
import { functionCall, ScriptedModel } from '../../src/testing/index.js';

const acting = (model: ScriptedModel): Agent =>
  new Agent({ name: 'A', model, tools: [tool({ name: 'act', execute: () => 'acted' })] });

describe('the result of a run', () => {
  it('has lists that reach no other run, also where they are empty', async () => {
    const [one, other] = [await run(acting(new ScriptedModel(['Hi'])), 'Hi'), await run(acting(new ScriptedModel(['Hi'])), 'Hi')];
    for (const key of ['inputGuardrailResults', 'outputGuardrailResults', 'toolInputGuardrailResults', 'toolOutputGuardrailResults'] as const) {
      const list = one[key] as unknown[]; // as JavaScript sees it
      expect(() => list.push('mine')).toThrow(TypeError);
      expect(other[key]).toEqual([]);
    }
  });

  it('tells input, output, history, responses and agents apart [RES-1 … RES-9]', async () => {
    const agent = acting(new ScriptedModel([functionCall('act', {}, 'c1'), 'Done']));
    const session = new MemorySession({ initialItems: [user('Before')] });
    const result = await run(agent, [user('Hi')], { session });
    expect(result.input).toEqual([user('Hi')]);
    expect(result.output).toMatchObject([
      functionCall('act', {}, 'c1'),
      { type: 'function_call_result', callId: 'c1' },
      assistant('Done'),
    ]);
    expect(result.history).toEqual([user('Before'), ...result.input, ...result.output]);
    expect(result.newItems.map((item) => item.type)).toEqual([
      'tool_call_item',
      'tool_call_output_item',
      'message_output_item',
    ]);
    expect(result.rawResponses.map(({ responseId, output }) => [responseId, output.length])).toEqual([
      ['resp_1', 1],
      ['resp_2', 1],
    ]);
    expect(result.lastResponseId).toBe('resp_2');
    expect(result.lastAgent).toBe(agent);
    expect(result.interruptions).toEqual([]);
    expect(result.usage).toBe(result.runContext.usage);
  });

  it('names the last response that has an id', async () => {
    const agent = acting(
      new ScriptedModel([functionCall('act'), { output: [assistant('Done')], responseId: undefined }]),
    );
    expect((await run(agent, 'Hi')).lastResponseId).toBe('resp_1');
  });

  it('has all that came with a response, also after a resume [RUN-39]', async () => {
    const response = {
      output: [assistant('Done')],
      usage: new Usage({ requests: 1 }),
      responseId: 'resp_9',
      requestId: 'req_9',
      finishReason: 'stop',
      warnings: [{ code: 'w', message: 'careful' }],
      providerData: { tier: 'x' },
      rawUsage: { tokens: 1 },
    };
    const agent = acting(new ScriptedModel([response]));
    const { state, rawResponses } = await run(agent, 'Hi');
    expect(rawResponses).toEqual([response]);
    expect(RunState.fromString(agent, state.toString()).rawResponses).toEqual([response]);
  });

  it('gives a history that is the input of the next run [RES-9, RUN-31]', async () => {
    const model = new ScriptedModel([functionCall('act', {}, 'c1'), 'Done', 'Again']);
    const agent = acting(model);
    const first = await run(agent, 'Hi');
    await run(agent, [...first.history, user('More')]);
    expect(model.calls[2]?.input).toEqual([...first.history, user('More')]);
  });

  it('gives lists of its own: what is done to them does not reach the run', async () => {
    const result = await run(acting(new ScriptedModel(['Hi'])), 'Hi');
    result.history.pop();
    result.newItems.pop();
    expect(result.history).toHaveLength(2);
    expect(result.newItems).toHaveLength(1);
  });

  it('leaves the list it was made of alone, and does not follow it [RUN-1]', async () => {
    const input: AgentInputItem[] = [user('Hi')];
    const result = await run(acting(new ScriptedModel([functionCall('act'), 'Done'])), input);
    expect(input).toEqual([user('Hi')]);
    input.push(user('More'));
    expect(result.input).toHaveLength(1);
  });

  it('has the text of a message at hand', async () => {
    const { newItems } = await run(acting(new ScriptedModel(['Hello'])), 'Hi');
    const [item] = newItems;
    expect(item?.type === 'message_output_item' && item.content).toBe('Hello');
  });
});

describe('the context of a run', () => {
  it('is the user\'s own object, not a copy [CX-1]', async () => {
    const context = { seen: 0 };
    const agent = new Agent<{ seen: number }>({
      name: 'A',
      model: new ScriptedModel([functionCall('see'), 'Done']),
      tools: [
        tool({
          name: 'see',
          execute: (_input, runContext: RunContext<{ seen: number }>) => {
            runContext.context.seen++;
          },
        }),
      ],
    });
    const result = await run(agent, 'Hi', { context });
    expect(context.seen).toBe(1);
    expect(result.runContext.context).toBe(context);
  });

  it('may be a run context that the usage is added to', async () => {
    const runContext = new RunContext({}, new Usage({ requests: 1, inputTokens: 1 }));
    const result = await run(acting(new ScriptedModel(['Hi'])), 'Hi', { context: runContext });
    expect(result.runContext).toBe(runContext);
    expect(runContext.usage).toMatchObject({ requests: 2, inputTokens: 11 });
  });

  it('is never shown to the model [CX-1]', async () => {
    const model = new ScriptedModel(['Hi']);
    await run(acting(model), 'Hi', { context: { secret: 'a-secret-of-the-app' } });
    const { request } = model.calls[0] ?? {};
    expect(JSON.stringify({ ...request, runMemory: undefined, signal: undefined })).not.toContain('a-secret');
  });
});

describe('one agent', () => {
  it('serves any number of runs at once', async () => {
    const agent = new Agent({
      name: 'A',
      instructions: ({ context }) => String((context as { n: number }).n),
      model: new ScriptedModel([({ systemInstructions }) => `I am ${systemInstructions}`], { repeat: true }),
    });
    const results = await Promise.all([1, 2, 3].map((n) => run(agent, 'Hi', { context: { n } })));
    expect(results.map((result) => result.finalOutput)).toEqual(['I am 1', 'I am 2', 'I am 3']);
  });

  it('has the hooks of its runner only in the runs of that runner', async () => {
    const agent = acting(new ScriptedModel(['Hi'], { repeat: true }));
    const heard: string[] = [];
    const runner = new Runner();
    runner.on('agent_end', (_context, each, output) => {
      heard.push(`${each.name} ${output}`);
    });
    await runner.run(agent, 'Hi');
    await run(agent, 'Hi');
    expect(heard).toEqual(['A Hi']);
  });
});
