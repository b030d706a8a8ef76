import type { Logger } from '@baton/core';

/** Warnings and errors to the platform's console, which is stderr in Node; debug messages nowhere. */
export const consoleWarnings: Logger = {
  debug: () => undefined,
  warn: (message) => globalThis.console.warn(message),
  error: (message) => globalThis.console.error(message),
};
