import type { WebSocket } from 'ws';
import type { ServerContext } from '../context.js';
import type { Incoming } from '../http/exchange.js';
import { checkedChunk } from '../reply/chunk.js';
import { faultError, pause } from '../reply/send.js';
import { keepBeforeLast } from '../responses/create-response.js';
import { type PreparedResponse, prepareResponse } from '../responses/prepare-response.js';
import { responseEvents } from '../responses/response-events.js';
import type { ServerStores } from '../stores.js';

interface SocketAnswer {
  readonly context: ServerContext;
  readonly stores: ServerStores;
  readonly incoming: Incoming;
  readonly done: () => void;
}

/** One response over a socket: the events of a stream, each a message of its own. */
export function sendOverSocket(
  socket: WebSocket,
  { context, stores, incoming, done }: SocketAnswer,
): Promise<void> {
  const send = async (prepared: PreparedResponse): Promise<void> => {
    const { started, finished, reply } = prepared;
    const { fault } = reply;
    const keep = (): void => {
      prepared.keep();
      done();
    };
    if (fault?.kind === 'empty') return; // no answer at all, on a connection that stays open
    const chunk = checkedChunk(reply.chunk ?? context.chunk);
    const events = [...responseEvents(started, finished, chunk)];
    let sent = 0;
    for (const event of keepBeforeLast(events, keep)) {
      if (fault !== undefined && sent === fault.afterEvents) break;
      await pause(incoming, reply.eventDelayMs);
      await write(socket, JSON.stringify({ ...event, sequence_number: sent }));
      sent += 1;
    }
    if (fault?.kind === 'drop') socket.terminate();
    if (fault?.kind === 'malformed') await write(socket, '{"malformed');
    if (fault?.kind === 'error') throw faultError(fault);
  };
  return prepareResponse(context, stores, { incoming, send });
}

/** Resolves when the message has left, so that a dropped connection never eats an event before it. */
function write(socket: WebSocket, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.send(text, (error) => (error ? reject(error) : resolve()));
  });
}
