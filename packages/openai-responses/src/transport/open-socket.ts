import { messageOf, UserError } from '@baton/core/model';

/** The part of a WebSocket, the platform's or that of `ws`, that is used. */
export interface SocketLike {
  /** 1 while it is open. */
  readonly readyState: number;
  send(text: string): void;
  close(): void;
  /** `ws` only: closes without waiting for the other side. */
  terminate?(): void;
  /** `ws` only. */
  ping?(): void;
  /** `ws` only. */
  on?(event: 'pong', listener: () => void): unknown;
  addEventListener(
    type: 'open' | 'message' | 'close' | 'error',
    listener: (event: { readonly data?: unknown; readonly message?: unknown }) => void,
  ): void;
}

/** Where a socket goes, and as whom. */
export interface SocketAddress {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** How a socket is opened. */
export interface OpenSocketOptions {
  readonly signal: AbortSignal | undefined;
  /** Whether it has to ping: then that of the package `ws` comes first, which alone can. */
  readonly pings: boolean;
}

/**
 * Opens a socket: the platform's, or that of the package `ws` where there is none, as on Node 20.
 *
 * @throws UserError where there is neither; an Error where the server does not take it; the signal's reason.
 */
export async function openSocket(
  { url, headers }: SocketAddress,
  { signal, pings }: OpenSocketOptions,
): Promise<SocketLike> {
  const Socket = await findSocket(pings);
  signal?.throwIfAborted();
  const socket = new Socket(url, { headers });
  await new Promise<void>((resolve, reject) => {
    const abort = (): void => {
      closeNow(socket);
      reject(signal?.reason as Error); // whatever the app aborted with is what it gets back
    };
    signal?.addEventListener('abort', abort, { once: true });
    const settle = (finish: () => void): void => {
      signal?.removeEventListener('abort', abort);
      finish();
    };
    socket.addEventListener('open', () => settle(resolve));
    socket.addEventListener('error', ({ message }) =>
      settle(() => reject(new Error(typeof message === 'string' ? message : 'it did not open'))),
    );
    socket.addEventListener('close', () => settle(() => reject(new Error('it was closed'))));
  });
  return socket;
}

/** Ends a connection that nobody may use any more. */
export function closeNow(socket: SocketLike): void {
  if (socket.terminate === undefined) socket.close();
  else socket.terminate();
}

type SocketClass = new (
  url: string,
  options: { readonly headers: SocketAddress['headers'] },
) => SocketLike;

async function findSocket(pings: boolean): Promise<SocketClass> {
  const platform = platformSocket();
  if (platform === undefined) return socketOfWs();
  return pings ? socketOfWs().catch(() => platform) : platform;
}

/** Those of Node 22, Deno and Bun take headers; one that does not fails to open, and HTTP is used. */
function platformSocket(): SocketClass | undefined {
  // No global type says that a WebSocket takes headers.
  return (globalThis as { readonly WebSocket?: SocketClass }).WebSocket;
}

/** Not written where it is imported: a bundler would ask for it although most apps do without. */
const WS: string = 'ws';

async function socketOfWs(): Promise<SocketClass> {
  try {
    // The package's own word for its class, which takes options in the place of protocols.
    const { WebSocket } = (await import(/* @vite-ignore */ WS)) as {
      readonly WebSocket: SocketClass;
    };
    return WebSocket;
  } catch (error) {
    throw new UserError(
      'Responses over a WebSocket need one: this platform has none, and the package `ws` is not installed. ' +
        `Install \`ws\`, run on Node 22 or later, or use HTTP. (${messageOf(error)})`,
    );
  }
}
