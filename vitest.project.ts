import { defineProject } from 'vitest/config';

/** The project of one package: its `test/*.test.ts`, run on the sources of all packages. */
export default defineProject({
  ssr: { resolve: { conditions: ['@baton/source', 'node', 'import', 'module', 'default'] } },
  // Generous, as no test is timed: a busy machine is no failure.
  test: { include: ['test/**/*.test.ts'], testTimeout: 60_000 },
});
