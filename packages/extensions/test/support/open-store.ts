import { PostgresSession } from '@baton/extensions/postgres-session';
import { SQLiteSession, type SQLiteDatabase } from '@baton/extensions/sqlite-session';

/** The drivers that sessions are tried with. */
export type DriverName = '@libsql/client' | 'node:sqlite' | 'better-sqlite3' | 'pg';

/** Which database: a file, or the URL of a PostgreSQL. */
export interface StoreAddress {
  readonly driver: DriverName;
  readonly url: string;
}

/** A new connection, and sessions over it. */
export interface OpenStore {
  /** Lets readers and a writer work beside each other, as the guide says; PostgreSQL always does. */
  useWAL(): Promise<void>;
  session(options?: {
    sessionId?: string | undefined;
    limit?: number;
  }): SQLiteSession | PostgresSession;
  close(): Promise<void>;
}

/** Why a driver cannot be used here; nothing where it can. */
export async function whyNoDriver(driver: DriverName): Promise<string | undefined> {
  try {
    await import(driver);
    return undefined;
  } catch {
    return driver === 'node:sqlite'
      ? `Node ${process.versions.node} has none`
      : 'it is not installed';
  }
}

export async function openStore({ driver, url }: StoreAddress): Promise<OpenStore> {
  switch (driver) {
    case '@libsql/client': {
      const { createClient } = await import('@libsql/client');
      const database = createClient({ url: `file:${url}` });
      return {
        session: (options) => new SQLiteSession({ busyTimeoutMs: 60_000, ...options, database }),
        useWAL: async () => void (await database.execute(WAL)),
        close: async () => database.close(),
      };
    }
    case 'pg': {
      const { default: pg } = await import('pg');
      const pool = new pg.Pool({ connectionString: url, max: 2 });
      pool.on('error', () => undefined);
      return {
        session: (options) => new PostgresSession({ ...options, client: pool }),
        useWAL: async () => undefined,
        close: () => pool.end(),
      };
    }
    case 'node:sqlite':
    case 'better-sqlite3': {
      // Not everywhere, so that there are no types of it.
      const module = (await import(driver)) as SQLiteModule;
      const Database = module.DatabaseSync ?? module.default;
      if (Database === undefined) throw new Error(`${driver} has no database`);
      const database = new Database(url);
      return {
        session: (options) => new SQLiteSession({ busyTimeoutMs: 60_000, ...options, database }),
        useWAL: async () => void database.prepare(WAL).all(),
        close: async () => database.close(),
      };
    }
    default:
      return driver satisfies never;
  }
}

const WAL = 'PRAGMA journal_mode = WAL';

interface SQLiteModule {
  readonly DatabaseSync?: new (file: string) => SQLiteDatabase & { close(): void };
  readonly default?: new (file: string) => SQLiteDatabase & { close(): void };
}
