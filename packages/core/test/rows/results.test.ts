import { describe, expect, it } from 'vitest';
import { Agent, assistant, extractAllTextOutput, messageRefusal, messageText, run, Runner, tool, toInputItems, user } from '../../src/index.js';
import type { AgentInputItem, AgentOutputItem, AssistantMessageItem, FunctionToolResult, ModelResponse, RunItem } from '../../src/index.js';
import { functionCall, reasoning, ScriptedModel } from '../../src/testing/index.js';
import { scenario } from '../support/modes.js';
import type { Scenario } from '../support/modes.js';

const passing = (name: string) => ({ name, execute: () => ({ tripwireTriggered: false, outputInfo: { said: name } }) });

/** A thinks, acts, hands over to B, which searches and answers. */
const everything: Scenario = {
  process: (world) => {
    const b = new Agent({
      name: 'B',
      model: world.model(
        [[{ type: 'hosted_tool_call', name: 'web_search', id: 'ws_1', status: 'completed' }, { type: 'compaction', encryptedContent: 'x' }, assistant('Found')]],
        { name: 'b' },
      ),
      outputGuardrails: [passing('tone')],
    });
    return {
      agent: new Agent({
        name: 'A',
        model: world.model([[reasoning('Act first'), functionCall('act')], functionCall('transfer_to_b')], { name: 'a' }),
        tools: [tool({ name: 'act', execute: () => ({ done: true }) })],
        handoffs: [b],
        inputGuardrails: [passing('topic')],
      }),
      options: { inputGuardrails: [passing('size')], outputGuardrails: [passing('length')] },
    };
  },
  input: 'Find it',
};

