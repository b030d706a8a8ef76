import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

// The official runner needs Node 22 and an install of its own, and tests the build: see conformance/run.mjs.
const folder = process.env['BATON_MCP_CONFORMANCE'];

describe.skipIf(folder === undefined)('the official conformance runner', () => {
  it('finds no client scenario that fails, but those that are expected to', async () => {
    const run = fileURLToPath(new URL('conformance/run.mjs', import.meta.url));
    const said = await new Promise<string>((resolve) => {
      execFile(process.execPath, [run, folder ?? ''], (_error, stdout) => resolve(stdout));
    });
    expect(said.split('\n').filter((line) => /^(FAILS|PASSES NOW)/.test(line))).toEqual([]);
    expect(said).toContain('passes');
  }, 600_000);
});
