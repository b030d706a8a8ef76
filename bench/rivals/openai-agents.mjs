// @openai/agents, as its documentation shows it, with tracing switched off as its documentation says.

import { Agent, run, setTraceProcessors, setTracingDisabled, tool, Usage } from '@openai/agents';
import * as z from 'zod';
import { INSTRUCTIONS, think } from '../lib/conversation.mjs';
import { createTools } from '../lib/tools.mjs';
import { modelName } from '../wire/model-name.mjs';

/** See `../peers/README.md` for what a peer is. */
export async function setUp({ conversation, counter, toolCount, wire }) {
  setTracingDisabled(true);
  setTraceProcessors([]);
  const agent = new Agent({
    name: 'bench',
    instructions: INSTRUCTIONS,
    model: wire === undefined ? scriptedModel(conversation) : await wireModel(wire, conversation),
    tools: createTools(z, counter, toolCount).map((each) => tool(each)),
  });
  const maxTurns = conversation.turns + 5;
  return {
    async run(input) {
      return (await run(agent, input, { maxTurns })).finalOutput;
    },
    async stream(input, onDelta) {
      const result = await run(agent, input, { maxTurns, stream: true });
      for await (const event of result) {
        if (event.type === 'raw_model_stream_event' && event.data.type === 'output_text_delta') {
          onDelta(event.data.delta);
        }
      }
      await result.completed;
      return result.finalOutput;
    },
    toInput: (items) => items.map(toItem),
  };
}

const TOKENS = { inputTokens: 120, outputTokens: 20, totalTokens: 140 };

async function wireModel({ api, baseURL }, conversation) {
  const { OpenAIChatCompletionsModel, OpenAIResponsesModel } = await import('@openai/agents');
  const { default: OpenAI } = await import('openai');
  const client = new OpenAI({ apiKey: 'none', baseURL });
  const Model = api === 'chat' ? OpenAIChatCompletionsModel : OpenAIResponsesModel;
  return new Model(client, modelName(conversation));
}

function scriptedModel(conversation) {
  const answerTo = (input) => {
    const last = typeof input === 'string' ? undefined : input[input.length - 1];
    return conversation.answerAfter(
      last?.type === 'function_call_result' ? last.callId : undefined,
    );
  };
  return {
    async getResponse({ input }) {
      await think(conversation);
      const output = toOutput(answerTo(input));
      return { output, usage: new Usage(TOKENS), responseId: 'resp_1' };
    },
    async *getStreamedResponse({ input }) {
      await think(conversation);
      const answer = answerTo(input);
      yield { type: 'response_started' };
      if (answer.calls === undefined) {
        for (const delta of conversation.pieces) yield { type: 'output_text_delta', delta };
      }
      const response = { id: 'resp_1', usage: TOKENS, output: toOutput(answer) };
      yield { type: 'response_done', response };
    },
  };
}

function toOutput({ calls, text }) {
  if (calls === undefined) return [assistantMessage(text)];
  return calls.map(({ id, name, args }) => ({
    type: 'function_call',
    id: `fc_${id}`,
    callId: id,
    name,
    arguments: args,
    status: 'completed',
  }));
}

function assistantMessage(text) {
  return {
    type: 'message',
    role: 'assistant',
    status: 'completed',
    content: [{ type: 'output_text', text }],
  };
}

function toItem(item) {
  switch (item.kind) {
    case 'user':
      return { type: 'message', role: 'user', content: item.text };
    case 'assistant':
      return assistantMessage(item.text);
    case 'call':
      return {
        type: 'function_call',
        callId: item.id,
        name: item.name,
        status: 'completed',
        arguments: JSON.stringify(item.args),
      };
    default:
      return {
        type: 'function_call_result',
        callId: item.id,
        name: item.name,
        status: 'completed',
        output: { type: 'text', text: item.text },
      };
  }
}
