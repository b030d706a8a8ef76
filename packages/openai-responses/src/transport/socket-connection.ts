import { closeNow, openSocket, type SocketAddress, type SocketLike } from './open-socket.js';

/** How a socket is kept alive. */
export interface OpenAIResponsesWebSocketOptions {
  /**
   * Milliseconds between pings; `null`: none. Only the package `ws` can ping: with a number here it is used wherever it
   * is installed, in place of the platform's own. Default: 20,000 where there is no other than `ws`, as on Node 20.
   */
  readonly pingIntervalMs?: number | null | undefined;
  /** Milliseconds to wait for the answer to a ping before the socket counts as dead; `null`: for ever. Default: 20,000. */
  readonly pingTimeoutMs?: number | null | undefined;
}

/** An open socket whose messages wait until they are read. */
export class SocketConnection {
  readonly #socket: SocketLike;
  #messages: string[] = [];
  #ended = false;
  #wake: () => void = () => undefined;

  constructor(socket: SocketLike, options: OpenAIResponsesWebSocketOptions = {}) {
    this.#socket = socket;
    socket.addEventListener('message', ({ data }) => {
      this.#messages.push(String(data));
      this.#wake();
    });
    const end = (): void => {
      this.#ended = true;
      this.#wake();
    };
    socket.addEventListener('close', end);
    socket.addEventListener('error', end);
    const stop = keepAlive(socket, options);
    socket.addEventListener('close', stop);
  }

  static async open(
    address: SocketAddress,
    signal: AbortSignal | undefined,
    options: OpenAIResponsesWebSocketOptions | undefined,
  ): Promise<SocketConnection> {
    const pings = typeof options?.pingIntervalMs === 'number';
    return new SocketConnection(await openSocket(address, { signal, pings }), options);
  }

  /** Whether it can be used, as far as is known. */
  get alive(): boolean {
    return !this.#ended && this.#socket.readyState === OPEN;
  }

  /** Sends one message; what came before it is of no interest any more. */
  send(text: string): void {
    this.#messages = [];
    this.#socket.send(text);
  }

  /** All messages that have come, at least one; `undefined` once the socket has ended. */
  async read(): Promise<readonly string[] | undefined> {
    while (this.#messages.length === 0) {
      if (this.#ended) return undefined;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    const messages = this.#messages;
    this.#messages = [];
    return messages;
  }

  /** Ends it at once, also for who is reading. */
  close(): void {
    this.#ended = true;
    this.#wake();
    closeNow(this.#socket);
  }
}

/** Pings from time to time, and ends a socket that does not answer; returns what stops it. */
function keepAlive(
  socket: SocketLike,
  { pingIntervalMs = 20_000, pingTimeoutMs = 20_000 }: OpenAIResponsesWebSocketOptions,
): () => void {
  if (pingIntervalMs === null || socket.ping === undefined) return () => undefined;
  let deadline: ReturnType<typeof setTimeout> | undefined;
  const pings = setInterval(() => {
    socket.ping?.();
    if (pingTimeoutMs !== null)
      deadline ??= unref(setTimeout(() => closeNow(socket), pingTimeoutMs));
  }, pingIntervalMs);
  unref(pings);
  socket.on?.('pong', () => {
    clearTimeout(deadline);
    deadline = undefined;
  });
  return () => {
    clearInterval(pings);
    clearTimeout(deadline);
  };
}

/** A timer that does not keep the process alive, where there is such a thing. */
function unref<T>(timer: T): T {
  (timer as { unref?: () => void }).unref?.(); // Node's timers have it, others are numbers
  return timer;
}

/** `WebSocket.OPEN` of every platform. */
const OPEN = 1;
