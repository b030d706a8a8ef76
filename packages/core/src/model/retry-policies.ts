import type { RetryDecision, RetryPolicy, RetryPolicyContext } from './model-settings.js';

/**
 * Ready-made answers to "shall this failed model call be sent again?", and ways to combine them. A failure
 * that has already streamed output, or was a cancellation, is never sent again, whatever a policy says.
 *
 * @example
 * ```ts
 * import { retryPolicies, type ModelSettings } from '@baton/core';
 *
 * export const patient: ModelSettings = {
 *   retry: {
 *     maxRetries: 3,
 *     policy: retryPolicies.any(retryPolicies.providerSuggested(), retryPolicies.networkError()),
 *   },
 * };
 * ```
 */
export const retryPolicies: RetryPolicies = {
  never: () => () => false,
  providerSuggested: () => (context) => {
    const { suggested, retryAfterMs } = context.providerAdvice ?? {};
    return suggested === true && { retry: true, ...(retryAfterMs !== undefined && { delayMs: retryAfterMs }) };
  },
  networkError: () => ({ normalized }) => normalized.isNetworkError || normalized.isTimeout,
  httpStatus: (statuses) => ({ normalized }) =>
    normalized.statusCode !== undefined && statuses.includes(normalized.statusCode),
  retryAfter: () => ({ normalized }) =>
    normalized.retryAfterMs !== undefined && { retry: true, delayMs: normalized.retryAfterMs },
  any: (...policies) => async (context) => {
    // An outright no of a policy that gives a reason is a veto; the first yes is taken otherwise.
    const decisions = await decideAll(policies, context);
    return decisions.find(isVeto) ?? decisions.find(isYes) ?? false;
  },
  all: (...policies) => async (context) => {
    const decisions = await decideAll(policies, context);
    const no = decisions.find((decision) => !isYes(decision));
    return no ?? decisions.find((decision) => typeof decision === 'object') ?? decisions.length > 0;
  },
};

/** See `retryPolicies`. */
export interface RetryPolicies {
  /** Not at all. */
  readonly never: () => RetryPolicy;
  /** Where the provider says so, after the time it names. */
  readonly providerSuggested: () => RetryPolicy;
  /** Where no answer came: refused connection, dropped stream, time-out. */
  readonly networkError: () => RetryPolicy;
  /** For these HTTP statuses. */
  readonly httpStatus: (statuses: readonly number[]) => RetryPolicy;
  /** Where the provider names a time to wait. */
  readonly retryAfter: () => RetryPolicy;
  /** Where one of the policies says yes and none says no with a reason. */
  readonly any: (...policies: readonly RetryPolicy[]) => RetryPolicy;
  /** Where all of the policies say yes. */
  readonly all: (...policies: readonly RetryPolicy[]) => RetryPolicy;
}

async function decideAll(
  policies: readonly RetryPolicy[],
  context: RetryPolicyContext,
): Promise<RetryDecision[]> {
  const decisions: RetryDecision[] = [];
  for (const policy of policies) decisions.push(await policy(context));
  return decisions;
}

function isYes(decision: RetryDecision): boolean {
  return decision === true || (typeof decision === 'object' && decision.retry);
}

function isVeto(decision: RetryDecision): boolean {
  return typeof decision === 'object' && !decision.retry && decision.reason !== undefined;
}
