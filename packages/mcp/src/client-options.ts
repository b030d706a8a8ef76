import type { Logger } from '@baton/core';
import { UserError } from '@baton/core';
import type { MCPToolOptions } from './mcp-server.js';

/** How often, and how fast, what failed is sent again. */
export interface MCPRetryOptions {
  /** Most repetitions of one request; default 1, `0` for none. */
  readonly maxRetries?: number;
  /** Wait before the first, in milliseconds; doubles each time. Default 250. */
  readonly initialDelayMs?: number;
  /** Longest wait, in milliseconds; default 10 000. */
  readonly maxDelayMs?: number;
}

/** What the app answers when a server asks. What is left out is not declared to the server. */
export interface MCPRequestHandlers {
  /** Asks the user for input; `params` has the message and the schema of the answer. */
  readonly elicitation?: (
    params: Readonly<Record<string, unknown>>,
    options: { readonly signal: AbortSignal },
  ) => MCPElicitResult | Promise<MCPElicitResult>;
  /** Asks the app's model; `params` has the messages. */
  readonly sampling?: (
    params: Readonly<Record<string, unknown>>,
    options: { readonly signal: AbortSignal },
  ) => MCPSamplingResult | Promise<MCPSamplingResult>;
  /** The places that the server may look at. */
  readonly roots?: () => readonly MCPRoot[] | Promise<readonly MCPRoot[]>;
}

/** What the user said to an elicitation. */
export interface MCPElicitResult {
  readonly action: 'accept' | 'decline' | 'cancel';
  readonly content?: Readonly<Record<string, string | number | boolean | readonly string[]>>;
}

/** What the app's model said. */
export interface MCPSamplingResult {
  readonly model: string;
  readonly role: 'user' | 'assistant';
  readonly content: Readonly<Record<string, unknown>>;
  readonly stopReason?: string;
}

/** A place that a server may look at. */
export interface MCPRoot {
  /** A `file://` URI. */
  readonly uri: string;
  readonly name?: string;
}

/** What all servers behind the official client have. */
export interface MCPClientOptions extends MCPToolOptions {
  /** Stands in traces, errors and prefixed tool names; default says how the server is reached, and nothing secret. */
  readonly name?: string;
  /** Longest time for connecting, listing, resources and prompts, in seconds; default 30, `0` or `null` for none. */
  readonly clientSessionTimeoutSeconds?: number | null;
  /** Longest silence during a tool call, in milliseconds: progress begins it anew. Default 60 000, `0` or `null` for none. */
  readonly timeout?: number | null;
  /** Most pages of a list before it counts as endless; default 64. */
  readonly maxListPages?: number;
  readonly retry?: MCPRetryOptions;
  /** Connect again, at the next use, when the connection is lost; default `true`. */
  readonly reconnect?: boolean;
  /**
   * Which revisions of the protocol to speak: `auto` asks the server for 2026-07-28 first, `legacy` begins with
   * 2025-11-25. Default `auto` over streamable HTTP, else `legacy`: a process may end at a question it does not know.
   */
  readonly protocol?: 'auto' | 'legacy' | { readonly pin: string };
  /** What the app answers when the server asks it something. */
  readonly handlers?: MCPRequestHandlers;
  readonly logger?: Logger;
}

/** The options with their defaults, checked. */
export interface ClientSettings {
  readonly sessionTimeoutMs: number;
  readonly callTimeoutMs: number;
  readonly maxListPages: number;
  readonly retry: Required<MCPRetryOptions>;
  readonly reconnect: boolean;
  readonly handlers: MCPRequestHandlers;
  readonly logger: Logger;
}

/**
 * Reads what all servers have.
 *
 * @throws UserError where a number is out of its range.
 */
export function readClientOptions(options: MCPClientOptions, serverName: string): ClientSettings {
  const { maxListPages = 64, retry = {} } = options;
  const { maxRetries = 1, initialDelayMs = 250, maxDelayMs = 10_000 } = retry;
  const { clientSessionTimeoutSeconds: seconds = 30, timeout = 60_000 } = options;
  const checks: readonly (readonly [name: string, value: unknown, expected: string, holds: boolean])[] = [
    ['clientSessionTimeoutSeconds', seconds, 'seconds from 0 up; 0 or null for no limit', isTime(seconds)],
    ['timeout', timeout, 'milliseconds from 0 up; 0 or null for no limit', isTime(timeout)],
    ['maxListPages', maxListPages, 'a whole number above 0', Number.isInteger(maxListPages) && maxListPages > 0],
    ['retry.maxRetries', maxRetries, 'a whole number from 0 up', Number.isInteger(maxRetries) && maxRetries >= 0],
    ['retry.initialDelayMs', initialDelayMs, 'milliseconds from 0 up', isTime(initialDelayMs)],
    ['retry.maxDelayMs', maxDelayMs, 'milliseconds from 0 up', isTime(maxDelayMs)],
  ];
  for (const [name, value, expected, holds] of checks) {
    if (holds) continue;
    throw new UserError(`${name} of MCP server "${serverName}" is ${String(value)}. Pass ${expected}.`);
  }
  return {
    sessionTimeoutMs: limit((seconds ?? 0) * 1000),
    callTimeoutMs: limit(timeout ?? 0),
    maxListPages,
    retry: { maxRetries, initialDelayMs, maxDelayMs },
    reconnect: options.reconnect ?? true,
    handlers: options.handlers ?? {},
    logger: options.logger ?? consoleLogger,
  };
}

/** The wait before a repetition, by how many there were before. */
export function retryDelayMs({ initialDelayMs, maxDelayMs }: Required<MCPRetryOptions>, retries: number): number {
  return Math.min(initialDelayMs * 2 ** retries, maxDelayMs);
}

function isTime(value: unknown): boolean {
  return value === null || (typeof value === 'number' && Number.isFinite(value) && value >= 0);
}

/** The longest time that timers know stands for none. */
function limit(ms: number): number {
  return ms === 0 ? LONGEST_MS : Math.min(Math.max(1, Math.round(ms)), LONGEST_MS);
}

const LONGEST_MS = 2 ** 31 - 1;

const consoleLogger: Logger = {
  debug: () => undefined,
  warn: (message) => globalThis.console.warn(message),
  error: (message) => globalThis.console.error(message),
};
