import { describe, expect, it } from 'vitest';
import {
  Agent,
  handoff,
  InputGuardrailTripwireTriggered,
  MaxTurnsExceededError,
  ModelBehaviorError,
  ModelRequestError,
  run,
  tool,
} from '../../src/index.js';
import type { Model, ModelStreamEvent, RunStreamEvent } from '../../src/index.js';
import { functionCall, reasoning, ScriptedModel, streamResponse } from '../../src/testing/index.js';
import { createGate, settled } from '../support/gate.js';

async function collect<T>(events: AsyncIterable<T>): Promise<{ events: T[]; error: unknown }> {
  const seen: T[] = [];
  try {
    for await (const event of events) seen.push(event);
    return { events: seen, error: undefined };
  } catch (error) {
    return { events: seen, error };
  }
}

/** Events in short: deltas by their kind, run items by their name. */
function short(event: RunStreamEvent): string {
  switch (event.type) {
    case 'raw_model_stream_event':
      return event.data.type;
    case 'run_item_stream_event':
      return event.name;
    case 'agent_updated_stream_event':
      return `agent ${event.agent.name}`;
    case 'tool_progress':
      return `progress ${String(event.progress)}`;
    case 'nested_stream_event':
      return `nested ${short(event.event)}`;
    default:
      return event satisfies never;
  }
}

const acting = () =>
  new Agent({
    name: 'A',
    model: new ScriptedModel([[reasoning('Think'), functionCall('act', {}, 'c1')], 'One two']),
    tools: [tool({ name: 'act', execute: () => 'acted' })],
  });

