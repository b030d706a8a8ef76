import { setTimeout as sleep } from 'node:timers/promises';
import { ApiError } from '../http/api-error.js';
import { type EventStream, openEventStream, type ServerEvent } from '../http/event-stream.js';
import { type Exchange, sendJson } from '../http/exchange.js';
import type { DetailedReply, Fault } from '../reply/reply.js';
import type { ResponseObject } from './response-object.js';

/** Waits as the reply says; rejects as soon as the client is gone. */
export async function pause(exchange: Exchange, milliseconds: number | undefined): Promise<void> {
  if (milliseconds !== undefined && milliseconds > 0)
    await sleep(milliseconds, undefined, { signal: exchange.signal });
}

/** Sends the response in one piece, or breaks it as the reply's fault says. */
export function sendWhole(
  exchange: Exchange,
  response: ResponseObject,
  fault: Fault | undefined,
): void {
  const body = JSON.stringify(response);
  switch (fault?.kind) {
    case undefined:
      return sendJson(exchange, response);
    case 'error':
      throw faultError(fault);
    case 'empty':
      exchange.response.writeHead(200, { 'content-type': 'application/json' }).end();
      return;
    case 'malformed':
      exchange.response
        .writeHead(200, { 'content-type': 'application/json' })
        .end(body.slice(0, body.length / 2));
      return;
    case 'drop':
      exchange.response.writeHead(200, {
        'content-type': 'application/json',
        'content-length': body.length,
      });
      exchange.response.write(body.slice(0, body.length / 2), () => exchange.response.destroy());
      return;
    default:
      return fault satisfies never;
  }
}

/** Sends the events, numbered from 0, until they end or the reply's fault ends them. */
export async function sendStream(
  exchange: Exchange,
  events: Iterable<ServerEvent>,
  reply: DetailedReply,
): Promise<void> {
  const { fault, eventDelayMs } = reply;
  const stream = openEventStream(exchange);
  if (fault?.kind === 'empty') return stream.end();
  let sent = 0;
  for (const event of events) {
    if (sent === fault?.afterEvents) return breakStream(stream, fault, sent);
    await pause(exchange, eventDelayMs);
    await stream.send({ ...event, sequence_number: sent });
    sent += 1;
  }
  return fault === undefined ? stream.end() : breakStream(stream, fault, sent);
}

type MidwayFault = Exclude<Fault, { kind: 'empty' }>;

async function breakStream(stream: EventStream, fault: MidwayFault, sent: number): Promise<void> {
  switch (fault.kind) {
    case 'drop':
      return stream.drop();
    case 'malformed':
      await stream.sendRaw(
        'event: response.output_text.delta\ndata: {"type":"response.output_te\n\n',
      );
      return stream.end();
    case 'error': {
      const { message, code, param } = faultError(fault);
      await stream.send({ type: 'error', code, message, param, sequence_number: sent });
      return stream.end();
    }
    default:
      return fault satisfies never;
  }
}

function faultError(fault: Extract<Fault, { kind: 'error' }>): ApiError {
  return new ApiError(500, fault.message ?? 'The model failed.', {
    code: fault.code ?? 'server_error',
  });
}