describe('a result', () => {
  scenario('has what the run was given, in the input [RES-1]', everything, ({ runState, history }) => {
    const given = runState?.transcript.filter((entry) => entry.origin === 'input').map((entry) => entry.item);
    expect(given).toEqual([user('Find it')]);
    expect(history?.[0]).toEqual(user('Find it'));
  });

  scenario(
    'has every item the run produced, in order, each of its class, with its agent [RES-2, IT-2, IT-3, IT-5, IT-6, IT-7, IT-8, IT-10, RUN-15, STR-18, JS-70]',
    everything,
    ({ newItems }) =>
      expect(newItems?.map((item) => [item.type, item.agent, item.target])).toEqual([
        ['reasoning_item', 'A', undefined],
        ['tool_call_item', 'A', undefined],
        ['tool_call_output_item', 'A', undefined],
        ['handoff_call_item', 'A', undefined],
        ['handoff_output_item', 'A', 'B'],
        ['tool_call_item', 'B', undefined],
        ['compaction_item', 'B', undefined],
        ['message_output_item', 'B', undefined],
      ]),
  );

  scenario('has one response per turn, with output, usage and id [RES-3, IT-11, RUN-39]', everything, ({ rawResponses }) => {
    expect(rawResponses?.map((response) => response.output.map((item) => item.type))).toEqual([
      ['reasoning', 'function_call'],
      ['function_call'],
      ['hosted_tool_call', 'compaction', 'message'],
    ]);
    expect(rawResponses?.map((response) => [response.responseId, response.usage.totalTokens])).toEqual([
      ['resp_1', 15],
      ['resp_2', 15],
      ['resp_1', 15],
    ]);
  });

  scenario('has the final output and the agent that was active last [RES-4, RES-7]', everything, ({ finalOutput, lastAgent }) => {
    expect(finalOutput).toBe('Found');
    expect(lastAgent).toBe('B');
  });

  scenario(
    'has what the guardrails said, in the order in which they are listed: the agent\'s, then the run\'s [RES-5, RES-6, RC-5, RC-6, GR-1, GR-4, GR-5, GR-8, JS-52]',
    everything,
    ({ inputGuardrailResults, outputGuardrailResults }) => {
      const said = (name: string) => ({ tripwireTriggered: false, outputInfo: { said: name } });
      expect(inputGuardrailResults).toEqual([
        { guardrail: { type: 'input', name: 'topic' }, output: said('topic') },
        { guardrail: { type: 'input', name: 'size' }, output: said('size') },
      ]);
      expect(outputGuardrailResults).toEqual([
        { guardrail: { type: 'output', name: 'tone' }, agentOutput: 'Found', agent: { name: 'B' }, output: said('tone') },
        { guardrail: { type: 'output', name: 'length' }, agentOutput: 'Found', agent: { name: 'B' }, output: said('length') },
      ]);
    },
  );

  scenario(
    'has a history that is a list of one\'s own, and the input of the next turn of a chat [RES-9, RUN-31]',
    {
      process: (world) => ({ agent: new Agent({ name: 'A', model: world.model(['One', 'Two']) }), options: { groupId: 'chat' } }),
    },
    ({ runState, history }) => {
      const list = runState?.history;
      list?.push(user('Mine'));
      expect(runState?.history).toEqual(history);
      expect(history).toEqual([user('Hi'), assistant('One')]);
    },
  );

  it('is gone on with by its history and its last agent [RUN-31, RES-9]', async () => {
    const model = new ScriptedModel(['I am B', 'Again B']);
    const b = new Agent({ name: 'B', model });
    const first = await run(new Agent({ name: 'A', model: new ScriptedModel([functionCall('transfer_to_b')]), handoffs: [b] }), 'Hi');
    expect(first.lastAgent).toBe(b);
    const second = await run(b, [...first.history, user('And now?')]);
    expect(second.finalOutput).toBe('Again B');
    expect(model.calls[1]?.input).toEqual([...first.history, user('And now?')]);
    expect(second.history).toHaveLength(first.history.length + 2);
  });

  it('has run items whose raw items are the very items of the conversation [IT-4, IT-16]', async () => {
    const agent = new Agent({
      name: 'A',
      model: new ScriptedModel([functionCall('act', {}, 'c1'), 'Done']),
      tools: [tool({ name: 'act', execute: () => 'Acted' })],
    });
    const { newItems, history } = await run(agent, 'Hi');
    expect(newItems.map((item) => history.includes(item.rawItem))).toEqual([true, true, true]);
    expect(newItems.map((item) => item.agent)).toEqual([agent, agent, agent]);
    expect(newItems.slice(0, 2).map(({ rawItem }) => 'callId' in rawItem && rawItem.callId)).toEqual(['c1', 'c1']);
  });

  it('has tool outputs as the tool gave them and as the model is shown them [IT-9, TL-2]', async () => {
    let results: readonly FunctionToolResult[] = [];
    const act = tool({ name: 'act', execute: () => ({ done: true }) });
    const agent = new Agent({
      name: 'A',
      model: new ScriptedModel([functionCall('act')]),
      tools: [act],
      toolUseBehavior: (_context, all) => {
        results = all;
        return { isFinalOutput: true, finalOutput: 'Done' };
      },
    });
    const { newItems } = await run(agent, 'Hi');
    const [, item] = newItems;
    expect(item).toMatchObject({ type: 'tool_call_output_item', output: { done: true }, rawItem: { output: '{"done":true}' } });
    expect(results).toHaveLength(1);
    expect(results[0]?.tool).toBe(act);
    expect(results[0]?.output).toEqual({ done: true });
    expect(results[0]?.runItem.rawItem).toBe(item?.rawItem);
  });

  it('has the request id of each response [RUN-39]', async () => {
    const model = new ScriptedModel([{ output: [assistant('Done')], requestId: 'req_1' }]);
    const result = await run(new Agent({ name: 'A', model }), 'Hi');
    expect(result.rawResponses[0]?.requestId).toBe('req_1');
    expect(result.lastResponseId).toBe('resp_1');
  });

  it('keeps output of a kind that nobody knows, as it came [RUN-15]', async () => {
    const strange: AgentOutputItem = { type: 'unknown', id: 'x_1', providerData: { type: 'teleport', to: 'Mars' } };
    const model = new ScriptedModel([[strange, assistant('Done')], 'Again']);
    const agent = new Agent({ name: 'A', model });
    const { history, newItems } = await run(agent, 'Hi');
    expect(newItems[0]).toMatchObject({ type: 'tool_call_item', rawItem: strange });
    await run(agent, [...history, user('More')]);
    expect(model.calls[1]?.input[1]).toBe(strange);
  });
});

describe('guardrail results', () => {
  it('are in the order in which the guardrails are listed, whichever ends first [GR-8]', async () => {
    const ended: string[] = [];
    const after = (name: string, turns: number) => ({
      name,
      execute: async () => {
        for (let i = 0; i < turns; i++) await Promise.resolve();
        ended.push(name);
        return { tripwireTriggered: false };
      },
    });
    const agent = new Agent({ name: 'A', model: new ScriptedModel(['Done']), inputGuardrails: [after('slow', 50), after('quick', 0)] });
    const { inputGuardrailResults } = await run(agent, 'Hi');
    expect(ended).toEqual(['quick', 'slow']);
    expect(inputGuardrailResults.map((each) => each.guardrail.name)).toEqual(['slow', 'quick']);
  });
});

