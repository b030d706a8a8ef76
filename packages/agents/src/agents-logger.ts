import { consoleLogger, createLogger } from '@baton/core';
import type { Logger } from '@baton/core';

const state: { logger: Logger } = { logger: consoleLogger };

/** Says what runs, tracing and models have to say, through whatever logger is set at that time. */
export const agentsLogger: Logger = {
  debug: (message) => state.logger.debug(message),
  warn: (message) => state.logger.warn(message),
  error: (message) => state.logger.error(message),
};

/**
 * Sets where everything goes that Baton has to say beside its results: warnings, and errors that are not thrown.
 *
 * @param logger Default: warnings and errors on the console, in Node on stderr.
 *
 * @example
 * ```ts
 * import { createLogger, setLogger } from '@baton/agents';
 *
 * const lines: string[] = [];
 * setLogger(createLogger({ level: 'warn', write: (level, message) => lines.push(`${level} ${message}`) }));
 * ```
 */
export function setLogger(logger: Logger = consoleLogger): void {
  state.logger = logger;
}

/** The logger of runs that have none of their own; it follows `setLogger()`. */
export function getLogger(): Logger {
  return agentsLogger;
}

/** A logger that says everything, on stderr. */
export function sayEverything(): void {
  state.logger = createLogger({ level: 'debug' });
}
