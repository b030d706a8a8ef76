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

/** How much a logger says; each level says what the later ones say, too. */
export type LogLevel = 'debug' | 'warn' | 'error' | 'silent';

/** Options of {@link createLogger}. */
export interface LoggerOptions {
  /** The least that is said. Default `warn`. */
  readonly level?: LogLevel | undefined;
  /** Takes what is said. Default: the platform's console, in Node all of it on stderr. */
  readonly write?: ((level: Exclude<LogLevel, 'silent'>, message: string) => void) | undefined;
}

/**
 * Makes a logger that says as much as it is asked to. Pass it to a `Runner`, to a tracing, or to a model.
 *
 * @example
 * ```ts
 * import { createLogger, Runner } from '@baton/core';
 *
 * export const runner = new Runner({ logger: createLogger({ level: 'error' }) });
 * ```
 */
export function createLogger({ level = 'warn', write = writeToConsole }: LoggerOptions = {}): Logger {
  const from = LEVELS.indexOf(level);
  const say = (at: Exclude<LogLevel, 'silent'>) => (message: string) => {
    if (LEVELS.indexOf(at) >= from) write(at, message);
  };
  return { debug: say('debug'), warn: say('warn'), error: say('error') };
}

const LEVELS: readonly LogLevel[] = ['debug', 'warn', 'error', 'silent'];

/** `console.debug` would be stdout in Node, where an app's own output goes. */
function writeToConsole(level: Exclude<LogLevel, 'silent'>, message: string): void {
  if (level === 'error') globalThis.console.error(message);
  else globalThis.console.warn(message);
}
