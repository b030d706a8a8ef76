import { ModelBehaviorError, ModelRequestError, UserError } from '@baton/core/model';
import {
  aRequest,
  collectFailure,
  eventStream,
  failureOf,
  withRawServer,
} from '@baton/openai-shared/test-support';
import { httpError } from '@baton/testing';
import { describe, expect, it, vi } from 'vitest';
import { OpenAIResponsesModel } from '../src/index.js';
import { modelOf, withServer } from './support/with-server.js';

/** The runner owns retries, so that the client answers at once. */
const request = aRequest({ modelSettings: { retry: { maxRetries: 0 } } });

describe.each(['plain', 'streamed'] as const)('%s', (way) => {
  const fail = async (model: OpenAIResponsesModel): Promise<unknown> =>
    way === 'plain'
      ? failureOf(model.getResponse(request))
      : (await collectFailure(model, request)).error;

  it('no key: a UserError says which variable to set [RSP-11]', async () => {
    vi.stubEnv('OPENAI_API_KEY', undefined);
    vi.stubEnv('OPENAI_BASE_URL', undefined);
    const error = await fail(new OpenAIResponsesModel({}, 'm'));
    vi.unstubAllEnvs();
    expect(error).toBeInstanceOf(UserError);
    expect(String(error)).toContain('OPENAI_API_KEY');
  });

  it('an unreachable server is named', async () => {
    const server = await withServer();
    await server.close();
    const error = await fail(modelOf(server));
    expect(error).toBeInstanceOf(ModelRequestError);
    expect(error).toMatchObject({ isNetworkError: true, responseStarted: false });
    expect(String(error)).toContain(`Could not reach ${new URL(server.url).origin}`);
  });

  it.each([
    [400, 'invalid_prompt', undefined],
    [401, 'invalid_api_key', 'check the API key'],
    [404, 'model_not_found', "check the model's name"],
    [500, 'server_error', undefined],
  ])(
    'status %i: what the server said, its code and its request id [JS-104]',
    async (status, code, advice) => {
      const server = await withServer({
        script: [httpError(status, { code, message: 'Because.' })],
      });
      const error = await fail(modelOf(server));
      expect(error).toBeInstanceOf(ModelRequestError);
      expect(error).toMatchObject({ statusCode: status, errorCode: code, requestId: 'req_1' });
      expect(String(error)).toContain(`answered ${status}: Because.`);
      if (advice !== undefined) expect(String(error)).toContain(advice);
    },
  );

  it('status 429 says how long to wait', async () => {
    const server = await withServer({
      script: [httpError(429, { headers: { 'retry-after-ms': '1500' } })],
    });
    expect(await fail(modelOf(server))).toMatchObject({ statusCode: 429, retryAfterMs: 1500 });
  });

  it('a failed response is an error with the code of its failure [R4, RUN-21, RUN-22, JS-6]', async () => {
    const server = await withServer({
      script: [{ failed: { message: 'Overheated', code: 'server_error' } }],
    });
    const error = await fail(modelOf(server));
    expect(error).toBeInstanceOf(ModelBehaviorError);
    expect(String(error)).toMatch(/resp_1 of request req_1 failed: Overheated \(server_error\)/);
    expect(error).toHaveProperty('cause.code', 'server_error');
  });

  it('an incomplete response is an error that says what to change [R4, RUN-21, RUN-22, JS-6]', async () => {
    const server = await withServer({
      script: [{ output: 'Half a', incomplete: 'max_output_tokens' }],
    });
    const error = await fail(modelOf(server));
    expect(error).toBeInstanceOf(ModelBehaviorError);
    expect(String(error)).toMatch(/incomplete: max_output_tokens.*maxTokens/);
  });

  it('a response stopped by the content filter says so', async () => {
    const server = await withServer({
      script: [{ output: 'Half a', incomplete: 'content_filter' }],
    });
    expect(String(await fail(modelOf(server)))).toContain('content filter');
  });

  it('an answer that is not JSON is quoted', async () => {
    const server = await withRawServer((_request, response) => {
      response.setHeader('content-type', 'text/html');
      response.end('<html>Welcome to the proxy');
    });
    const error = await fail(modelOf(server));
    expect(error).toBeInstanceOf(ModelRequestError);
    expect(error).toHaveProperty('errorCode', 'malformed_json');
    expect(String(error)).toMatch(/<html>Welcome to the proxy.*text\/html/);
  });

  it('JSON that is no response names what is missing', async () => {
    const server = await withRawServer((_request, response) => {
      response.setHeader('content-type', 'application/json');
      response.end('{"choices":[]}');
    });
    const error = await fail(modelOf(server));
    expect(error).toHaveProperty('errorCode', 'not_a_response');
    expect(String(error)).toContain('`output`');
  });

  it('a response that is still running is no answer', async () => {
    const server = await withRawServer((_request, response) => {
      response.setHeader('content-type', 'application/json');
      response.end('{"id":"resp_1","status":"queued","output":[]}');
    });
    const error = await fail(modelOf(server));
    expect(error).toBeInstanceOf(ModelBehaviorError);
    expect(String(error)).toMatch(/resp_1 is queued in the background.*Stream the run/);
  });
});

