import { ModelBehaviorError, ModelRequestError } from '@baton/core/model';
import {
  aRequest,
  collect,
  collectFailure,
  eventStream,
  failureOf,
  responseOf,
  withRawServer,
} from '@baton/openai-shared/test-support';
import { describe, expect, it } from 'vitest';
import type { Wire } from './fixtures/wire-shape.js';
import { aCall, aChunk, aCompletion, aStream } from './support/read.js';
import { modelOf } from './support/with-server.js';

/** A server that answers everything with this JSON. */
async function withBody(
  body: unknown,
  type = 'application/json',
): Promise<{ readonly url: string }> {
  return withRawServer((_request, response) => {
    response.setHeader('content-type', type);
    response.setHeader('x-request-id', 'req_7');
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  });
}

const request = aRequest({ modelSettings: { retry: { maxRetries: 0 } } });

describe.each([false, true])(
  'a server that says with the status 200 that it failed, streamed: %s',
  (stream) => {
    it.each<[Wire, RegExp]>([
      [
        { error: { code: 429, message: 'Slow down' } },
        /of request req_7 failed: Slow down \(429\)/,
      ],
      [{ object: 'error', message: 'Too long', code: 400 }, /Too long \(400\)/],
      [{ message: 'No slot', type: 'busy' }, /No slot \(busy\)/],
      [{ detail: 'No such model' }, /No such model/],
      [{ id: 'x', choices: null }, /of request req_7 .*has no choices/],
      [{ id: 'x', choices: [] }, /of request req_7 .*has no choices/],
    ])('%j is an error of the model that has what it said [CHT-24]', async (body, message) => {
      const model = modelOf(await withBody(body));
      const error = await failureOf(stream ? collect(model, request) : model.getResponse(request));
      expect(error).toBeInstanceOf(ModelBehaviorError);
      expect(String(error)).toMatch(message);
    });

    it('and at once that it did not has not failed', async () => {
      const model = modelOf(await withBody({ ...aCompletion({ content: 'Hi' }), error: false }));
      await expect(
        stream ? collect(model, request) : model.getResponse(request),
      ).resolves.toBeDefined();
    });

    it('what is no completion at all is an error of the request', async () => {
      const model = modelOf(await withBody({ output: [] }));
      const error = await failureOf(stream ? collect(model, request) : model.getResponse(request));
      expect(error).toBeInstanceOf(ModelRequestError);
      expect(error).toHaveProperty('errorCode', 'not_a_response');
    });
  },
);

describe('a stream that fails', () => {
  const begun = aStream([{ content: 'Hel' }]).slice(0, 1);

  it('by an error in a chunk is an error of the model, after what it said', async () => {
    const failing = [...begun, { error: { code: 'server_error', message: 'Overloaded' } }];
    const model = modelOf(await withRawServer(eventStream(failing)));
    const { events, error } = await collectFailure(model, request);
    expect(events.map(({ type }) => type)).toContain('output_text_delta');
    expect(error).toBeInstanceOf(ModelBehaviorError);
    expect(error).toHaveProperty('cause.code', 'server_error');
  });

  it('by its end without a finish reason is a network error that says output had begun', async () => {
    const model = modelOf(await withRawServer(eventStream(begun)));
    const { error } = await collectFailure(model, request);
    expect(error).toBeInstanceOf(ModelRequestError);
    expect(error).toMatchObject({ isNetworkError: true, responseStarted: true });
    expect(String(error)).toContain('no `finish_reason`');
  });

  /** A server whose connection breaks after these chunks. */
  const breaking = (chunks: readonly Wire[]) =>
    withRawServer((_request, response) => {
      response.setHeader('content-type', 'text/event-stream');
      const text = chunks.map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`).join('');
      response.write(text, () => response.destroy());
    });

  it('by a connection that breaks is a network error that says output had begun', async () => {
    const { error } = await collectFailure(modelOf(await breaking(begun)), request);
    expect(error).toMatchObject({ isNetworkError: true, responseStarted: true });
  });

  it('only after its finish reason has not failed: all was said', async () => {
    const model = modelOf(await breaking(aStream([{ content: 'Hel' }])));
    const { output } = responseOf(await collect(model, request));
    expect(output).toMatchObject([{ content: [{ text: 'Hel' }] }]);
  });

  it('while a call is held back says that nothing was handed out, so that it can be sent again', async () => {
    const chunks = [aChunk({ tool_calls: [aCall('call_1', 'get_weather', '', { index: 0 })] })];
    const model = modelOf(await withRawServer(eventStream(chunks)));
    const { error } = await collectFailure(model, request);
    expect(error).toMatchObject({ isNetworkError: true, responseStarted: false });
  });

  it('by what is no JSON is an error of the request', async () => {
    const model = modelOf(await withBody('data: {"id": <oops>\n\n', 'text/event-stream'));
    const { error } = await collectFailure(model, request);
    expect(error).toMatchObject({ errorCode: 'malformed_json' });
    expect(String(error)).not.toContain('Responses');
  });
});

it.each(['text/plain', 'application/octet-stream', 'text/event-stream'])(
  'a server that does not stream is heard, even where it calls its answer %s',
  async (type) => {
    const body = `\n ${JSON.stringify(aCompletion({ content: 'Héllo' }), null, 2)}`;
    const last = (await collect(modelOf(await withBody(body, type)), request)).at(-1);
    expect(last).toMatchObject({ response: { output: [{ content: [{ text: 'Héllo' }] }] } });
  },
);

it('nor is an error lost that is no event', async () => {
  const model = modelOf(await withBody({ error: { message: 'Busy' } }, 'text/plain'));
  const error = await failureOf(collect(model, request));
  expect(error).toBeInstanceOf(ModelBehaviorError);
  expect(String(error)).toContain('Busy');
});

it('lines of JSON are no event stream, and are said to be none', async () => {
  const line = JSON.stringify(aChunk({ content: 'Hi' }));
  const model = modelOf(await withBody(`${line}\n${line}\n`, 'application/x-ndjson'));
  const error = await failureOf(collect(model, request));
  expect(error).toMatchObject({ errorCode: 'malformed_json', isNetworkError: false });
});

it('a server that does not stream is heard all the same, blocks and all', async () => {
  const thinking_blocks = [
    { type: 'thinking', thinking: 'One.', signature: 'seal-1' },
    { type: 'thinking', thinking: 'Two.' },
  ];
  const body = aCompletion({ content: 'Hello', thinking_blocks });
  const model = modelOf(await withBody(body));
  const whole = await model.getResponse(request);
  const last = (await collect(model, request)).at(-1);
  expect(last).toMatchObject({ type: 'response_done', response: { output: whole.output } });
  expect(whole.output[0]?.providerData).toMatchObject({ thinking_blocks });
});
