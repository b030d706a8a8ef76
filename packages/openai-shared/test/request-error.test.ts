import { inspect } from 'node:util';
import { ModelRequestError } from '@baton/core/model';
import OpenAI from 'openai';
import { expect, it } from 'vitest';
import { toRequestError } from '../src/index.js';

const call = { baseURL: 'https://user:secret@models.example/v1', path: '/responses' };

function mapped(
  error: unknown,
  more: Partial<Parameters<typeof toRequestError>[1]> = {},
): ModelRequestError {
  const result = toRequestError(error, { ...call, ...more });
  if (!(result instanceof ModelRequestError)) throw new Error(`not mapped: ${String(result)}`);
  return result;
}

function answered(status: number, body: object, headers: Record<string, string> = {}): unknown {
  return OpenAI.APIError.generate(status, body, undefined, new Headers(headers));
}

it('a refusal keeps status, code, request id and the wait it asks for', () => {
  const error = mapped(
    answered(
      429,
      { error: { message: 'Slow down', code: 'rate_limit_exceeded' } },
      { 'x-request-id': 'req_7', 'retry-after': '2' },
    ),
  );
  expect(error).toMatchObject({
    statusCode: 429,
    errorCode: 'rate_limit_exceeded',
    requestId: 'req_7',
    retryAfterMs: 2000,
    isNetworkError: false,
    responseStarted: false,
  });
  expect(error.message).toBe('https://models.example answered 429: Slow down');
});

it('a refused key says what to check', () => {
  const error = mapped(answered(401, { error: { message: 'Incorrect API key' } }));
  expect(error.message).toMatch(/401: Incorrect API key - check the API key .*OPENAI_API_KEY/);
});

it('a 404 says what to check: the model, or the server; other things are told by the server', () => {
  const notFound = (message: string, code?: string): string =>
    mapped(answered(404, { error: { message, code } })).message;
  expect(notFound('no such model', 'model_not_found')).toMatch(
    /404: no such model - check the model's name\.$/,
  );
  expect(notFound('Item rs_1 not found')).toMatch(/404: Item rs_1 not found$/);
  const html = OpenAI.APIError.generate(404, undefined, 'Cannot POST', new Headers());
  expect(mapped(html).message).toMatch(/404: Cannot POST - check .* POST \/responses/);
});

it('an unreachable server is named by its origin, without path and credentials', () => {
  const socket = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:1'), {
    code: 'ECONNREFUSED',
  });
  const failed = new TypeError('fetch failed', { cause: socket });
  const error = mapped(
    new OpenAI.APIConnectionError({ message: 'Connection error.', cause: failed }),
  );
  expect(error.isNetworkError).toBe(true);
  expect(error.message).toMatch(
    /^Could not reach https:\/\/models\.example: connect ECONNREFUSED .*OPENAI_BASE_URL/,
  );
  expect(error.message).not.toMatch(/secret|user|\/v1/);
});

it.each([
  ['a line break', 'sk-first\nsecond'],
  ['a quote', 'sk-first“second”'],
])(
  'a key with %s in it is never quoted, nor called a server that is not there',
  async (_what, key) => {
    const client = new OpenAI({ apiKey: key, baseURL: 'https://models.example/v1', maxRetries: 0 });
    const thrown: unknown = await client.models.list().catch((error: unknown) => error);
    const error = mapped(thrown);
    expect(error.message).toMatch(
      /^Nothing was sent to https:\/\/models\.example: .*check the API key/,
    );
    expect(error.isNetworkError).toBe(false);
    expect(inspect(error, { depth: 9 })).not.toMatch(/sk-first|second/);
  },
);

it('an error without a text is told by its code', () => {
  const socket = Object.assign(new AggregateError([], ''), { code: 'ECONNREFUSED' });
  expect(mapped(new TypeError('fetch failed', { cause: socket })).message).toContain(
    'ECONNREFUSED',
  );
});

it('a server that answers too late is not called unreachable', () => {
  const error = mapped(new OpenAI.APIConnectionTimeoutError());
  expect(error.message).toMatch(/^https:\/\/models\.example did not answer in time/);
  expect(error.isNetworkError).toBe(true);
});

it('a body that breaks off is a network error that knows whether output had begun', () => {
  const broken = new TypeError('terminated', { cause: new Error('other side closed') });
  const error = mapped(broken, { requestId: 'req_1', responseStarted: true });
  expect(error).toMatchObject({ isNetworkError: true, responseStarted: true, requestId: 'req_1' });
  expect(error.message).toBe('The answer of https://models.example broke off: other side closed');
});

it('a cancelled call throws the reason of its signal', () => {
  const reason = new Error('enough');
  const signal = AbortSignal.abort(reason);
  expect(toRequestError(new OpenAI.APIUserAbortError(), { ...call, signal })).toBe(reason);
});

it('an error that is mapped already stays as it is', () => {
  const error = new ModelRequestError('mine');
  expect(toRequestError(error, call)).toBe(error);
});
