// Everything is measured in fresh Node processes.

import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** The folder of this package; imports are resolved as those of a user who depends on Baton. */
export const benchDirectory = join(import.meta.dirname, '..');

/** Runs Node with these arguments and gives what it printed. */
export async function runNode(args, { node = process.execPath, timeoutMs } = {}) {
  const { stdout } = await execute(node, args, {
    cwd: benchDirectory,
    // As short an environment as a process can have, so that nothing of the shell is measured.
    env: { PATH: process.env.PATH, HOME: process.env.HOME },
    maxBuffer: 64 * 1024 * 1024,
    ...(timeoutMs !== undefined && { timeout: timeoutMs }),
  });
  return stdout;
}

/** Runs Node and reads the JSON of its last line. */
export async function runNodeForJson(args, options) {
  const output = await runNode(args, options);
  return JSON.parse(output.trimEnd().split('\n').at(-1));
}
