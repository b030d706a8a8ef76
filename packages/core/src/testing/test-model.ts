import type { Law } from './contract/law.js';
import { answerLaws } from './model-contract/answer-laws.js';
import { callLaws } from './model-contract/call-laws.js';
import { failureLaws } from './model-contract/failure-laws.js';
import { lawsFor } from './model-contract/model-law.js';
import type { ModelTestSetup } from './model-contract/model-test-setup.js';
import { requestLaws } from './model-contract/request-laws.js';
import { streamLaws } from './model-contract/stream-laws.js';

/**
 * The laws every `Model` keeps, as tests of yours: what a provider says comes back whole, plain and
 * streamed; deltas fold to the items; requests go out once and unchanged; calls can be cancelled, fail as
 * typed errors and do not mix. Run it in the tests of a provider, with any test runner; rejections that
 * nobody handles are for the runner to report, as vitest and `node:test` do.
 *
 * @param setup How to prepare a model, and what its provider has not got; see {@link ModelTestSetup}.
 * @returns One law per test; the order is that of reading, each stands alone.
 * @example
 * ```ts
 * import { testModel, type PreparedModel, type ProviderReply } from '@baton/core/testing';
 * import { it } from 'vitest'; // or: import { it } from 'node:test';
 *
 * declare function startFake(replies: readonly ProviderReply[]): Promise<PreparedModel>; // yours
 *
 * for (const law of testModel({ prepare: startFake, without: ['refusals'] })) it(law.name, law.run);
 * ```
 */
export function testModel(setup: ModelTestSetup): readonly Law[] {
  return lawsFor(
    [...answerLaws, ...streamLaws, ...requestLaws, ...callLaws, ...failureLaws],
    setup,
  );
}
