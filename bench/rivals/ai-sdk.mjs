// The AI SDK, as its documentation shows it: generateText and streamText over the model interface it has.

import { generateText, stepCountIs, streamText, tool } from 'ai';
import * as z from 'zod';
import { INSTRUCTIONS, think } from '../lib/conversation.mjs';
import { createTools } from '../lib/tools.mjs';
import { modelName } from '../wire/model-name.mjs';

/** See `../peers/README.md` for what a peer is. */
export async function setUp({ conversation, counter, toolCount, wire }) {
  const tools = {};
  for (const { name, description, parameters, execute } of createTools(z, counter, toolCount)) {
    tools[name] = tool({ description, inputSchema: parameters, execute });
  }
  const settings = {
    model: wire === undefined ? scriptedModel(conversation) : await wireModel(wire, conversation),
    instructions: INSTRUCTIONS,
    tools,
    stopWhen: stepCountIs(conversation.turns + 5),
    telemetry: { isEnabled: false },
  };
  const start = (input) =>
    typeof input === 'string'
      ? { ...settings, prompt: input }
      : { ...settings, messages: input };
  return {
    async run(input) {
      return (await generateText(start(input))).text;
    },
    async stream(input, onDelta) {
      let text = '';
      for await (const part of streamText(start(input)).fullStream) {
        if (part.type === 'error') throw part.error;
        if (part.type !== 'text-delta') continue;
        text += part.text;
        onDelta(part.text);
      }
      return text;
    },
    toInput: (items) => items.map(toMessage),
  };
}

const USAGE = {
  inputTokens: { total: 120, noCache: 120, cacheRead: 0, cacheWrite: undefined },
  outputTokens: { total: 20, text: 20, reasoning: 0 },
};

async function wireModel({ api, baseURL }, conversation) {
  const { createOpenAI } = await import('@ai-sdk/openai');
  return createOpenAI({ apiKey: 'none', baseURL })[api](modelName(conversation));
}

function scriptedModel(conversation) {
  const answerTo = (prompt) => {
    const last = prompt[prompt.length - 1];
    return conversation.answerAfter(
      last.role === 'tool' ? last.content[last.content.length - 1].toolCallId : undefined,
    );
  };
  return {
    specificationVersion: 'v4',
    provider: 'scripted',
    modelId: 'scripted',
    supportedUrls: {},
    async doGenerate({ prompt }) {
      await think(conversation);
      const answer = answerTo(prompt);
      return {
        content: answer.calls?.map(toToolCall) ?? [{ type: 'text', text: answer.text }],
        finishReason: finishReason(answer),
        usage: USAGE,
        warnings: [],
      };
    },
    async doStream({ prompt }) {
      await think(conversation);
      const parts = streamParts(answerTo(prompt), conversation.pieces);
      const stream = new ReadableStream({
        pull(controller) {
          const { done, value } = parts.next();
          if (done) controller.close();
          else controller.enqueue(value);
        },
      });
      return { stream };
    },
  };
}

function* streamParts(answer, pieces) {
  yield { type: 'stream-start', warnings: [] };
  if (answer.calls === undefined) {
    yield { type: 'text-start', id: '0' };
    for (const delta of pieces) yield { type: 'text-delta', id: '0', delta };
    yield { type: 'text-end', id: '0' };
  } else {
    for (const call of answer.calls) {
      yield { type: 'tool-input-start', id: call.id, toolName: call.name };
      yield { type: 'tool-input-delta', id: call.id, delta: call.args };
      yield { type: 'tool-input-end', id: call.id };
      yield toToolCall(call);
    }
  }
  yield { type: 'finish', finishReason: finishReason(answer), usage: USAGE };
}

function finishReason({ calls }) {
  return { unified: calls === undefined ? 'stop' : 'tool-calls', raw: undefined };
}

function toToolCall({ id, name, args }) {
  return { type: 'tool-call', toolCallId: id, toolName: name, input: args };
}

function toMessage(item) {
  switch (item.kind) {
    case 'user':
      return { role: 'user', content: item.text };
    case 'assistant':
      return { role: 'assistant', content: [{ type: 'text', text: item.text }] };
    case 'call':
      return {
        role: 'assistant',
        content: [
          { type: 'tool-call', toolCallId: item.id, toolName: item.name, input: item.args },
        ],
      };
    default:
      return {
        role: 'tool',
        content: [
          {
            type: 'tool-result',
            toolCallId: item.id,
            toolName: item.name,
            output: { type: 'text', value: item.text },
          },
        ],
      };
  }
}
