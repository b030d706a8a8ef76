import type { JSONRPCMessage, StreamableHTTPClientTransportOptions } from '@modelcontextprotocol/client';
import { isJSONRPCRequest, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';

/**
 * The official transport, which knows when the stream that an answer would come over has ended for good, and
 * keeps it to itself: the request would wait until its time is up. This one answers it with an error.
 */
export class FailingStreamableHttpTransport extends StreamableHTTPClientTransport {
  readonly #lostCode: number;

  /** `lostCode` is the code of that error. */
  constructor(url: URL, { lostCode, ...options }: StreamableHTTPClientTransportOptions & { readonly lostCode: number }) {
    super(url, options);
    this.#lostCode = lostCode;
  }

  override async send(message: JSONRPCMessage | JSONRPCMessage[], options?: SendOptions): Promise<void> {
    if (Array.isArray(message) || !isJSONRPCRequest(message)) return super.send(message, options);
    const { id } = message;
    return super.send(message, {
      ...options,
      onRequestStreamEnd: () => {
        options?.onRequestStreamEnd?.();
        // Where the answer was there before, nobody waits for this one.
        this.onmessage?.({
          jsonrpc: '2.0',
          id,
          error: { code: this.#lostCode, message: 'The connection was lost before the answer came' },
        });
      },
    });
  }
}

type SendOptions = Parameters<StreamableHTTPClientTransport['send']>[1];
