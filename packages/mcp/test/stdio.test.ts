import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { DefaultMCPServerStdioOptions } from '../src/index.js';
import { MCPServerError, MCPServerStdio } from '../src/index.js';
import { splitCommand } from '../src/split-command.js';

const SERVER = fileURLToPath(new URL('support/stdio-server.mjs', import.meta.url));

const servers: MCPServerStdio[] = [];

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

function make(modes: readonly string[] = [], options: Partial<DefaultMCPServerStdioOptions> = {}): MCPServerStdio {
  const server = new MCPServerStdio({ command: process.execPath, args: [SERVER, ...modes], stderr: 'ignore', ...options });
  servers.push(server);
  return server;
}

async function start(modes: readonly string[] = [], options: Partial<DefaultMCPServerStdioOptions> = {}): Promise<MCPServerStdio> {
  const server = make(modes, options);
  await server.connect();
  return server;
}

async function ask<T>(server: MCPServerStdio, tool: string): Promise<T> {
  const [part] = await server.callTool(tool, {});
  return JSON.parse(String(part?.['text'])) as T; // what the server above answers
}

const failure = async (work: Promise<unknown>): Promise<unknown> => work.then(() => undefined, (error: unknown) => error);

describe('a server process', () => {
  it('is named by its command alone, unless it has a name [MCP-2]', () => {
    expect(make(['--token', 'secret-value-1']).name).toBe(`stdio: ${process.execPath}`);
    expect(new MCPServerStdio({ fullCommand: 'npx -y some-server --key abc' }).name).toBe('stdio: npx');
    expect(new MCPServerStdio({ fullCommand: 'npx -y some-server', name: 'mine' }).name).toBe('mine');
  });

  it('may be given as a whole command line [MCP-2]', async () => {
    const server = new MCPServerStdio({ fullCommand: `"${process.execPath}" "${SERVER}"`, stderr: 'ignore' });
    servers.push(server);
    await server.connect();
    expect((await server.listTools()).length).toBeGreaterThan(0);
  });

  it('sees of this process\'s environment only what is safe, and what it is given [MCP-2]', async () => {
    process.env['BATON_TEST_SECRET'] = 'mine';
    try {
      const server = await start([], { env: { GIVEN: 'yes' }, cwd: tmpdir() });
      const { env, cwd } = await ask<{ env: Record<string, string>; cwd: string }>(server, 'environment');
      expect(env).toMatchObject({ GIVEN: 'yes', PATH: process.env['PATH'] });
      expect(env).not.toHaveProperty('BATON_TEST_SECRET');
      expect(cwd).toContain(tmpdir());
    } finally {
      delete process.env['BATON_TEST_SECRET'];
    }
  });

  it('may write to stdout what is no message', async () => {
    expect(await ask<number[]>(await start(['noisy']), 'pids')).toHaveLength(1);
  });

  it('that cannot start, or ends at once, says why, and nothing secret [MCP-4]', async () => {
    expect(await failure(make([], { command: 'no-such-command-here' }).connect())).toMatchObject({
      message: expect.stringContaining('no-such-command-here ENOENT'),
    });
    const error = await failure(make(['broken'], { env: { API_TOKEN: 'sk-very-secret-value' } }).connect());
    expect(error).toBeInstanceOf(MCPServerError);
    expect((error as Error).message).toContain('the configuration is missing');
    expect((error as Error).message).not.toContain('sk-very-secret-value');
  });

  it('leaves no part of a secret in an error, wherever its words are cut [JS-128]', async () => {
    const error = await failure(make(['wordy'], { env: { API_TOKEN: 'sk-very-secret-value' } }).connect());
    expect(error).toMatchObject({ message: expect.stringContaining('its process ended with code 3. It wrote: ') as string });
    expect(String(error)).not.toContain('value');
  });

  it('that ends, or says more than anybody reads, is told by why it was lost', async () => {
    const server = await start();
    await expect(server.callTool('crash', {})).rejects.toThrow(/closed: its process ended with code 1\. It may/);
    await expect(server.callTool('flood', {})).rejects.toThrow(/: it sent a message of more than 10 MiB\. It may/);
  });

  it('is not quoted at any length in an error', async () => {
    const error = await failure((await start()).callTool('nonsense', {}));
    expect((error as Error).message.length).toBeLessThan(3000);
    expect((error as Error).message).toMatch(/\[\d+ more characters\]$/);
  });

  it('that ends in the middle of a call fails the call, and the next one starts it anew', async () => {
    const said: string[] = [];
    const logger = { debug: () => undefined, warn: (message: string) => void said.push(message), error: () => undefined };
    const server = await start([], { logger });
    const [before] = await ask<number[]>(server, 'pids');
    expect(await failure(server.callTool('crash', {}))).toMatchObject({ isConnectionError: true });
    const [after] = await ask<number[]>(server, 'pids');
    expect(after).not.toBe(before);
    expect(said).toEqual([expect.stringContaining('was lost. It is made again')]);
  });

  it('that ended stays ended where reconnect is off, until somebody connects it', async () => {
    const server = await start([], { reconnect: false });
    await failure(server.callTool('crash', {}));
    expect(await failure(server.callTool('pids', {}))).toMatchObject({ message: expect.stringContaining('reconnect is off') });
    await server.connect();
    expect(await ask<number[]>(server, 'pids')).toHaveLength(1);
  });

  it('says that its tools have changed, and they are listed anew', async () => {
    const server = await start([], { cacheToolsList: true });
    const before = await server.listTools();
    await server.callTool('change', {});
    await until(async () => (await server.listTools()).length > before.length);
    expect((await server.listTools()).map(({ name }) => name)).toContain('another');
  });
});

