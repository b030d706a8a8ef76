import { AgentsError, ModelRequestError, ModelTimeoutError, UserError } from '../error/index.js';
import { openAbortScope } from '../internal/abort-scope.js';
import type { Runtime } from '../internal/runtime.js';
import { Usage } from '../model/index.js';
import type {
  ModelResponse,
  ModelRetryAdvice,
  ModelRetryBackoffSettings,
  ModelRetryNormalizedError,
  ModelRetrySettings,
  ModelStreamEvent,
  RetryDecision,
} from '../model/index.js';
import type { CallModel, ModelCall } from './run-ports.js';

/** The call with its time limits, tried again as `modelSettings.retry` says. */
export function withRetries(callModel: CallModel, runtime: Runtime): CallModel {
  return (call) => {
    const { retry, timeoutMs, firstTokenTimeoutMs } = call.request.modelSettings;
    const limited = timeoutMs !== undefined || firstTokenTimeoutMs !== undefined;
    const attemptOnce = limited ? withTimeLimits(callModel, runtime) : callModel;
    if (retry?.policy === undefined || (retry.maxRetries ?? 0) <= 0) return attemptOnce(call);
    return attemptAgain(call, { attemptOnce, retry, runtime });
  };
}

interface Attempts {
  readonly attemptOnce: CallModel;
  readonly retry: ModelRetrySettings;
  readonly runtime: Runtime;
}

async function attemptAgain(call: ModelCall, { attemptOnce, retry, runtime }: Attempts): Promise<ModelResponse> {
  checkBackoff(retry.backoff);
  for (let attempt = 1; ; attempt++) {
    const watched = watchOutput(call);
    try {
      return countFailures(await attemptOnce(watched.call), attempt - 1);
    } catch (error) {
      const delayMs = watched.outputSeen() ? undefined : await retryDelay({ call, error, attempt, retry, runtime });
      if (delayMs === undefined) throw error;
      await runtime.sleep(delayMs, call.request.signal);
    }
  }
}

/** Cancels a call that takes too long, or too long to begin. */
function withTimeLimits(callModel: CallModel, runtime: Runtime): CallModel {
  return async (call) => {
    const { timeoutMs, firstTokenTimeoutMs } = call.request.modelSettings;
    const scope = openAbortScope(call.request.signal);
    const limit = (ms: number | undefined): (() => void) =>
      ms === undefined
        ? () => undefined
        : runtime.startTimer(ms, () => scope.abort(new ModelTimeoutError(ms)));
    const stopAll = limit(timeoutMs);
    const stopFirst = limit(call.onEvent === undefined ? undefined : firstTokenTimeoutMs);
    try {
      return await callModel({
        ...call,
        request: { ...call.request, signal: scope.signal },
        ...(call.onEvent !== undefined && {
          onEvent: (event: ModelStreamEvent) => {
            if (isOutput(event)) stopFirst();
            return call.onEvent?.(event);
          },
        }),
      });
    } catch (error) {
      // The model may have put its own words around the time-out.
      throw scope.signal.reason instanceof ModelTimeoutError ? scope.signal.reason : error;
    } finally {
      stopAll();
      stopFirst();
      scope.close();
    }
  };
}

/** Notes whether output was told to anybody: such a call is never sent again. */
function watchOutput(call: ModelCall): { readonly call: ModelCall; outputSeen(): boolean } {
  const { onEvent } = call;
  if (onEvent === undefined) return { call, outputSeen: () => false };
  let seen = false;
  return {
    call: {
      ...call,
      onEvent: (event) => {
        if (isOutput(event)) seen = true;
        return onEvent(event);
      },
    },
    outputSeen: () => seen,
  };
}

function isOutput(event: ModelStreamEvent): boolean {
  return event.type !== 'response_started' && event.type !== 'model';
}

interface FailedAttempt {
  readonly call: ModelCall;
  readonly error: unknown;
  readonly attempt: number;
  readonly retry: ModelRetrySettings;
  readonly runtime: Runtime;
}

/** Milliseconds until the next attempt; `undefined` where there is none. */
async function retryDelay(failed: FailedAttempt): Promise<number | undefined> {
  const { call, error, attempt, retry } = failed;
  const { request, model } = call;
  const maxRetries = retry.maxRetries ?? 0;
  if (attempt > maxRetries || request.signal?.aborted === true) return undefined;
  const stream = call.onEvent !== undefined;
  const advice = await model.getRetryAdvice?.({ request, error, stream, attempt });
  const normalized = normalizeError(error, advice);
  const statefulRequest = request.previousResponseId !== undefined || request.conversationId !== undefined;
  const replaySafety = advice?.replaySafety ?? 'unknown';
  const decision = await retry.policy?.({
    error,
    attempt,
    maxRetries,
    stream,
    providerAdvice: advice,
    normalized,
    replaySafety,
    statefulRequest,
  });
  const details = typeof decision === 'object' ? decision : { retry: decision ?? false };
  if (!details.retry || !maySendAgain(details, { replaySafety, statefulRequest, stream })) return undefined;
  return details.delayMs ?? normalized.retryAfterMs ?? backoffDelay(failed);
}

interface Replay {
  readonly replaySafety: 'safe' | 'unsafe' | 'unknown';
  readonly statefulRequest: boolean;
  readonly stream: boolean;
}

/** A request that the provider may already have stored is sent again only with consent [RSP-11]. */
function maySendAgain(decision: Extract<RetryDecision, object>, replay: Replay): boolean {
  const { replaySafety, statefulRequest, stream } = replay;
  if (replaySafety === 'safe') return true;
  if (replaySafety === 'unsafe') return !stream && decision.approveUnsafeReplay === true;
  return !statefulRequest;
}

function normalizeError(error: unknown, advice: ModelRetryAdvice | undefined): ModelRetryNormalizedError {
  const request = error instanceof ModelRequestError ? error : undefined;
  return {
    statusCode: request?.statusCode,
    errorCode: request?.errorCode,
    retryAfterMs: advice?.retryAfterMs ?? request?.retryAfterMs,
    isNetworkError: request?.isNetworkError ?? !(error instanceof AgentsError),
    isTimeout: error instanceof ModelTimeoutError,
    isAbort: false,
    ...advice?.normalized,
  };
}

function backoffDelay({ retry, attempt, runtime }: FailedAttempt): number {
  const { initialDelayMs = 250, maxDelayMs = 2000, multiplier = 2, jitter = true } = retry.backoff ?? {};
  const delay = initialDelayMs * multiplier ** (attempt - 1);
  const spread = jitter ? 0.875 + runtime.random() * 0.25 : 1;
  return Math.min(maxDelayMs, Math.min(maxDelayMs, delay) * spread);
}

function checkBackoff(backoff: ModelRetryBackoffSettings | undefined): void {
  for (const [name, value] of Object.entries(backoff ?? {})) {
    if (typeof value === 'number' && value < 0) {
      throw new UserError(`modelSettings.retry.backoff.${name} is ${value}. Pass a number from 0 up.`);
    }
  }
}

/** Attempts that failed were requests, too: they count, without tokens [RUN-36]. */
function countFailures(response: ModelResponse, failures: number): ModelResponse {
  if (failures === 0) return response;
  const usage = new Usage();
  for (let i = 0; i < failures; i++) usage.add(new Usage({ requests: 1 }));
  usage.add(response.usage);
  return { ...response, usage };
}