it('an answer that is cut off in the middle is a network error', async () => {
  const server = await withServer({
    script: [{ output: 'Hi', fault: { kind: 'drop', afterEvents: 0 } }],
  });
  const error = await failureOf(modelOf(server).getResponse(request));
  expect(error).toBeInstanceOf(ModelRequestError);
  expect(error).toMatchObject({ isNetworkError: true, responseStarted: false });
});

describe('a stream that breaks off', () => {
  it('before any output may be tried again', async () => {
    const server = await withServer({
      script: [{ output: 'Hi', fault: { kind: 'drop', afterEvents: 1 } }],
    });
    const { error } = await collectFailure(modelOf(server), request);
    expect(error).toBeInstanceOf(ModelRequestError);
    expect(error).toMatchObject({
      isNetworkError: true,
      responseStarted: false,
      requestId: 'req_1',
    });
    expect(String(error)).toContain('broke off');
  });

  it('after output knows that it had begun', async () => {
    const server = await withServer({
      script: [{ output: 'Hi there', fault: { kind: 'drop', afterEvents: 5 } }],
    });
    const model = modelOf(server);
    const { events, error } = await collectFailure(model, request);
    expect(events.map(({ type }) => type)).toContain('output_text_delta');
    expect(error).toMatchObject({ isNetworkError: true, responseStarted: true });
    expect(model.getRetryAdvice({ request, error, stream: true, attempt: 1 })).toMatchObject({
      suggested: false,
      replaySafety: 'unsafe',
    });
  });

  it('at a good place, without its last event, is noticed', async () => {
    const server = await withRawServer(
      eventStream([{ type: 'response.created', response: { id: 'resp_1' } }]),
    );
    const { error } = await collectFailure(modelOf(server), request);
    expect(error).toBeInstanceOf(ModelRequestError);
    expect(error).toMatchObject({ isNetworkError: true, responseStarted: false });
    expect(String(error)).toContain('response.completed');
  });

  it('without a single event is noticed', async () => {
    const server = await withServer({ script: [{ output: 'Hi', fault: { kind: 'empty' } }] });
    const { error } = await collectFailure(modelOf(server), request);
    expect(error).toBeInstanceOf(ModelRequestError);
  });
});

it('an event that is not JSON is quoted, after what came before it was handed out', async () => {
  const server = await withServer({
    script: [{ output: 'Hi there', fault: { kind: 'malformed', afterEvents: 6 } }],
  });
  const { events, error } = await collectFailure(modelOf(server), request);
  expect(events.map(({ type }) => type)).toContain('output_text_delta');
  expect(error).toBeInstanceOf(ModelRequestError);
  expect(error).toMatchObject({ errorCode: 'malformed_json', responseStarted: true });
});

it('an error event in the middle of a stream is an error, after what came before it [R4]', async () => {
  const server = await withServer({
    script: [
      {
        output: 'Hi there',
        fault: { kind: 'error', afterEvents: 6, message: 'Overloaded', code: 'server_error' },
      },
    ],
  });
  const { events, error } = await collectFailure(modelOf(server), request);
  expect(events.map(({ type }) => type)).toContain('output_text_delta');
  expect(error).toBeInstanceOf(ModelBehaviorError);
  expect(String(error)).toContain('Overloaded (server_error)');
});

it('an error that is wrapped as in a plain answer is understood too', async () => {
  const server = await withRawServer(eventStream([{ error: { message: 'No', code: 'x' } }]));
  const { error } = await collectFailure(modelOf(server), request);
  expect(error).toBeInstanceOf(ModelBehaviorError);
  expect(String(error)).toContain('No (x)');
});

describe('retries of the client', () => {
  it('are left to the client where nobody else decides', async () => {
    const server = await withServer({
      script: [httpError(503, { headers: { 'retry-after-ms': '1' } }), 'Hello'],
    });
    const response = await modelOf(server).getResponse(aRequest());
    expect(response.output).toMatchObject([{ content: [{ text: 'Hello' }] }]);
    expect(server.requests).toHaveLength(2);
  });

  it('are off where the runner has a policy [1.9]', async () => {
    const server = await withServer({ script: [httpError(503), 'Hello'] });
    const own = aRequest({ modelSettings: { retry: { policy: () => true } } });
    expect(await failureOf(modelOf(server).getResponse(own))).toHaveProperty('statusCode', 503);
    expect(server.requests).toHaveLength(1);
  });
});
