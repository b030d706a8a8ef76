// The closing line of `.ci/run`: node tools/count-tests.mjs <vitest json report> <exit codes of the steps…>

import { readFileSync } from 'node:fs';

const [report, testsExit, restExit] = process.argv.slice(2);
const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = readReport(report);

// A step that failed without a failing test (a lint error, a suite that did not load) is one failure.
const testsBroke = testsExit !== '0' && numFailedTests === 0;
const failed = numFailedTests + (testsBroke ? 1 : 0) + (restExit === '0' ? 0 : 1);
const skipped = numPendingTests + numTodoTests;

if (testsBroke) console.log('pnpm test failed, though no test did; see above.');
if (restExit !== '0') console.log('pnpm check:except-tests failed; see above.');
console.log(
  `${numPassedTests} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`,
);
process.exitCode = failed === 0 && numPassedTests > 0 ? 0 : 1;

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0 };
  }
}