describe('the events of a streamed run', () => {
  it('come in the order in which things happen, the starting agent first [ST-9, ST-10, STR-02, STR-05, JS-19]', async () => {
    const result = await run(acting(), 'Hi', { stream: true });
    const { events } = await collect(result);
    expect(events.map(short)).toEqual([
      'agent A',
      'response_started',
      'reasoning_start',
      'reasoning_delta',
      'reasoning_end',
      'output_item_done',
      'reasoning_item_created',
      'tool_call_start',
      'tool_call_arguments_delta',
      'tool_call_end',
      'output_item_done',
      'tool_called',
      'response_done',
      'tool_output',
      'response_started',
      'output_text_start',
      'output_text_delta',
      'output_text_delta',
      'output_text_end',
      'output_item_done',
      'message_output_created',
      'response_done',
    ]);
  });

  it('tell of a handoff call as a handoff, never as a tool call [STR-03, STR-04]', async () => {
    const b = new Agent({ name: 'B', model: new ScriptedModel(['Hi']) });
    const agent = new Agent({
      name: 'A',
      model: new ScriptedModel([[functionCall('transfer_to_b'), functionCall('act')]]),
      tools: [tool({ name: 'act', execute: () => 'acted' })],
      handoffs: [b],
    });
    const { events } = await collect(await run(agent, 'Hi', { stream: true }));
    expect(events.map(short).filter((name) => !/^(output|tool_call_|response_)/.test(name) || name === 'tool_output')).toEqual([
      'agent A',
      'handoff_requested',
      'tool_called',
      'tool_output',
      'handoff_occurred',
      'agent B',
      'message_output_created',
    ]);
  });

  it('tell each item once, also of a model that does not say when an item is done', async () => {
    const plain = new ScriptedModel([functionCall('act'), 'Done']);
    const quiet: Model = {
      getResponse: (request) => plain.getResponse(request),
      async *getStreamedResponse(request): AsyncGenerator<ModelStreamEvent> {
        yield { type: 'response_done', response: await plain.getResponse(request) };
      },
    };
    const agent = new Agent({ name: 'A', model: quiet, tools: [tool({ name: 'act', execute: () => '' })] });
    const { events } = await collect(await run(agent, 'Hi', { stream: true }));
    expect(events.map(short)).toEqual([
      'agent A',
      'response_done',
      'tool_called',
      'tool_output',
      'response_done',
      'message_output_created',
    ]);
  });

  it('tell the output of a tool in call order, as soon as that order allows', async () => {
    const gate = createGate();
    const agent = new Agent({
      name: 'A',
      model: new ScriptedModel([[functionCall('first', {}, 'c1'), functionCall('second', {}, 'c2')], 'Done']),
      tools: [
        tool({ name: 'first', execute: () => 'first' }),
        tool({
          name: 'second',
          execute: async () => {
            await gate.opened;
            return 'second';
          },
        }),
      ],
    });
    const outputs: unknown[] = [];
    for await (const event of await run(agent, 'Hi', { stream: true })) {
      if (event.type !== 'run_item_stream_event' || event.item.type !== 'tool_call_output_item') continue;
      outputs.push(event.item.output);
      gate.open(); // only the first output can have opened it
    }
    expect(outputs).toEqual(['first', 'second']);
  });

  it('tell how far a tool is while it runs', async () => {
    const gate = createGate();
    const agent = new Agent({
      name: 'A',
      model: new ScriptedModel([functionCall('work', {}, 'c1'), 'Done']),
      tools: [
        tool({
          name: 'work',
          async *execute() {
            yield 'half';
            await gate.opened;
            return 'done';
          },
        }),
      ],
    });
    const seen: string[] = [];
    for await (const event of await run(agent, 'Hi', { stream: true })) {
      seen.push(short(event));
      if (event.type !== 'tool_progress') continue;
      expect(event.toolCall).toMatchObject({ callId: 'c1' });
      expect(event.agent.name).toBe('A');
      gate.open();
    }
    expect(seen.filter((name) => name.startsWith('progress'))).toEqual(['progress half']);
    expect(seen.indexOf('progress half')).toBeLessThan(seen.indexOf('tool_output'));
  });

  it('hold the unfiltered items, whatever a handoff filter hides [X-9]', async () => {
    const b = new Agent({ name: 'B', model: new ScriptedModel(['Hi']) });
    const agent = new Agent({
      name: 'A',
      model: new ScriptedModel([functionCall('transfer_to_b')]),
      handoffs: [handoff(b, { inputFilter: (data) => ({ ...data, newItems: [] }) })],
    });
    const { events } = await collect(await run(agent, 'Hi', { stream: true }));
    const items = events.filter((event) => event.type === 'run_item_stream_event').map(short);
    expect(items).toEqual(['handoff_requested', 'handoff_occurred', 'message_output_created']);
  });

  it('have nothing to do with whether the run is streamed for the model: a plain run asks in one piece', async () => {
    const model = new ScriptedModel(['Hi', 'Hi']);
    const agent = new Agent({ name: 'A', model });
    await run(agent, 'Hi');
    await (await run(agent, 'Hi', { stream: true })).completed;
    expect(model.calls.map((call) => call.streamed)).toEqual([false, true]);
  });
});

