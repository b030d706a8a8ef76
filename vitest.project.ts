import { defineProject } from 'vitest/config';

/** The project of one package: its `test/*.test.ts`, run on the sources of all packages. */
export default defineProject({
  ssr: { resolve: { conditions: ['@baton/source', 'node', 'import', 'module', 'default'] } },
  test: { include: ['test/**/*.test.ts'] },
});