describe('items', () => {
  const message = (content: AssistantMessageItem['content']): AssistantMessageItem => ({ type: 'message', role: 'assistant', content });
  const refused = message([{ type: 'refusal', refusal: 'No.' }]);

  it('are plain data: what JSON makes of them is the same [IT-1]', async () => {
    const agent = new Agent({
      name: 'A',
      model: new ScriptedModel([[reasoning('Think'), functionCall('act')], 'Done']),
      tools: [tool({ name: 'act', execute: () => 'Acted' })],
    });
    const { history } = await run(agent, 'Hi');
    expect(JSON.parse(JSON.stringify(history))).toEqual(history);
  });

  it('of text have their text joined, and none where there is none [IT-12, IT-13]', () => {
    expect(messageText(message([{ type: 'output_text', text: 'a' }, { type: 'refusal', refusal: 'no' }, { type: 'output_text', text: 'b' }]))).toBe('ab');
    expect(messageText(message([{ type: 'output_text', text: '' }]))).toBe('');
    expect(messageText(refused)).toBeUndefined();
    expect(messageText(message([]))).toBeUndefined();
  });

  it('of a refusal have its text, others none [IT-12]', () => {
    expect(messageRefusal(refused)).toBe('No.');
    expect(messageRefusal(message([]))).toBeUndefined();
    expect(messageRefusal(assistant('Yes.'))).toBeUndefined();
  });

  it('are made of text as one user message, and of a list as a list of one\'s own [IT-14]', () => {
    expect(toInputItems('Hi')).toEqual([{ type: 'message', role: 'user', content: 'Hi' }]);
    const list: AgentInputItem[] = [user('Hi')];
    expect(toInputItems(list)).toEqual(list);
    expect(toInputItems(list)).not.toBe(list);
    expect(toInputItems(new Set(list))).toEqual(list);
  });

  it('give their texts without a separator [IT-15]', () => {
    expect(extractAllTextOutput([user('not this'), assistant('a'), functionCall('x'), refused, assistant('b')])).toBe('ab');
  });
});