describe('an error of a streamed run', () => {
  it('comes after all that was told before it [ST-3, STR-07]', async () => {
    const agent = new Agent({
      name: 'A',
      model: new ScriptedModel([functionCall('act'), 'never']),
      tools: [tool({ name: 'act', execute: () => 'acted' })],
    });
    const result = await run(agent, 'Hi', { stream: true, maxTurns: 1 });
    await expect(result.completed).rejects.toThrow(MaxTurnsExceededError);
    const { events, error } = await collect(result);
    expect(events.map(short).at(-1)).toBe('tool_output');
    expect(error).toBeInstanceOf(MaxTurnsExceededError);
    expect(result.error).toBe(error);
    expect(result.cancelled).toBe(false);
  });

  it('in the middle of an answer comes after the pieces that have come', async () => {
    const broken: Model = {
      getResponse: () => Promise.reject(new Error('not streamed')),
      async *getStreamedResponse() {
        yield { type: 'response_started' };
        yield { type: 'output_text_start', itemIndex: 0, contentIndex: 0 };
        yield { type: 'output_text_delta', itemIndex: 0, contentIndex: 0, delta: 'Hel' };
        await Promise.resolve();
        throw new ModelRequestError('The stream broke off', { isNetworkError: true });
      },
    };
    const result = await run(new Agent({ name: 'A', model: broken }), 'Hi', { stream: true });
    const { events, error } = await collect(result);
    expect(events.map(short)).toEqual([
      'agent A',
      'response_started',
      'output_text_start',
      'output_text_delta',
    ]);
    expect(error).toMatchObject({ name: 'ModelRequestError', isNetworkError: true });
    expect(result.history).toHaveLength(1);
  });

  it('is raised where a stream ends without a response [ST-12]', async () => {
    const silent: Model = {
      getResponse: () => Promise.reject(new Error('not streamed')),
      async *getStreamedResponse() {
        yield { type: 'response_started' };
      },
    };
    const result = await run(new Agent({ name: 'A', model: silent }), 'Hi', { stream: true });
    const { error } = await collect(result);
    expect(error).toBeInstanceOf(ModelBehaviorError);
    expect(String(error)).toContain('did not produce a final response');
  });

  it('surfaces for who only awaits completed, and nowhere else [STR-08, STR-19]', async () => {
    const unhandled: unknown[] = [];
    const note = (error: unknown): void => {
      unhandled.push(error);
    };
    process.on('unhandledRejection', note);
    const agent = new Agent({ name: 'A', model: new ScriptedModel([new ModelRequestError('Overloaded')]) });
    const result = await run(agent, 'Hi', { stream: true });
    await settled();
    await expect(result.completed).rejects.toThrow('Overloaded');
    process.off('unhandledRejection', note);
    expect(unhandled).toEqual([]);
  });

  it('of a guardrail leaves what had been streamed before it', async () => {
    const gate = createGate();
    const agent = new Agent({
      name: 'A',
      model: new ScriptedModel(['One two']),
      inputGuardrails: [
        {
          name: 'topic',
          execute: async () => {
            await gate.opened;
            return { tripwireTriggered: true };
          },
        },
      ],
    });
    const result = await run(agent, 'Hi', { stream: true });
    const seen: string[] = [];
    const reading = async (): Promise<void> => {
      for await (const event of result) {
        seen.push(short(event));
        if (short(event) === 'output_text_delta') gate.open();
      }
    };
    await expect(reading()).rejects.toThrow(InputGuardrailTripwireTriggered);
    expect(seen).toContain('output_text_delta');
    expect(seen).not.toContain('tool_called');
  });

  it('is told to each reader', async () => {
    const agent = new Agent({ name: 'A', model: new ScriptedModel([new ModelRequestError('Overloaded')]) });
    const result = await run(agent, 'Hi', { stream: true });
    const [one, two] = await Promise.all([collect(result), collect(result)]);
    expect(one.error).toBeInstanceOf(ModelRequestError);
    expect(two.error).toBe(one.error);
  });

  it('in what a run is given rejects the start, before anything runs', async () => {
    await expect(run(acting(), 'Hi', { stream: true, maxTurns: -1 })).rejects.toThrow('maxTurns is -1');
  });
});

