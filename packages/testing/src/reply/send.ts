import { setTimeout as sleep } from 'node:timers/promises';
import { ApiError } from '../http/api-error.js';
import type { Exchange, Incoming } from '../http/exchange.js';
import type { DetailedReply, Fault } from './reply.js';

/** Waits as the reply says; rejects as soon as the client is gone. */
export async function pause(exchange: Incoming, milliseconds = 0): Promise<void> {
  if (milliseconds > 0) await sleep(milliseconds, undefined, { signal: exchange.signal });
}

/** Sends a body in one piece, or breaks it as the fault says. */
export function sendWhole(exchange: Exchange, body: unknown, fault: Fault | undefined): void {
  if (fault?.kind === 'error') throw faultError(fault);
  const { response } = exchange;
  const text = JSON.stringify(body);
  const half = text.slice(0, text.length / 2);
  response.writeHead(200, { 'content-type': 'application/json' });
  switch (fault?.kind) {
    case undefined:
      response.end(text);
      return;
    case 'empty':
      response.end();
      return;
    case 'malformed':
      response.end(half);
      return;
    case 'drop':
      response.write(half, () => response.destroy());
      return;
    default:
      return fault satisfies never;
  }
}

/** A stream of server-sent events, each already in the form in which it is written. */
export interface EventText {
  readonly events: Iterable<string>;
  /** Writes an error in mid-stream, as the event with this number. */
  readonly errorEvent: (error: ApiError, index: number) => string;
}

/** Sends the events until they end or the reply's fault ends them; each leaves in a write of its own. */
export async function sendStream(
  exchange: Exchange,
  { events, errorEvent }: EventText,
  { fault, eventDelayMs }: DetailedReply,
): Promise<void> {
  const { response } = exchange;
  const headers = {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache',
  };
  response.writeHead(200, headers).flushHeaders();
  const faultAt = fault && ('afterEvents' in fault ? fault.afterEvents : 0);
  let sent = 0;
  for (const event of events) {
    if (sent === faultAt) break;
    await pause(exchange, eventDelayMs);
    await write(exchange, event);
    sent += 1;
  }
  if (fault?.kind === 'drop') {
    response.destroy();
    return;
  }
  if (fault?.kind === 'malformed') await write(exchange, 'data: {"malformed\n\n');
  if (fault?.kind === 'error') await write(exchange, errorEvent(faultError(fault), sent));
  response.end();
}

/** Resolves when the bytes have left, so that a dropped connection never eats an event before it. */
function write(exchange: Exchange, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    exchange.response.write(text, (error) => (error ? reject(error) : resolve()));
  });
}

/** What an `error` fault says. */
export function faultError(fault: Extract<Fault, { kind: 'error' }>): ApiError {
  const { message = 'The model failed.', code = 'server_error' } = fault;
  return new ApiError(500, message, { code });
}
