import { expect } from 'vitest';
import { loadOpenAISchema } from './openai-schema.js';
import { parseEvent } from './post.js';

const schema = loadOpenAISchema();

/** `fetch` that fails a test when an accepted request, its answer or an event of it does not fit OpenAI's schema. */
export const checkedFetch: typeof fetch = async (input, init) => {
  const response = await fetch(input, init);
  if (schema === undefined || response.body === null) return response;
  if (typeof init?.body === 'string' && response.ok) {
    expect(schema.requestProblems('CreateResponse', JSON.parse(init.body)), 'request').toEqual([]);
  }
  if (response.headers.get('content-type')?.startsWith('text/event-stream') ?? false) {
    return new Response(response.body.pipeThrough(eventCheck()), response);
  }
  const text = await response.text();
  const url = input instanceof Request ? input.url : String(input);
  const name = schemaFor(init?.method ?? 'GET', new URL(url).pathname, response.ok);
  if (name !== undefined) expect(schema.answerProblems(name, JSON.parse(text)), name).toEqual([]);
  return new Response(text, response);
};

function eventCheck(): TransformStream<Uint8Array, Uint8Array> {
  const decoder = new TextDecoder();
  let rest = '';
  return new TransformStream({
    transform(chunk, controller) {
      const blocks = (rest + decoder.decode(chunk, { stream: true })).split('\n\n');
      rest = blocks.pop() ?? '';
      for (const event of blocks.map(parseEvent)) {
        expect(schema?.answerProblems('ResponseStreamEvent', event), event.type).toEqual([]);
      }
      controller.enqueue(chunk);
    },
  });
}

function schemaFor(method: string, path: string, ok: boolean): string | undefined {
  if (!ok) return 'ErrorResponse';
  if (path.endsWith('/input_items')) return 'ResponseItemList';
  if (path === '/v1/models') return 'ListModelsResponse';
  if (path.startsWith('/v1/models/')) return 'Model';
  return method === 'DELETE' ? undefined : 'Response';
}
