import { describe, expect, it } from 'vitest';
import { Agent, ModelRequestError, retryPolicies, Runner, UserError } from '../../src/index.js';
import type {
  Model,
  ModelRetryAdvice,
  ModelRetryNormalizedError,
  ModelSettings,
  RetryPolicy,
  Runtime,
} from '../../src/index.js';
import { systemRuntime } from '../../src/internal/runtime.js';
import { ScriptedModel } from '../../src/testing/index.js';

const broken = new ModelRequestError('Connection lost', { isNetworkError: true });
const networkError = retryPolicies.networkError();

/** The waits between attempts, with the dice as given. */
async function waits(retry: NonNullable<ModelSettings['retry']>, dice: number): Promise<readonly number[]> {
  const waited: number[] = [];
  const runtime: Runtime = {
    ...systemRuntime,
    random: () => dice,
    sleep: (ms) => {
      waited.push(ms);
      return Promise.resolve();
    },
  };
  const failures = Array.from({ length: retry.maxRetries ?? 0 }, () => broken);
  const agent = new Agent({ name: 'A', model: new ScriptedModel([...failures, 'Done']) });
  await new Runner().run(agent, 'Hi', { runtime, modelSettings: { retry } });
  return waited;
}

describe('the waits between attempts at a model call', () => {
  const backoff = { initialDelayMs: 100, maxDelayMs: 300, multiplier: 2 };
  const retry = { maxRetries: 4, policy: networkError, backoff };

  it('are spread around the backoff, and never longer than its longest [RSP-08]', async () => {
    expect(await waits(retry, 0)).toEqual([87.5, 175, 262.5, 262.5]);
    expect(await waits(retry, 1)).toEqual([112.5, 225, 300, 300]);
  });

  it('may be none at all, but not below that [RSP-09]', async () => {
    expect(await waits({ ...retry, backoff: { initialDelayMs: 0 } }, 0.5)).toEqual([0, 0, 0, 0]);
    for (const name of ['initialDelayMs', 'maxDelayMs', 'multiplier']) {
      const wrong = waits({ ...retry, backoff: { [name]: -1 } }, 0.5);
      await expect(wrong).rejects.toThrow(UserError);
      await expect(wrong).rejects.toThrow(`backoff.${name} is -1`);
    }
  });
});

describe('a request that the provider may have stored', () => {
  const attempts = async (
    options: { readonly stream?: boolean; readonly approve?: boolean },
    replaySafety: NonNullable<ModelRetryAdvice['replaySafety']>,
  ): Promise<number> => {
    const scripted = new ScriptedModel([broken, 'Done']);
    const model: Model = {
      getResponse: (request) => scripted.getResponse(request),
      getStreamedResponse: (request) => scripted.getStreamedResponse(request),
      getRetryAdvice: () => ({ suggested: true, replaySafety }),
    };
    const policy: RetryPolicy = () => ({
      retry: true,
      delayMs: 0,
      ...(options.approve === true && { approveUnsafeReplay: true }),
    });
    const modelSettings = { retry: { maxRetries: 1, policy } };
    const agent = new Agent({ name: 'A', model });
    const running =
      options.stream === true
        ? new Runner()
            .run(agent, 'Hi', { modelSettings, stream: true })
            .then((result) => result.completed)
        : new Runner().run(agent, 'Hi', { modelSettings });
    await Promise.resolve(running).catch(() => undefined);
    return scripted.calls.length;
  };

  it.each([
    ['is not sent again where the provider says that is unsafe', {}, 'unsafe', 1],
    ['is sent again with consent', { approve: true }, 'unsafe', 2],
    ['is not sent again in a stream, whoever consents', { approve: true, stream: true }, 'unsafe', 1],
    ['is sent again where the provider says that is safe', { stream: true }, 'safe', 2],
  ] as const)('%s [RSP-11]', async (_what, options, replaySafety, expected) => {
    expect(await attempts(options, replaySafety)).toBe(expected);
  });
});

it('the time limit of a model call holds for each attempt: it is cancelled, and a policy sees a time-out [RSP-15]', async () => {
  const cancelled: unknown[] = [];
  const scripted = new ScriptedModel(['Done']);
  let calls = 0;
  const model: Model = {
    getResponse: (request) => {
      if (calls++ > 0) return scripted.getResponse(request);
      return new Promise((_resolve, reject) => {
        request.signal?.addEventListener('abort', () => {
          cancelled.push(request.signal?.reason);
          reject(new Error('cancelled by whoever'));
        });
      });
    },
    getStreamedResponse: (request) => scripted.getStreamedResponse(request),
  };
  const seen: ModelRetryNormalizedError[] = [];
  const policy: RetryPolicy = ({ normalized }) => {
    seen.push(normalized);
    return { retry: true, delayMs: 0 };
  };
  const modelSettings = { timeoutMs: 10, retry: { maxRetries: 1, policy } };
  const { finalOutput } = await new Runner().run(new Agent({ name: 'A', model }), 'Hi', { modelSettings });
  expect(finalOutput).toBe('Done');
  expect(cancelled).toMatchObject([{ name: 'ModelTimeoutError' }]);
  expect(seen).toMatchObject([{ isTimeout: true, isAbort: false }]);
});
