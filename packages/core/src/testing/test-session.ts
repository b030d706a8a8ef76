import type { Law } from './contract/law.js';
import { concurrencyLaws } from './session-contract/concurrency-laws.js';
import { itemLaws } from './session-contract/item-laws.js';
import { listLaws } from './session-contract/list-laws.js';
import { runLaws } from './session-contract/run-laws.js';
import { sessionLawsFor } from './session-contract/session-lab.js';
import type { SessionTestSetup } from './session-contract/session-test-setup.js';

/**
 * The laws every `Session` keeps, as tests of yours: order, limits, items that come back as they were,
 * batches that are kept whole when several add at once, and two real runs. Run it in the tests of a store,
 * with any test runner.
 *
 * @param setup How to make a session; see {@link SessionTestSetup}.
 * @returns One law per test; each stands alone and makes its own sessions.
 * @example
 * ```ts
 * import { MemorySession } from '@baton/core';
 * import { testSession } from '@baton/core/testing';
 * import { it } from 'vitest'; // or: import { it } from 'node:test';
 *
 * for (const law of testSession({ create: () => new MemorySession() })) it(law.name, law.run);
 * ```
 */
export function testSession(setup: SessionTestSetup): readonly Law[] {
  return sessionLawsFor([...listLaws, ...itemLaws, ...concurrencyLaws, ...runLaws], setup);
}
