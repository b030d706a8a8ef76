// Everything is measured in fresh Node processes.

import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

const execute = promisify(execFile);

/** The folder of this package; imports are resolved as those of a user who depends on Baton. */
export const benchDirectory = join(import.meta.dirname, '..');

/** Runs Node in a folder, this package's by default, and reads the JSON of the last line it prints. */
export async function runNodeForJson(args, { cwd = benchDirectory, timeoutMs } = {}) {
  const { stdout } = await execute(process.execPath, args, {
    cwd,
    // As short an environment as a process can have, so that nothing of the shell is measured.
    env: { PATH: process.env.PATH, HOME: process.env.HOME },
    ...(timeoutMs !== undefined && { timeout: timeoutMs }),
  });
  return JSON.parse(stdout.trimEnd().split('\n').at(-1));
}
