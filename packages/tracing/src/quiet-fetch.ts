/** The part of `fetch` that exporters need. */
export type QuietFetch = (url: string, init: QuietRequest) => Promise<Response>;

/** A request of an exporter. */
export interface QuietRequest {
  readonly method: 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array<ArrayBuffer>;
  readonly signal: AbortSignal;
  readonly redirect: 'manual';
}

/**
 * `fetch` that does not keep the process alive while a server is slow or dead, where the platform can do that: in Node a
 * request under way is no reason to go on living. Elsewhere it is the platform's `fetch`.
 *
 * @throws TypeError as `fetch` does; the signal's reason when it aborts.
 */
export const quietFetch: QuietFetch = (url, init) => {
  const request = nodeRequest(url);
  return request === undefined ? globalThis.fetch(url, init) : send(request, new URL(url), init);
};

/** The parts of Node's `http` that are used here; the package has no types of Node, as it runs in browsers too. */
interface NodeHttp {
  request(url: URL, options: object, onResponse: (response: NodeResponse) => void): NodeRequest;
}

interface NodeRequest {
  on(event: 'socket', listener: (socket: { unref(): void }) => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
  end(body: string | Uint8Array): void;
  destroy(error?: Error): void;
}

interface NodeResponse {
  readonly statusCode?: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  on(event: 'data', listener: (chunk: Uint8Array<ArrayBuffer>) => void): unknown;
  on(event: 'end' | 'close', listener: () => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
}

function nodeRequest(url: string): NodeHttp | undefined {
  // Bun and Deno have Node's modules, and a `fetch` that is better at home there.
  const { process } = globalThis as PlatformProcess;
  if (process?.versions?.['node'] === undefined || process.versions['bun'] !== undefined || 'Deno' in globalThis) return undefined;
  return process.getBuiltinModule?.(url.startsWith('https:') ? 'node:https' : 'node:http');
}

interface PlatformProcess {
  readonly process?: {
    readonly versions?: Readonly<Record<string, string | undefined>>;
    readonly getBuiltinModule?: (name: string) => NodeHttp | undefined;
  };
}

function send(http: NodeHttp, url: URL, { method, headers, body, signal }: QuietRequest): Promise<Response> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const length = typeof body === 'string' ? new TextEncoder().encode(body).byteLength : body.byteLength;
    const sent = http.request(url, { method, headers: { ...headers, 'content-length': String(length) } }, (response) => {
      const chunks: Uint8Array<ArrayBuffer>[] = [];
      let size = 0;
      response.on('data', (chunk) => {
        size += chunk.byteLength;
        if (size <= MAX_ANSWER_BYTES) chunks.push(chunk);
      });
      response.on('error', reject);
      response.on('end', () => {
        const answer = size === 0 || chunks.length === 0 ? null : new Blob(chunks);
        resolve(new Response(answer, { status: statusOf(response), headers: headersOf(response) }));
      });
      response.on('close', () => reject(new TypeError('The connection was closed before the answer was complete.')));
    });
    // After the abort nobody needs the answer; the promise is settled already where it came before.
    const onAbort = (): void => {
      reject(signal.reason);
      sent.destroy();
    };
    signal.addEventListener('abort', onAbort, { once: true });
    sent.on('socket', (socket) => socket.unref());
    sent.on('error', (error) => {
      signal.removeEventListener('abort', onAbort);
      reject(new TypeError(`The request failed: ${error.message}`, { cause: error }));
    });
    sent.end(body);
  });
}

const MAX_ANSWER_BYTES = 65_536;

/** A `Response` takes statuses from 200 on, and a body only with some. */
function statusOf({ statusCode = 500 }: NodeResponse): number {
  return statusCode < 200 ? 500 : statusCode === 204 || statusCode === 304 ? 200 : statusCode;
}

function headersOf({ headers }: NodeResponse): Headers {
  const all = new Headers();
  for (const [name, value] of Object.entries(headers)) {
    for (const each of typeof value === 'string' ? [value] : (value ?? [])) all.append(name, each);
  }
  return all;
}
