interface Flushable {
  forceFlush(): Promise<void>;
}

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
    if (hasNews()) void tracing.forceFlush();
  };
  process.on('beforeExit', onBeforeExit);
  return () => void process.off?.('beforeExit', onBeforeExit);
}

interface PlatformExit {
  readonly process?: {
    on?(event: 'beforeExit', listener: () => void): unknown;
    off?(event: 'beforeExit', listener: () => void): unknown;
  };
  readonly navigator?: { readonly userAgent?: string };
}
