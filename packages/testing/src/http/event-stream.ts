import type { Exchange } from './exchange.js';
import type { JsonObject } from '../json.js';

/** A server-sent event whose name is its `type`, as in all of OpenAI's streams. */
export interface ServerEvent extends JsonObject {
  readonly type: string;
}

/** An open `text/event-stream` answer; every event leaves in a write of its own. */
export interface EventStream {
  send(event: ServerEvent): Promise<void>;
  /** Writes bytes that need not be an event. */
  sendRaw(text: string): Promise<void>;
  end(): void;
  /** Cuts the connection, so that the client knows that the stream is not complete. */
  drop(): void;
}

export function openEventStream(exchange: Exchange): EventStream {
  const { response } = exchange;
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache',
  });
  response.flushHeaders();
  const sendRaw = (text: string): Promise<void> =>
    new Promise((resolve, reject) => {
      // The callback comes when the bytes have left, so that a dropped connection never eats an event before it.
      response.write(text, (error) => (error ? reject(error) : resolve()));
    });
  return {
    send: (event) => sendRaw(`event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`),
    sendRaw,
    end: () => void response.end(),
    drop: () => void response.destroy(),
  };
}
