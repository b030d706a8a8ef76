// The other SDKs: installed on demand, in a folder of their own with its own lockfile.

import { execFileSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { benchDirectory } from './process.mjs';

export const rivalsDirectory = join(benchDirectory, 'rivals');

/** Installs what the lockfile says unless it is there. Says so and gives `false` where that fails. */
export function installRivals() {
  const lockfile = join(rivalsDirectory, 'package-lock.json');
  const installed = join(rivalsDirectory, 'node_modules/.package-lock.json');
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync(lockfile).mtimeMs)
    return true;
  console.error('Installing the other SDKs into bench/rivals …');
  try {
    execFileSync('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
      cwd: rivalsDirectory,
      stdio: ['ignore', 'inherit', 'inherit'],
      shell: process.platform === 'win32',
    });
    return true;
  } catch (error) {
    console.error(`That failed, so they are not measured: ${error.message}`);
    return false;
  }
}
