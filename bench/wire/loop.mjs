// The floor over the wire: the same conversation in a loop written by hand on the `openai` client.

import OpenAI from 'openai';
import * as z from 'zod';
import { INSTRUCTIONS } from '../lib/conversation.mjs';
import { createTools } from '../lib/tools.mjs';
import { modelName } from './model-name.mjs';

/** As a peer's `setUp`, with `wire: { api, baseURL }`. */
export function setUpWireLoop({ conversation, counter, toolCount, wire }) {
  const specs = createTools(z, counter, toolCount);
  const api = APIS[wire.api];
  const loop = {
    client: new OpenAI({ apiKey: 'none', baseURL: wire.baseURL, maxRetries: 0 }),
    model: modelName(conversation),
    tools: new Map(specs.map((each) => [each.name, each])),
    wireTools: specs.map(api.toTool),
    api,
  };
  return {
    run: (input) => converse(loop, input),
    stream: (input, onDelta) => converse(loop, input, onDelta),
    toInput: (items) => items.map(api.toItem),
  };
}

async function converse(loop, input, onDelta) {
  const { api, tools } = loop;
  const items = api.begin(typeof input === 'string' ? [{ role: 'user', content: input }] : input);
  for (;;) {
    const answer = onDelta === undefined ? await api.whole(loop, items) : await api.stream(loop, items, onDelta);
    items.push(...answer.items);
    if (answer.calls.length === 0) return answer.text;
    const outputs = await Promise.all(
      answer.calls.map(async ({ id, name, args }) => {
        const tool = tools.get(name);
        return { id, text: await Promise.resolve(tool.execute(tool.parameters.parse(JSON.parse(args)))) };
      }),
    );
    for (const { id, text } of outputs) items.push(api.toOutput(id, text));
  }
}

const parametersOf = ({ parameters }) => {
  const { $schema: _schema, ...schema } = z.toJSONSchema(parameters);
  return schema;
};

const responses = {
  begin: (items) => [...items],
  toTool: (spec) => ({
    type: 'function',
    name: spec.name,
    description: spec.description,
    parameters: parametersOf(spec),
    strict: true,
  }),
  toOutput: (call_id, output) => ({ type: 'function_call_output', call_id, output }),
  toItem: (item) => {
    switch (item.kind) {
      case 'user':
        return { role: 'user', content: item.text };
      case 'assistant':
        return { role: 'assistant', content: item.text };
      case 'call':
        return { type: 'function_call', call_id: item.id, name: item.name, arguments: JSON.stringify(item.args) };
      default:
        return responses.toOutput(item.id, item.text);
    }
  },
  body: ({ model, wireTools }, input) => ({ model, instructions: INSTRUCTIONS, input, tools: wireTools }),
  read: (output) => ({
    items: output,
    calls: output.flatMap((item) =>
      item.type === 'function_call' ? [{ id: item.call_id, name: item.name, args: item.arguments }] : [],
    ),
    text: output.map((item) => item.content?.map((part) => part.text).join('') ?? '').join(''),
  }),
  async whole(loop, items) {
    return responses.read((await loop.client.responses.create(responses.body(loop, items))).output);
  },
  async stream(loop, items, onDelta) {
    const events = await loop.client.responses.create({ ...responses.body(loop, items), stream: true });
    let output = [];
    for await (const event of events) {
      if (event.type === 'response.output_text.delta') onDelta(event.delta);
      else if (event.type === 'response.completed') ({ output } = event.response);
    }
    return responses.read(output);
  },
};

const chat = {
  begin: (items) => [{ role: 'system', content: INSTRUCTIONS }, ...items],
  toTool: (spec) => ({
    type: 'function',
    function: { name: spec.name, description: spec.description, parameters: parametersOf(spec), strict: true },
  }),
  toOutput: (tool_call_id, content) => ({ role: 'tool', tool_call_id, content }),
  toItem: (item) => {
    switch (item.kind) {
      case 'user':
        return { role: 'user', content: item.text };
      case 'assistant':
        return { role: 'assistant', content: item.text };
      case 'call':
        return chat.toMessage('', [{ id: item.id, name: item.name, args: JSON.stringify(item.args) }]);
      default:
        return chat.toOutput(item.id, item.text);
    }
  },
  toMessage: (content, calls) => ({
    role: 'assistant',
    content: content === '' ? null : content,
    ...(calls.length > 0 && {
      tool_calls: calls.map(({ id, name, args }) => ({ id, type: 'function', function: { name, arguments: args } })),
    }),
  }),
  body: ({ model, wireTools }, messages) => ({ model, messages, tools: wireTools }),
  async whole(loop, items) {
    const { choices } = await loop.client.chat.completions.create(chat.body(loop, items));
    const { content, tool_calls: made = [] } = choices[0].message;
    const calls = made.map((call) => ({ id: call.id, name: call.function.name, args: call.function.arguments }));
    return { items: [chat.toMessage(content ?? '', calls)], calls, text: content ?? '' };
  },
  async stream(loop, items, onDelta) {
    const chunks = await loop.client.chat.completions.create({
      ...chat.body(loop, items),
      stream: true,
      stream_options: { include_usage: true },
    });
    let text = '';
    const calls = [];
    for await (const { choices } of chunks) {
      const delta = choices[0]?.delta;
      if (delta?.content) {
        text += delta.content;
        onDelta(delta.content);
      }
      for (const { index, id, function: called } of delta?.tool_calls ?? []) {
        calls[index] ??= { id, name: called.name, args: '' };
        calls[index].args += called.arguments;
      }
    }
    return { items: [chat.toMessage(text, calls)], calls, text };
  },
};

const APIS = { responses, chat };
