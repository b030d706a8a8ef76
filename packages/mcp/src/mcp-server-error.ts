import { AgentsError } from '@baton/core';
import type { Redactor } from './redact.js';

/** The code of an answer that stands for one that cannot come any more; of those that the protocol leaves free. */
export const CONNECTION_LOST = -32_099;

/** What is known of a failed exchange with a server. */
export interface MCPServerErrorDetails {
  readonly serverName: string;
  /** HTTP status, where there was one; 401 means that the app has to sign in. */
  readonly statusCode?: number | undefined;
  /** JSON-RPC error code, where the server answered with an error. */
  readonly protocolCode?: number | undefined;
  /** Whether the server took longer than it may. */
  readonly isTimeout?: boolean;
  /** Whether the connection is lost, or could not be made. */
  readonly isConnectionError?: boolean;
}

/**
 * An MCP server did not answer, refused, or could not be reached. Nothing in it holds credentials: not the
 * message, not its cause. Tools tell it to the model; `connect()`, listings and direct calls throw it.
 */
export class MCPServerError extends AgentsError {
  override readonly code = 'BATON_MCP_SERVER';
  override readonly name = 'MCPServerError';
  readonly serverName: string;
  readonly statusCode: number | undefined;
  readonly protocolCode: number | undefined;
  readonly isTimeout: boolean;
  readonly isConnectionError: boolean;

  constructor(message: string, details: MCPServerErrorDetails, options?: ErrorOptions) {
    super(message, options);
    this.serverName = details.serverName;
    this.statusCode = details.statusCode;
    this.protocolCode = details.protocolCode;
    this.isTimeout = details.isTimeout ?? false;
    this.isConnectionError = details.isConnectionError ?? false;
  }
}

/** What went wrong with a request, as far as errors tell. */
export interface Failure {
  readonly statusCode: number | undefined;
  readonly protocolCode: number | undefined;
  readonly isTimeout: boolean;
  /** Nothing more comes over this connection. */
  readonly connectionLost: boolean;
  /** The server did not take the request: sending it again does nothing twice. */
  readonly notTaken: boolean;
}

/** Reads an error of the client, its causes and what it gathers: a status may be found at any depth. */
export function readFailure(error: unknown): Failure {
  const all = [...everyError(error)];
  const codes = all.map((each): unknown => Reflect.get(each, 'code'));
  const has = (set: ReadonlySet<unknown>): boolean => codes.some((code) => set.has(code));
  const statusCode = all.map(statusOf).find((status) => status !== undefined);
  const protocolCode = codes.find((code): code is number => typeof code === 'number' && code < 0 && code !== CONNECTION_LOST);
  const unreachable = has(UNREACHABLE);
  const unsent = has(UNSENT) || all.some(({ message }) => message === 'Not connected');
  // A server that was restarted does not know the sessions of before.
  const sessionLost = statusCode === 404 || (statusCode === 400 && all.some(({ message }) => /session/i.test(message)));
  return {
    statusCode,
    protocolCode,
    isTimeout: has(TIMED_OUT),
    connectionLost: unreachable || unsent || sessionLost || has(LOST),
    notTaken: unreachable || unsent || sessionLost || (statusCode !== undefined && NOT_TAKEN.has(statusCode)),
  };
}

/** An error of Baton's for one of the client's, and nothing secret in it. */
export function toServerError(
  error: unknown,
  { what, serverName, redactor }: { readonly what: string; readonly serverName: string; readonly redactor: Redactor },
): MCPServerError {
  if (error instanceof MCPServerError) return error;
  const failure = readFailure(error);
  const { statusCode } = failure;
  const said = shown(redactor.text(messagesOf(error)));
  return new MCPServerError(
    `MCP server "${serverName}" failed to ${what}: ${said}${statusCode === 401 && !said.includes('401') ? ' (HTTP 401)' : ''}`,
    { ...failure, serverName, isConnectionError: failure.connectionLost },
    { cause: redactedCopy(error, redactor) },
  );
}

/** As much as a model should read of an error; the cause has it all. */
function shown(text: string): string {
  return text.length <= LONGEST_MESSAGE ? text : `${text.slice(0, LONGEST_MESSAGE)} [${text.length - LONGEST_MESSAGE} more characters]`;
}

const LONGEST_MESSAGE = 2500;

/** The message, and that of the cause where the message alone says nothing. */
function messagesOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const message = error.message === '' ? error.name : error.message;
  const [, ...deeper] = everyError(error);
  const cause = deeper.map((each) => each.message).find((text) => text !== '' && !message.includes(text));
  return /fetch failed/i.test(message) && cause !== undefined ? `${message}: ${cause}` : message;
}

function redactedCopy(error: unknown, redactor: Redactor): Error {
  const copy = new Error(redactor.text(messagesOf(error)));
  if (error instanceof Error) {
    copy.name = error.name;
    copy.stack = redactor.text(error.stack ?? '');
  }
  return copy;
}

function* everyError(error: unknown, depth = 0): Generator<Error> {
  if (!(error instanceof Error) || depth > MAX_DEPTH) return;
  yield error;
  yield* everyError(error.cause, depth + 1);
  if (!(error instanceof AggregateError)) return;
  for (const each of error.errors) yield* everyError(each, depth + 1);
}

const MAX_DEPTH = 8;

function statusOf(error: Error): number | undefined {
  if (error.name === 'UnauthorizedError' || error.constructor.name === 'UnauthorizedError') return 401;
  const status: unknown = Reflect.get(error, 'status');
  if (typeof status === 'number') return status;
  const code: unknown = Reflect.get(error, 'code');
  if (typeof code === 'number' && code >= 400 && code < 600) return code;
  const said = /\(HTTP (\d{3})\)|Non-200 status code \((\d{3})\)/.exec(error.message);
  return said === null ? undefined : Number(said[1] ?? said[2]);
}

/** Nobody was there to take the request. */
const UNREACHABLE: ReadonlySet<unknown> = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

/** The client's own codes for what never left it. */
const UNSENT: ReadonlySet<unknown> = new Set(['NOT_CONNECTED', 'SEND_FAILED']);

/** Whether the request was heard is not known. */
const LOST: ReadonlySet<unknown> = new Set([CONNECTION_LOST, 'CONNECTION_CLOSED', 'ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET']);

const TIMED_OUT: ReadonlySet<unknown> = new Set(['REQUEST_TIMEOUT', 'UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT', 'UND_ERR_CONNECT_TIMEOUT']);

/** Statuses by which a server says that it did nothing. */
const NOT_TAKEN: ReadonlySet<number> = new Set([408, 425, 429, 503]);
