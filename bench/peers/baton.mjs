// Baton, as its documentation shows it: an agent, zod tools, a model that answers in this process.

import { Agent, run, tool, Usage } from '@baton/core';
import * as z from 'zod';
import { INSTRUCTIONS, think } from '../lib/conversation.mjs';
import { createTools } from '../lib/tools.mjs';
import { modelName } from '../wire/model-name.mjs';

/** See `peers/README.md` for what a peer is. */
export async function setUp({ conversation, counter, toolCount, wire, tracer }) {
  const agent = new Agent({
    name: 'bench',
    instructions: INSTRUCTIONS,
    model: wire === undefined ? scriptedModel(conversation) : await wireModel(wire, conversation),
    tools: createTools(z, counter, toolCount).map((each) => tool(each)),
  });
  const options = { maxTurns: conversation.turns + 5, tracer };
  return {
    async run(input) {
      return (await run(agent, input, options)).finalOutput;
    },
    async stream(input, onDelta) {
      const result = await run(agent, input, { ...options, stream: true });
      for await (const event of result) {
        if (event.type === 'raw_model_stream_event' && event.data.type === 'output_text_delta') {
          onDelta(event.data.delta);
        }
      }
      return result.finalOutput;
    },
    toInput: (items) => items.map(toItem),
  };
}

async function wireModel({ api, baseURL }, conversation) {
  const client = { apiKey: 'none', baseURL };
  const name = modelName(conversation);
  if (api === 'chat') {
    const { OpenAIChatCompletionsModel } = await import('@baton/openai-chat');
    return new OpenAIChatCompletionsModel(client, name);
  }
  const { OpenAIResponsesModel } = await import('@baton/openai-responses');
  return new OpenAIResponsesModel(client, name);
}

function scriptedModel(conversation) {
  const respond = ({ input }) => {
    const last = input[input.length - 1];
    const answer = conversation.answerAfter(
      last.type === 'function_call_result' ? last.callId : undefined,
    );
    return {
      output: toOutput(answer),
      usage: new Usage({ requests: 1, inputTokens: 120, outputTokens: 20 }),
      responseId: 'resp_1',
    };
  };
  return {
    name: 'scripted',
    async getResponse(request) {
      await think(conversation);
      return respond(request);
    },
    async *getStreamedResponse(request) {
      await think(conversation);
      const response = respond(request);
      yield { type: 'response_started', responseId: 'resp_1' };
      for (const [itemIndex, item] of response.output.entries()) {
        yield* streamItem(itemIndex, item, conversation.pieces);
      }
      yield { type: 'response_done', response };
    },
  };
}

function* streamItem(itemIndex, item, pieces) {
  if (item.type === 'function_call') {
    yield { type: 'tool_call_start', itemIndex, callId: item.callId, name: item.name };
    yield { type: 'tool_call_arguments_delta', itemIndex, delta: item.arguments };
    yield { type: 'tool_call_end', itemIndex };
  } else {
    yield { type: 'output_text_start', itemIndex, contentIndex: 0 };
    for (const delta of pieces) {
      yield { type: 'output_text_delta', itemIndex, contentIndex: 0, delta };
    }
    yield { type: 'output_text_end', itemIndex, contentIndex: 0 };
  }
  yield { type: 'output_item_done', itemIndex, item };
}

function toOutput({ calls, text }) {
  if (calls === undefined) return [assistantMessage(text)];
  return calls.map(({ id, name, args }) => ({
    type: 'function_call',
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
        arguments: JSON.stringify(item.args),
        status: 'completed',
      };
    default:
      return {
        type: 'function_call_result',
        callId: item.id,
        name: item.name,
        status: 'completed',
        output: item.text,
      };
  }
}