describe('no process is left behind', () => {
  it('by close(), however stubborn the server and what it started are [MCP-5]', async () => {
    const server = await start(['stubborn', 'parent']);
    const pids = await ask<number[]>(server, 'pids');
    expect(pids.filter(isRunning)).toHaveLength(2);
    await server.close();
    await until(() => !pids.some(isRunning));
    expect(server.pid).toBeUndefined();
  });

  it('by a server that ends itself: what it started ends too', async () => {
    const server = await start(['parent']);
    const pids = await ask<number[]>(server, 'pids');
    await failure(server.callTool('crash', {}));
    await until(() => !pids.some(isRunning));
  });

  it('by a connect() that fails', async () => {
    const server = make(['silent', 'stubborn'], { clientSessionTimeoutSeconds: 2 });
    const connecting = failure(server.connect());
    await until(() => server.pid !== undefined);
    const { pid = 0 } = server;
    expect(await connecting).toMatchObject({ isTimeout: true });
    await until(() => !isRunning(pid));
  });

  it('nor is a listener on this process', async () => {
    const count = (): number[] => ['exit', 'SIGINT', 'SIGTERM', 'SIGHUP'].map((event) => process.listenerCount(event));
    const before = [...count(), process.getMaxListeners()];
    const server = await start();
    expect(count()).not.toEqual(before.slice(0, 4));
    await server.close();
    expect([...count(), process.getMaxListeners()]).toEqual(before);
  });
});

describe('an app that ends without a close()', () => {
  let folder: string;

  // The app is plain Node, as an app is: the sources are bundled for it.
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'baton-mcp-app-'));
    await build({
      stdin: {
        contents: `
          import { MCPServerStdio } from './index.js';
          (async () => {
            const server = new MCPServerStdio({ command: process.execPath, args: [${JSON.stringify(SERVER)}, 'stubborn', 'parent'], stderr: 'ignore' });
            await server.connect();
            const [{ text }] = await server.callTool('pids', {});
            process.stdout.write(text + '\\n');
            if (process.argv[2] === 'exit') process.exit(0);
            if (process.argv[2] === 'throw') setTimeout(() => { throw new Error('unexpected'); });
            setInterval(() => undefined, 1000);
          })();
        `,
        resolveDir: fileURLToPath(new URL('../src', import.meta.url)),
      },
      bundle: true,
      platform: 'node',
      format: 'cjs',
      conditions: ['@baton/source'],
      define: { 'import.meta.url': '""' },
      logLevel: 'silent',
      outfile: join(folder, 'app.cjs'),
    });
    await writeFile(join(folder, 'package.json'), '{}');
  });

  afterAll(async () => {
    await rm(folder, { recursive: true });
  });

  it.each(['exit', 'throw', 'SIGTERM', 'SIGINT', 'SIGHUP'] as const)('by %s leaves no process behind', async (how) => {
    const app = spawn(process.execPath, [join(folder, 'app.cjs'), how], { stdio: ['ignore', 'pipe', 'ignore'] });
    const exited = new Promise<NodeJS.Signals | number | null>((resolve) => {
      app.once('exit', (code, signal) => resolve(signal ?? code));
    });
    const pids = await new Promise<number[]>((resolve) => {
      app.stdout.once('data', (chunk: Buffer) => resolve(JSON.parse(chunk.toString()) as number[])); // as the app writes it
    });
    if (how.startsWith('SIG')) app.kill(how as NodeJS.Signals);
    // It ends as it would have without servers.
    expect(await exited).toBe({ exit: 0, throw: 1 }[how as 'exit'] ?? how);
    try {
      await until(() => !pids.some(isRunning));
    } finally {
      for (const pid of pids.filter(isRunning)) process.kill(pid, 'SIGKILL');
    }
  });
});

describe('a command line', () => {
  it.each([
    ['npx -y server', ['npx', '-y', 'server']],
    ['  a   b ', ['a', 'b']],
    ['node "my file.js" \'x y\' a"b c"d', ['node', 'my file.js', 'x y', 'ab cd']],
    ['run ""', ['run', '']],
    [String.raw`C:\bin\node.exe x`, [String.raw`C:\bin\node.exe`, 'x']],
  ])('is split at spaces, but not inside quotes: %s', (line, words) => {
    expect(splitCommand(line)).toEqual(words);
  });
});

/** A process that has ended and is not yet looked after counts as ended. */
function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !isZombie(pid);
  } catch {
    return false;
  }
}

function isZombie(pid: number): boolean {
  try {
    return / Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 20));
}
