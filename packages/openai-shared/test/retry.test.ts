import {
  ModelBehaviorError,
  ModelRequestError,
  type ModelRequest,
  type ModelRetryAdvice,
} from '@baton/core/model';
import { expect, it } from 'vitest';
import { clientRetriesOff, retryAdvice } from '../src/index.js';
import { retryAfterMs } from '../src/retry-after.js';

const request: ModelRequest = {
  input: 'hi',
  modelSettings: {},
  tools: [],
  handoffs: [],
  outputType: 'text',
};

function adviceFor(
  error: unknown,
  override: Partial<ModelRequest> = {},
): ModelRetryAdvice | undefined {
  return retryAdvice({ request: { ...request, ...override }, error, stream: false, attempt: 1 });
}

function headers(values: Record<string, string>): Headers {
  return new Headers(values);
}

it('retry-after-ms counts before retry-after', () => {
  expect(retryAfterMs(headers({ 'retry-after-ms': '250.5', 'retry-after': '9' }))).toBe(250.5);
});

it('retry-after is seconds or a date', () => {
  const now = Date.UTC(2026, 0, 1, 12, 0, 0);
  expect(retryAfterMs(headers({ 'retry-after': '1.5' }), now)).toBe(1500);
  expect(retryAfterMs(headers({ 'retry-after': 'Thu, 01 Jan 2026 12:00:07 GMT' }), now)).toBe(7000);
});

it('a wait that is over or makes no sense is no wait', () => {
  const now = Date.UTC(2026, 0, 1, 12, 0, 0);
  expect(retryAfterMs(headers({}))).toBeUndefined();
  expect(retryAfterMs(headers({ 'retry-after': 'soon' }), now)).toBeUndefined();
  expect(retryAfterMs(headers({ 'retry-after': '-1' }), now)).toBeUndefined();
  expect(
    retryAfterMs(headers({ 'retry-after': 'Thu, 01 Jan 2026 11:00:00 GMT' }), now),
  ).toBeUndefined();
});

it.each([408, 409, 429, 500, 503])(
  'status %i is worth another try and safe to repeat',
  (statusCode) => {
    const advice = adviceFor(new ModelRequestError('no', { statusCode, retryAfterMs: 30 }));
    expect(advice).toMatchObject({ suggested: true, retryAfterMs: 30, replaySafety: 'safe' });
  },
);

it.each([400, 401, 403, 404, 422])('status %i is not worth another try', (statusCode) => {
  expect(adviceFor(new ModelRequestError('no', { statusCode }))).toMatchObject({
    suggested: false,
  });
});

it.each([
  ['true', 400, true],
  ['false', 503, false],
])('x-should-retry: %s decides over status %i', (header, statusCode, suggested) => {
  const cause = { headers: headers({ 'x-should-retry': header }) };
  expect(adviceFor(new ModelRequestError('no', { statusCode, cause }))).toMatchObject({
    suggested,
  });
});

it('a network error is worth another try', () => {
  const advice = adviceFor(new ModelRequestError('no', { isNetworkError: true }));
  expect(advice).toMatchObject({ suggested: true, normalized: { isNetworkError: true } });
});

it('a time-out of the client is told apart', () => {
  const error = new ModelRequestError('no', {
    isNetworkError: true,
    cause: new Error('Request timed out.'),
  });
  expect(adviceFor(error)?.normalized?.isTimeout).toBe(true);
});

it('what has begun to answer is never repeated', () => {
  const error = new ModelRequestError('no', { isNetworkError: true, responseStarted: true });
  expect(adviceFor(error)).toMatchObject({ suggested: false, replaySafety: 'unsafe' });
});

it('a response that failed on the server is worth another try, one that was refused is not', () => {
  const failed = new ModelBehaviorError('failed', { cause: { code: 'server_error' } });
  const refused = new ModelBehaviorError('failed', { cause: { code: 'invalid_prompt' } });
  expect(adviceFor(failed)).toMatchObject({ suggested: true });
  expect(adviceFor(refused)).toBeUndefined();
});

it('a cancelled call gets no advice', () => {
  const error = new ModelRequestError('no', { statusCode: 500 });
  expect(adviceFor(error, { signal: AbortSignal.abort() })).toBeUndefined();
});

it('the client does not retry by itself where a policy does, or where nothing is to be retried', () => {
  expect(clientRetriesOff({})).toBe(false);
  expect(clientRetriesOff({ retry: { maxRetries: 2 } })).toBe(false);
  expect(clientRetriesOff({ retry: { maxRetries: 0 } })).toBe(true);
  expect(clientRetriesOff({ retry: { policy: () => true } })).toBe(true);
});

it.each([429, 502])('an answer that failed with the status %i inside it is worth another try', (code) => {
  const failed = new ModelBehaviorError('failed', { cause: { code, message: 'Busy' } });
  expect(adviceFor(failed)).toMatchObject({ suggested: true, normalized: { statusCode: code } });
});

it('an answer that failed with the status 400 inside it is not', () => {
  const failed = new ModelBehaviorError('failed', { cause: { code: 400, message: 'Too long' } });
  expect(adviceFor(failed)).toBeUndefined();
});
