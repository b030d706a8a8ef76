/**
 * Tries again while another connection is writing, without holding the event loop as a driver's own timeout does.
 *
 * @param timeoutMs After how long the driver's error is thrown.
 */
export async function retryWhileBusy<T>(work: () => Promise<T>, timeoutMs: number): Promise<T> {
  const end = Date.now() + timeoutMs;
  for (let most = 2; ; most = Math.min(most * 2, LONGEST_PAUSE_MS)) {
    try {
      return await work();
    } catch (error) {
      if (!isBusy(error) || Date.now() >= end) throw error;
      // By chance, so that two that met do not meet again.
      await new Promise((resume) => setTimeout(resume, Math.random() * most));
    }
  }
}

/** SQLITE_BUSY (5) and SQLITE_LOCKED (6), as each driver says them: https://www.sqlite.org/rescode.html. */
function isBusy(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ('errcode' in error && typeof error.errcode === 'number') {
    return BUSY_CODES.includes(error.errcode & 0xff);
  }
  return 'code' in error && /^SQLITE_(BUSY|LOCKED)/.test(String(error.code));
}

const BUSY_CODES: readonly number[] = [5, 6];
const LONGEST_PAUSE_MS = 50;
