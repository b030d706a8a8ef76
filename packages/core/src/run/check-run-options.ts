import { UserError } from '../error/index.js';
import { isRecord, toJsonText } from '../internal/json.js';
import { unknownOption } from '../internal/unknown-option.js';
import type { RunOptions } from './run-config.js';

/**
 * Refuses what a run cannot work with, before it begins.
 *
 * @throws UserError naming the option.
 */
export function checkRunOptions(options: RunOptions<never>): void {
  const { maxTurns, timeoutMs, session, signal, toolExecution } = options;
  const unknown = unknownOption(options, OPTIONS);
  if (unknown !== undefined) throw new UserError(`The run has an ${unknown}`);
  checkMaxTurns(maxTurns);
  checkTimeLimit(timeoutMs);
  if (signal !== undefined && !hasMethod(signal, 'addEventListener')) {
    throw new UserError(
      'The signal of the run is not an AbortSignal. Pass the signal of an AbortController, not the controller, or leave it out.',
    );
  }
  checkMiddleware(options, 'modelMiddleware');
  checkMiddleware(options, 'toolMiddleware');
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

function checkMiddleware(options: RunOptions<never>, name: 'modelMiddleware' | 'toolMiddleware'): void {
  const given: unknown = options[name];
  if (given === undefined || (Array.isArray(given) && given.every((each) => typeof each === 'function'))) return;
  throw new UserError(`${name} is not a list of functions. Pass one, also for a single middleware: [middleware].`);
}

/** Every option of a run, and `stream`, which the types of `run()` add. */
const OPTIONS: Readonly<Record<keyof RunOptions | 'stream', true>> = {
  model: true,
  modelProvider: true,
  modelSettings: true,
  handoffInputFilter: true,
  inputGuardrails: true,
  outputGuardrails: true,
  sessionInputCallback: true,
  callModelInputFilter: true,
  toolExecution: true,
  toolNotFoundBehavior: true,
  toolNameCollisionPolicy: true,
  toolErrorFormatter: true,
  outputGuardrailBlockedMessage: true,
  reasoningItemIdPolicy: true,
  nestHandoffHistory: true,
  handoffHistoryMapper: true,
  modelMiddleware: true,
  toolMiddleware: true,
  tracer: true,
  tracingDisabled: true,
  traceIncludeSensitiveData: true,
  workflowName: true,
  traceId: true,
  groupId: true,
  traceMetadata: true,
  tracing: true,
  runtime: true,
  logger: true,
  context: true,
  maxTurns: true,
  signal: true,
  timeoutMs: true,
  errorHandlers: true,
  session: true,
  previousResponseId: true,
  conversationId: true,
  autoPreviousResponseId: true,
  stream: true,
};

/** Refuses a number of turns that is none. */
export function checkMaxTurns(maxTurns: number | null | undefined): void {
  if (maxTurns === undefined || maxTurns === null || (typeof maxTurns === 'number' && maxTurns >= 0)) return;
  throw new UserError(`maxTurns is ${String(maxTurns)}. Pass a number from 0 up, or null for no limit.`);
}

/** Refuses a time that is none. */
export function checkTimeLimit(timeoutMs: number | undefined): void {
  if (timeoutMs === undefined || (typeof timeoutMs === 'number' && timeoutMs > 0)) return;
  throw new UserError(`timeoutMs is ${timeoutMs}. Pass milliseconds above 0.`);
}

/** Refuses a list of items that holds something else; `source` says what gave them. */
export function checkInputItems(items: readonly unknown[], source = 'the input'): void {
  const index = items.findIndex((item) => !isRecord(item) || !('type' in item || 'role' in item));
  if (index < 0) return;
  throw new UserError(
    `Item ${index} of ${source} is ${toJsonText(items[index])}. Pass messages and other items, e.g. user('Hello').`,
  );
}

/** Refuses what a session or a callback of the run gave, where it is no list of items. */
export function checkItemList(items: unknown, source: string): void {
  if (Array.isArray(items)) return checkInputItems(items, source);
  throw new UserError(`${source} gave ${toJsonText(items)}. It must give a list of items.`);
}

/** Types are no help in JavaScript, where null is what many pass for nothing. */
function hasMethod(value: unknown, name: string): boolean {
  return typeof value === 'object' && value !== null && typeof Reflect.get(value, name) === 'function';
}
