import { defineConfig } from 'vitest/config';

// Set by `.ci/run`, which counts the tests from the file.
const report = process.env['BATON_TEST_REPORT'];

export default defineConfig({
  // Tests run on the sources: no build is needed first.
  ssr: { resolve: { conditions: ['@baton/source', 'node', 'import', 'module', 'default'] } },
  test: {
    projects: ['packages/*', 'examples/*'],
    reporters: report === undefined ? ['default'] : ['default', ['json', { outputFile: report }]],
  },
});
