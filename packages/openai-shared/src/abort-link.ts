/** A signal for one call, and the end of that call. */
export interface AbortLink {
  readonly signal: AbortSignal;
  /** Lets go of the outer signal, which may live for many calls. */
  readonly release: () => void;
}

/** A signal that follows an outer one until it is released; whoever listens to it can not leak [JS-17]. */
export function linkSignal(outer: AbortSignal): AbortLink {
  const controller = new AbortController();
  const abort = (): void => {
    controller.abort(outer.reason);
  };
  if (outer.aborted) abort();
  else outer.addEventListener('abort', abort, { once: true });
  return {
    signal: controller.signal,
    release: () => outer.removeEventListener('abort', abort),
  };
}
