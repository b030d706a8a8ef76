import { expect } from 'vitest';
import { loadOpenAISchema } from './openai-schema.js';
import { parseChunk, parseEvent } from './post.js';

const schema = loadOpenAISchema();

/** `fetch` that fails a test when an accepted request, its answer or an event of it does not fit OpenAI's schema. */
export const checkedFetch: typeof fetch = async (input, init) => {
  const response = await fetch(input, init);
  if (schema === undefined || response.body === null) return response;
  const url = input instanceof Request ? input.url : String(input);
  const path = new URL(url).pathname;
  if (typeof init?.body === 'string' && response.ok) {
    const name = requestSchema(path);
    const body: unknown = JSON.parse(init.body);
    if (name !== undefined) expect(schema.requestProblems(name, body), name).toEqual([]);
  }
  if (response.headers.get('content-type')?.startsWith('text/event-stream') ?? false) {
    return new Response(response.body.pipeThrough(eventCheck(path)), response);
  }
  const text = await response.text();
  const name = schemaFor(init?.method ?? 'GET', path, response.ok);
  if (name !== undefined) expect(schema.answerProblems(name, JSON.parse(text)), name).toEqual([]);
  return new Response(text, response);
};

function eventCheck(path: string): TransformStream<Uint8Array, Uint8Array> {
  const decoder = new TextDecoder();
  const check = path === CHAT ? checkChunk : checkEvent;
  let rest = '';
  return new TransformStream({
    transform(chunk, controller) {
      const blocks = (rest + decoder.decode(chunk, { stream: true })).split('\n\n');
      rest = blocks.pop() ?? '';
      for (const block of blocks) check(block);
      controller.enqueue(chunk);
    },
  });
}

function checkEvent(block: string): void {
  const event = parseEvent(block);
  expect(schema?.answerProblems('ResponseStreamEvent', event), event.type).toEqual([]);
}

function checkChunk(block: string): void {
  const chunk = parseChunk(block);
  if (chunk === undefined) return;
  const name = 'error' in chunk ? 'ErrorResponse' : 'CreateChatCompletionStreamResponse';
  expect(schema?.answerProblems(name, chunk), name).toEqual([]);
}

const CHAT = '/v1/chat/completions';

function requestSchema(path: string): string | undefined {
  if (path === CHAT) return 'CreateChatCompletionRequest';
  if (path === '/v1/responses') return 'CreateResponse';
  if (path === '/v1/responses/compact') return 'CompactResponseMethodPublicBody';
  if (path === '/v1/conversations') return 'CreateConversationBody';
  return path.endsWith('/items') ? undefined : 'UpdateConversationBody';
}

function conversationSchema(method: string, path: string): string {
  const [, , , , items, item] = path.split('/');
  if (items === undefined)
    return method === 'DELETE' ? 'DeletedConversationResource' : 'ConversationResource';
  if (item === undefined) return 'ConversationItemList';
  return method === 'DELETE' ? 'ConversationResource' : 'ConversationItem';
}

function schemaFor(method: string, path: string, ok: boolean): string | undefined {
  if (!ok) return 'ErrorResponse';
  if (path === CHAT) return 'CreateChatCompletionResponse';
  if (path.endsWith('/input_items')) return 'ResponseItemList';
  if (path === '/v1/responses/compact') return 'CompactResource';
  if (path.startsWith('/v1/conversations')) return conversationSchema(method, path);
  if (path === '/v1/models') return 'ListModelsResponse';
  if (path.startsWith('/v1/models/')) return 'Model';
  return method === 'DELETE' ? undefined : 'Response';
}
