import type { SpanError } from '@baton/core';

interface TimerLike {
  readonly unref?: () => void;
}

/** Calls the function after the time, without keeping the process alive for it; the returned function stops it. */
export function startQuietTimer(ms: number, onTime: () => void): () => void {
  const timer = setTimeout(onTime, ms);
  // Node, Deno and Bun give an object, browsers and workers a number.
  if (typeof timer === 'object') (timer as TimerLike).unref?.();
  return () => clearTimeout(timer);
}

/** Waits, without keeping the process alive for it; resolves at once when the signal aborts. */
export function sleepQuietly(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted === true) {
      resolve();
      return;
    }
    const done = (): void => {
      stop();
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const stop = startQuietTimer(ms, done);
    signal?.addEventListener('abort', done, { once: true });
  });
}

/** Whether the work ends within the time. While it waits, and no longer, the process is kept alive. */
export async function endsWithin(ms: number, work: Promise<void>): Promise<boolean> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), ms);
  });
  try {
    return await Promise.race([work.then(() => true), late]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * A clock for one trace, in milliseconds since the epoch with a fraction: the time of day as it starts, then as much
 * later as has really passed, so that no span ends before it started because somebody set the clock.
 */
export function startClock(): () => number {
  const clock = performance;
  const offset = Date.now() - clock.now();
  return () => offset + clock.now();
}

/** ISO 8601 in UTC; null for no time. */
export function toIso(ms: number | undefined): string | null {
  return ms === undefined || ms === 0 ? null : new Date(ms).toISOString();
}

/** The environment variable, where the platform has such. */
export function readEnv(name: string): string | undefined {
  // No types of Node here: the package runs in browsers too.
  const { process } = globalThis as { readonly process?: { readonly env?: Readonly<Record<string, string | undefined>> } };
  try {
    return process?.env?.[name];
  } catch {
    return undefined; // Deno without the permission
  }
}

/** What a thrown value says. Never throws itself. */
export function textOf(error: unknown): string {
  try {
    return error instanceof Error ? error.message : String(error);
  } catch {
    return 'an error without a text';
  }
}

/** What a span says of a failure. Never throws itself. */
export function toSpanError(error: unknown): SpanError {
  const name = error instanceof Error ? nameOf(error) : undefined;
  return { message: textOf(error), ...(name !== undefined && { name }) };
}

function nameOf(error: Error): string | undefined {
  try {
    return error.name;
  } catch {
    return undefined;
  }
}
