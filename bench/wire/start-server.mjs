// Starts the model server in a process of its own.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

/** The base URL of a new server, which ends with this process. */
export async function startServer() {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'server.mjs')], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const [line] = await once(child.stdout, 'data');
  child.unref();
  child.stdin.unref();
  child.stdout.unref();
  return `http://127.0.0.1:${JSON.parse(line).port}/v1`;
}
