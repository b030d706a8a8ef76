/** Where Baton says what it cannot return: replace it to use your own. */
export interface Logger {
  debug(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

/** Warnings and errors to the platform's console, which is stderr in Node; debug messages nowhere. */
export const consoleLogger: Logger = {
  debug: () => undefined,
  warn: (message) => globalThis.console.warn(message),
  error: (message) => globalThis.console.error(message),
};
