import { UserError } from '../error/index.js';
import { isRecord, toJsonText } from '../internal/json.js';
import type { RunOptions } from './run-config.js';

/**
 * Refuses what a run cannot work with, before it begins.
 *
 * @throws UserError naming the option.
 */
export function checkRunOptions(options: RunOptions<never>): void {
  const { maxTurns, timeoutMs, session, toolExecution } = options;
  if (maxTurns !== undefined && maxTurns !== null && !(maxTurns >= 0)) {
    throw new UserError(`maxTurns is ${maxTurns}. Pass a number from 0 up, or null for no limit.`);
  }
  checkTimeLimit(timeoutMs);
  const atATime = toolExecution?.maxFunctionToolConcurrency ?? 1;
  if (!(atATime >= 1)) {
    throw new UserError(
      `maxFunctionToolConcurrency is ${atATime}. Pass a number from 1 up, or leave it out to run all tools of a turn at once.`,
    );
  }
  if (session !== undefined && (!hasMethod(session, 'getItems') || !hasMethod(session, 'addItems'))) {
    throw new UserError(
      'The session of the run is not a session. Pass one with getItems and addItems, e.g. new MemorySession().',
    );
  }
}

/** Refuses a time that is none. */
export function checkTimeLimit(timeoutMs: number | undefined): void {
  if (timeoutMs === undefined || timeoutMs > 0) return;
  throw new UserError(`timeoutMs is ${timeoutMs}. Pass milliseconds above 0.`);
}

/** Refuses a list of items that holds something else. */
export function checkInputItems(items: readonly unknown[]): void {
  const index = items.findIndex((item) => !isRecord(item) || !('type' in item || 'role' in item));
  if (index < 0) return;
  throw new UserError(
    `Item ${index} of the input is ${toJsonText(items[index])}. Pass messages and other items, e.g. user('Hello').`,
  );
}

function hasMethod(value: object, name: string): boolean {
  return typeof Reflect.get(value, name) === 'function';
}