describe('the readers of a streamed run', () => {
  it('each get everything, however many there are', async () => {
    const result = await run(acting(), 'Hi', { stream: true });
    const [one, two] = await Promise.all([collect(result), collect(result)]);
    expect(one.events).toEqual(two.events);
    expect(one.events.length).toBeGreaterThan(10);
  });

  it('are not needed: the run goes on to its end without any', async () => {
    const result = await run(acting(), 'Hi', { stream: true });
    await result.completed;
    expect(result.finalOutput).toBe('One two');
    expect(result.usage.requests).toBe(2);
  });

  it('miss nothing when the first comes late', async () => {
    const late = await run(acting(), 'Hi', { stream: true });
    await late.completed;
    const { events } = await collect(late);
    expect(events.map(short).at(0)).toBe('agent A');
    expect(events.map(short).at(-1)).toBe('response_done');
  });

  it('may read the text alone, as a web stream', async () => {
    const result = await run(acting(), 'Hi', { stream: true });
    const pieces: string[] = [];
    for await (const piece of result.toTextStream()) pieces.push(piece);
    expect(pieces).toEqual(['One', ' two']);
  });

  it('may read the events as a web stream', async () => {
    const result = await run(acting(), 'Hi', { stream: true });
    const seen: RunStreamEvent[] = [];
    for await (const event of result.toStream()) seen.push(event);
    expect(seen.map(short)).toEqual((await collect(await run(acting(), 'Hi', { stream: true }))).events.map(short));
  });

  it('get an error through a web stream as well', async () => {
    const agent = new Agent({ name: 'A', model: new ScriptedModel([new ModelRequestError('Overloaded')]) });
    const result = await run(agent, 'Hi', { stream: true });
    await expect(collect(result.toTextStream())).resolves.toMatchObject({ error: { message: 'Overloaded' } });
  });

  it('slow the run down where they are far behind, and only then', async () => {
    const words = 5000;
    const model = new ScriptedModel([Array.from({ length: words }, (_, i) => `w${i}`).join(' ')]);
    let given = 0;
    const counting: Model = {
      getResponse: (request) => model.getResponse(request),
      async *getStreamedResponse(request) {
        for await (const event of model.getStreamedResponse(request)) {
          given++;
          yield event;
        }
      },
    };
    const result = await run(new Agent({ name: 'A', model: counting }), 'Hi', { stream: true });
    const reader = result[Symbol.asyncIterator]();
    await reader.next();
    for (let i = 0; i < 50; i++) await settled();
    const held = given;
    expect(held).toBeGreaterThan(100);
    expect(held).toBeLessThan(words);
    let read = 0;
    for (;;) {
      const step = await reader.next();
      if (step.done === true) break;
      read++;
    }
    expect(read).toBeGreaterThan(words);
    expect(result.finalOutput?.split(' ')).toHaveLength(words);
    expect(given).toBeGreaterThan(words);
  });
});

describe('a streamed result', () => {
  it('says where the run is while it runs [ST-1]', async () => {
    const b = new Agent({ name: 'B', model: new ScriptedModel(['Hi']) });
    const agent = new Agent({
      name: 'A',
      model: new ScriptedModel([functionCall('transfer_to_b')]),
      handoffs: [b],
    });
    const result = await run(agent, 'Hi', { stream: true, maxTurns: 7 });
    const seen: unknown[] = [];
    for await (const event of result) {
      if (event.type === 'agent_updated_stream_event') seen.push(result.currentAgent.name);
    }
    expect(seen.at(-1)).toBe('B');
    expect(result.currentTurn).toBe(2);
    expect(result.maxTurns).toBe(7);
    expect(result.lastAgent).toBe(b);
  });

  it('has no final output before the run is over [ST-1]', async () => {
    const result = await run(acting(), 'Hi', { stream: true });
    expect(result.finalOutput).toBeUndefined();
    await result.completed;
    expect(result.finalOutput).toBe('One two');
  });

  it('counts usage after each response, not at the end [X-8, ST-13]', async () => {
    const result = await run(acting(), 'Hi', { stream: true });
    const counts: number[] = [];
    for await (const event of result) {
      if (event.type === 'run_item_stream_event' && event.name === 'tool_output') {
        counts.push(result.usage.requests);
      }
    }
    expect(counts[0]).toBeGreaterThanOrEqual(1);
    expect(result.usage.requests).toBe(2);
  });

  it('is completed when the hooks are through, not before [JS-16]', async () => {
    const agent = acting();
    let through = false;
    agent.on('agent_end', async () => {
      await settled();
      through = true;
    });
    const result = await run(agent, 'Hi', { stream: true });
    await result.completed;
    expect(through).toBe(true);
  });
});

describe('a streamed response made by streamResponse', () => {
  it('ends with the response itself', async () => {
    const model = new ScriptedModel(['Hi']);
    const response = await model.getResponse({
      input: 'Hi',
      modelSettings: {},
      tools: [],
      handoffs: [],
      outputType: 'text',
    });
    const events = [...streamResponse(response)];
    expect(events.at(-1)).toEqual({ type: 'response_done', response });
  });
});
