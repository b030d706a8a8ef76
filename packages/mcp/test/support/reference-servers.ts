import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type { DefaultMCPServerStdioOptions } from '../../src/index.js';

/** The file that starts a reference server. */
export function serverFile(name: 'everything' | 'filesystem' | 'memory'): string {
  const packageName = `@modelcontextprotocol/server-${name}`;
  const manifest = createRequire(import.meta.url).resolve(`${packageName}/package.json`);
  const { bin } = JSON.parse(readFileSync(manifest, 'utf8')) as { bin: Record<string, string> };
  return join(dirname(manifest), Object.values(bin)[0] ?? '');
}

/** The everything server as a process of its own, over stdio. */
export const everythingOverStdio: DefaultMCPServerStdioOptions = {
  command: process.execPath,
  args: [serverFile('everything'), 'stdio'],
  stderr: 'ignore',
};

/** A server over HTTP, and the process it runs in. */
export interface RunningServer {
  readonly url: string;
  readonly child: ChildProcess;
  stop(): Promise<void>;
}

/** The everything server over streamable HTTP or SSE, on a port that is free. */
export async function startEverything(
  kind: 'streamableHttp' | 'sse',
  port?: number,
): Promise<RunningServer> {
  const chosen = port ?? (await freePort());
  const child = spawn(process.execPath, [serverFile('everything'), kind], {
    env: { ...process.env, PORT: String(chosen) },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  await new Promise<void>((resolve, reject) => {
    let said = '';
    const hear = (chunk: Buffer): void => {
      said += chunk.toString();
      if (/listening|running on port/i.test(said)) resolve();
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('exit', () => reject(new Error(`The server ended: ${said}`)));
  });
  return {
    url: `http://127.0.0.1:${chosen}/${kind === 'sse' ? 'sse' : 'mcp'}`,
    child,
    stop: async () => {
      child.kill('SIGKILL');
      await exited;
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
