import { UserError } from '@baton/core';

/** Does work again for as long as another connection is in its way. */
export type Retry = <T>(work: () => Promise<T>) => Promise<T>;

/**
 * Tries again while another connection is writing, without holding the event loop as a driver's own timeout does.
 *
 * @param timeoutMs After how long to give up.
 * @throws UserError when the time is over; its `cause` is the driver's error.
 */
export async function retryWhileBusy<T>(work: () => Promise<T>, timeoutMs: number): Promise<T> {
  const end = Date.now() + timeoutMs;
  for (let most = 2; ; most = Math.min(most * 2, LONGEST_PAUSE_MS)) {
    try {
      return await work();
    } catch (error) {
      if (!isBusy(error)) throw error;
      if (Date.now() >= end) throw stillBusy(timeoutMs, error);
      // By chance, so that two that met do not meet again.
      await new Promise((resume) => setTimeout(resume, Math.random() * most));
    }
  }
}

/**
 * SQLITE_BUSY (5) and SQLITE_LOCKED (6), as each driver says them: https://www.sqlite.org/rescode.html. And what
 * libsql says while all connections of a client are in transactions.
 */
function isBusy(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ('errcode' in error && typeof error.errcode === 'number') {
    return BUSY_CODES.includes(error.errcode & 0xff);
  }
  return 'code' in error && /^(SQLITE_(BUSY|LOCKED)|TRANSACTION_ACTIVE)/.test(String(error.code));
}

function stillBusy(timeoutMs: number, cause: unknown): UserError {
  return new UserError(
    `The SQLite database was locked by others for ${timeoutMs} ms (\`busyTimeoutMs\`). Where several processes use one file, put it into WAL mode once: \`PRAGMA journal_mode = WAL\`. Nothing was changed.`,
    { cause },
  );
}

const BUSY_CODES: readonly number[] = [5, 6];
const LONGEST_PAUSE_MS = 50;
