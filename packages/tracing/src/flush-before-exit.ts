interface Flushable {
  forceFlush(timeoutMs: number): Promise<void>;
}

/** How long a process that has nothing else to do lives on for its traces, where the backend is silent. */
const LONGEST_AT_EXIT_MS = 5_000;

/**
 * Sends what waits when the process has nothing else left to do, so that a script that is over in a second has its traces
 * all the same. Where the platform has no such moment - browsers, workers - it does nothing.
 *
 * @param hasNews Whether something came since it was asked last.
 * @returns Takes it back.
 */
export function flushBeforeExit(tracing: Flushable, hasNews: () => boolean): () => void {
  const { process, navigator } = globalThis as PlatformExit; // no types of Node here: the package runs in browsers too
  if (process?.on === undefined || process.off === undefined || navigator?.userAgent === 'Cloudflare-Workers') return () => undefined;
  const onBeforeExit = (): void => {
    // Node tells again when the flush is over: what could not be sent in its time must not be tried for ever.
    if (hasNews()) void tracing.forceFlush(LONGEST_AT_EXIT_MS);
  };
  // One listener each is no leak: Node's warning at the eleventh is for those who do not take theirs back.
  makeRoom(process, 1);
  process.on('beforeExit', onBeforeExit);
  return () => {
    process.off?.('beforeExit', onBeforeExit);
    makeRoom(process, -1);
  };
}

function makeRoom(process: NonNullable<PlatformExit['process']>, listeners: 1 | -1): void {
  const most = process.getMaxListeners?.() ?? 0;
  // 0 is no limit.
  if (most > 0) process.setMaxListeners?.(most + listeners);
}

interface PlatformExit {
  readonly process?: {
    on?(event: 'beforeExit', listener: () => void): unknown;
    off?(event: 'beforeExit', listener: () => void): unknown;
    getMaxListeners?(): number;
    setMaxListeners?(most: number): unknown;
  };
  readonly navigator?: { readonly userAgent?: string };
}