describe('a streamed result', () => {
  const slow = (): { agent: Agent; release: () => void } => {
    let release: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    const agent = new Agent({
      name: 'A',
      model: new ScriptedModel([
        async (): Promise<string> => {
          await gate;
          return 'Done';
        },
      ]),
    });
    return { agent, release };
  };

  it('is there at once, and the run goes on behind it, whether or not anybody reads [RUN-3, ST-1]', async () => {
    const { agent, release } = slow();
    const result = await run(agent, 'Hi', { stream: true, maxTurns: 3 });
    expect(result.finalOutput).toBeUndefined();
    expect(result.cancelled).toBe(false);
    expect(result.maxTurns).toBe(3);
    release();
    await result.completed;
    expect(result.finalOutput).toBe('Done');
    expect(result.error).toBeUndefined();
  });

  it('knows the agent and the turn of the moment [ST-1, RES-7]', async () => {
    const b = new Agent({ name: 'B', model: new ScriptedModel(['Done']) });
    const a = new Agent({ name: 'A', model: new ScriptedModel([functionCall('transfer_to_b')]), handoffs: [b] });
    const result = await run(a, 'Hi', { stream: true });
    expect(result.currentAgent).toBe(a);
    await result.completed;
    expect(result.currentAgent).toBe(b);
    expect(result.lastAgent).toBe(b);
    expect(result.currentTurn).toBe(2);
  });

  it('can be read after the run is over: nothing is lost [ST-2]', async () => {
    const result = await run(new Agent({ name: 'A', model: new ScriptedModel(['Two words']) }), 'Hi', { stream: true });
    await result.completed;
    const types: string[] = [];
    for await (const event of result) types.push(event.type);
    expect(types[0]).toBe('agent_updated_stream_event');
    expect(types).toContain('run_item_stream_event');
  });

  it('throws what ended the run, after the events before it, to readers and in `completed` [ST-2, ST-3, ST-15, STR-07, STR-08]', async () => {
    const model = new ScriptedModel([functionCall('act'), functionCall('act')]);
    const agent = new Agent({ name: 'A', model, tools: [tool({ name: 'act', execute: () => 'Acted' })] });
    const result = await run(agent, 'Hi', { stream: true, maxTurns: 2 });
    const items: RunItem[] = [];
    const read = async (): Promise<void> => {
      for await (const event of result) if (event.type === 'run_item_stream_event') items.push(event.item);
    };
    await expect(read()).rejects.toThrow('Max turns (2) exceeded');
    expect(items.map((item) => item.type)).toEqual(['tool_call_item', 'tool_call_output_item', 'tool_call_item', 'tool_call_output_item']);
    await expect(result.completed).rejects.toThrow('Max turns (2) exceeded');
    expect(result.error).toBeInstanceOf(Error);
  });

  it('throws once, then is over [ST-3]', async () => {
    const result = await run(new Agent({ name: 'A', model: new ScriptedModel([new Error('Broken')]) }), 'Hi', { stream: true });
    const reader = result[Symbol.asyncIterator]();
    const seen: unknown[] = [];
    for (let i = 0; i < 5; i++) seen.push(await reader.next().then(({ done }) => done, (error: unknown) => String(error)));
    expect(seen).toEqual([false, 'Error: Broken', true, true, true]);
  });

  it('keeps what an output guardrail throws for whoever looks, read or not [STR-19, STR-08]', async () => {
    const agent = new Agent({
      name: 'A',
      model: new ScriptedModel(['Done']),
      outputGuardrails: [{ name: 'tone', execute: () => Promise.reject(new Error('Broken')) }],
    });
    const result = await run(agent, 'Hi', { stream: true });
    await expect(result.completed).rejects.toThrow('Guardrail tone failed: Broken');
    expect(String(result.error)).toContain('Guardrail tone failed');
    expect(result.finalOutput).toBeUndefined();
  });

  it('passes the model\'s events on, and names what happened to items, in the order of the response [ST-6, ST-7, ST-8, ST-10, STR-02, STR-05, JS-19]', async () => {
    const agent = new Agent({
      name: 'A',
      model: new ScriptedModel([[reasoning('Hm'), assistant('Wait'), functionCall('act')], 'Done']),
      tools: [tool({ name: 'act', execute: () => 'Acted' })],
    });
    const told: string[] = [];
    for await (const event of await run(agent, 'Hi', { stream: true })) {
      if (event.type === 'raw_model_stream_event') told.push(`  ${event.data.type}`);
      else told.push(event.type === 'run_item_stream_event' ? event.name : event.type);
    }
    expect(told).toEqual([
      'agent_updated_stream_event',
      '  response_started',
      '  reasoning_start',
      '  reasoning_delta',
      '  reasoning_end',
      '  output_item_done',
      'reasoning_item_created',
      '  output_text_start',
      '  output_text_delta',
      '  output_text_end',
      '  output_item_done',
      'message_output_created',
      '  tool_call_start',
      '  tool_call_arguments_delta',
      '  tool_call_end',
      '  output_item_done',
      'tool_called',
      '  response_done',
      'tool_output',
      '  response_started',
      '  output_text_start',
      '  output_text_delta',
      '  output_text_end',
      '  output_item_done',
      'message_output_created',
      '  response_done',
    ]);
  });

  it('tells of the starting agent first and of each other when it takes over; a handoff is requested and occurs, it is no tool call [ST-9, STR-03, STR-04]', async () => {
    const b = new Agent({ name: 'B', model: new ScriptedModel(['Done']) });
    const a = new Agent({
      name: 'A',
      model: new ScriptedModel([[functionCall('act'), functionCall('transfer_to_b')]]),
      tools: [tool({ name: 'act', execute: () => 'Acted' })],
      handoffs: [b],
    });
    const told: string[] = [];
    const items: RunItem[] = [];
    const result = await run(a, 'Hi', { stream: true });
    for await (const event of result) {
      if (event.type === 'agent_updated_stream_event') told.push(event.agent.name);
      if (event.type !== 'run_item_stream_event') continue;
      told.push(event.name);
      items.push(event.item);
    }
    expect(told).toEqual(['A', 'tool_called', 'handoff_requested', 'tool_output', 'handoff_occurred', 'B', 'message_output_created']);
    expect(items).toEqual(result.newItems);
  });

  it('tells the outputs of a turn in call order, whichever tool ends first [ST-10]', async () => {
    let release: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    const agent = new Agent({
      name: 'A',
      model: new ScriptedModel([[functionCall('slow'), functionCall('quick')], 'Done']),
      tools: [
        tool({ name: 'slow', execute: async () => { await gate; return 'slow'; } }),
        tool({ name: 'quick', execute: () => { release(); return 'quick'; } }),
      ],
    });
    const outputs: unknown[] = [];
    for await (const event of await run(agent, 'Hi', { stream: true })) {
      if (event.type === 'run_item_stream_event' && event.item.type === 'tool_call_output_item') outputs.push(event.item.output);
    }
    expect(outputs).toEqual(['slow', 'quick']);
  });

  it('streams what happened, not what a handoff filter makes of it [ST-11, X-9]', async () => {
    const b = new Agent({ name: 'B', model: new ScriptedModel(['Done']) });
    const a = new Agent({ name: 'A', model: new ScriptedModel([[assistant('Over to B'), functionCall('transfer_to_b')]]), handoffs: [b] });
    const runner = new Runner({ handoffInputFilter: (data) => ({ ...data, newItems: [] }) });
    const result = await runner.run(a, 'Hi', { stream: true });
    const types: string[] = [];
    for await (const event of result) if (event.type === 'run_item_stream_event') types.push(event.item.type);
    expect(types).toEqual(['message_output_item', 'handoff_call_item', 'handoff_output_item', 'message_output_item']);
  });

  it('needs a final response of the model [ST-12, MI-3]', async () => {
    const model = new ScriptedModel(['Never whole']);
    const original = model.getStreamedResponse.bind(model);
    model.getStreamedResponse = async function* cut(request) {
      for await (const event of original(request)) if (event.type !== 'response_done') yield event;
    };
    const result = await run(new Agent({ name: 'A', model }), 'Hi', { stream: true });
    await expect(result.completed).rejects.toThrow('did not produce a final response');
  });

  it('adds usage up after each response, before its tools run [ST-13, X-8]', async () => {
    const seen: number[] = [];
    const agent = new Agent({
      name: 'A',
      model: new ScriptedModel([functionCall('act'), 'Done']),
      tools: [tool({ name: 'act', execute: (_input, context) => seen.push(context.usage.totalTokens) })],
    });
    const result = await run(agent, 'Hi', { stream: true });
    await result.completed;
    expect(seen).toEqual([15]);
    expect(result.usage.totalTokens).toBe(30);
  });

  it('ends after the output guardrails, and has no final output before [ST-14]', async () => {
    let checking = false;
    let outputMeanwhile: unknown = 'never asked';
    const agent = new Agent({
      name: 'A',
      model: new ScriptedModel(['Done']),
      outputGuardrails: [
        {
          name: 'tone',
          execute: async () => {
            checking = true;
            await new Promise((resolve) => setImmediate(resolve));
            outputMeanwhile = result.finalOutput;
            checking = false;
            return { tripwireTriggered: false };
          },
        },
      ],
    });
    const result = await run(agent, 'Hi', { stream: true });
    for await (const _event of result) expect(checking).toBe(false);
    expect(checking).toBe(false);
    expect(outputMeanwhile).toBeUndefined();
    expect(result.finalOutput).toBe('Done');
  });

  it('gives input guardrails the same input as a whole run: the list of items [ST-16]', async () => {
    const seen: unknown[] = [];
    const agent = new Agent({
      name: 'A',
      model: new ScriptedModel(['1', '2']),
      inputGuardrails: [{ name: 'topic', execute: ({ input }) => { seen.push(input); return { tripwireTriggered: false }; } }],
    });
    await run(agent, 'Hi');
    await (await run(agent, 'Hi', { stream: true })).completed;
    expect(seen).toEqual([[user('Hi')], [user('Hi')]]);
  });

  it('knows the agent it failed with [STR-21]', async () => {
    const b = new Agent({ name: 'B', model: new ScriptedModel([new Error('Broken')]) });
    const result = await run(new Agent({ name: 'A', model: new ScriptedModel([functionCall('transfer_to_b')]), handoffs: [b] }), 'Hi', { stream: true });
    await expect(result.completed).rejects.toThrow('Broken');
    expect(result.lastAgent).toBe(b);
  });

  it('is over only when all it started is over [JS-16]', async () => {
    const log: string[] = [];
    const model = new ScriptedModel(['Done']);
    const agent = new Agent({
      name: 'A',
      model,
      outputGuardrails: [
        { name: 'fails', execute: () => Promise.reject(new Error('Broken')) },
        {
          name: 'slow',
          execute: async ({ signal }) => {
            await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
            await new Promise((resolve) => setImmediate(resolve));
            log.push('slow guardrail over');
            return { tripwireTriggered: false };
          },
        },
      ],
    });
    const result = await run(agent, 'Hi', { stream: true });
    await result.completed.catch(() => log.push('completed'));
    expect(log).toEqual(['slow guardrail over', 'completed']);
  });

  it('that is aborted is over at once, also where its model does not listen [JS-15]', async () => {
    const abort = new AbortController();
    const silent: Promise<ModelResponse> = new Promise(() => undefined);
    const agent = new Agent({
      name: 'A',
      model: {
        getResponse: () => silent,
        getStreamedResponse: () => ({ [Symbol.asyncIterator]: () => ({ next: () => silent as never }) }),
      },
    });
    const result = await run(agent, 'Hi', { stream: true, signal: abort.signal });
    abort.abort();
    await result.completed;
    expect(result.cancelled).toBe(true);
  });
});
