import type { Client, ClientCapabilities } from '@modelcontextprotocol/client';
import type { ClientSettings, MCPClientOptions } from './client-options.js';
import type { OpenClient } from './server-connection.js';

/** How Baton calls itself towards servers. */
const CLIENT_INFO = { name: 'baton', version: '0.0.0' };

/** How a client is made. */
export interface CreateClientOptions {
  readonly protocol: NonNullable<MCPClientOptions['protocol']>;
  readonly onToolsChanged: () => void;
}

/** Makes a client of the official package, which is loaded only now. */
export async function createClient(
  { handlers }: ClientSettings,
  { protocol, onToolsChanged }: CreateClientOptions,
): Promise<Client> {
  const mcp = await import('@modelcontextprotocol/client');
  const { elicitation, sampling, roots } = handlers;
  const capabilities: ClientCapabilities = {
    ...(elicitation !== undefined && { elicitation: { form: { applyDefaults: true } } }),
    ...(sampling !== undefined && { sampling: {} }),
    ...(roots !== undefined && { roots: {} }),
  };
  const client = new mcp.Client(CLIENT_INFO, {
    capabilities,
    versionNegotiation: { mode: typeof protocol === 'string' ? protocol : { pin: protocol.pin } },
    listChanged: { tools: { autoRefresh: false, debounceMs: 0, onChanged: onToolsChanged } },
  });
  if (elicitation !== undefined) {
    client.setRequestHandler('elicitation/create', async ({ params }, { mcpReq }) => {
      const { action, content } = await elicitation(params, { signal: mcpReq.signal });
      return { action, ...(content !== undefined && { content: structuredClone(content) as Record<string, string> }) }; // the client checks it
    });
  }
  if (sampling !== undefined) {
    client.setRequestHandler('sampling/createMessage', async ({ params }, { mcpReq }) => {
      const { content, ...rest } = await sampling(params, { signal: mcpReq.signal });
      return { ...rest, content: { ...content } as { type: 'text'; text: string } }; // the client checks it
    });
  }
  if (roots !== undefined) {
    client.setRequestHandler('roots/list', async () => ({ roots: (await roots()).map((root) => ({ ...root })) }));
  }
  return client;
}

/** Connects within the time, whatever the transport waits for. */
export async function connectClient(
  { client, transport }: OpenClient,
  { timeoutMs, signal }: { readonly timeoutMs: number; readonly signal: AbortSignal },
): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  let onAbort: (() => void) | undefined;
  const given = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      reject(Object.assign(new Error(`No answer within ${timeoutMs} ms`), { code: 'REQUEST_TIMEOUT' }));
    }, timeoutMs);
    onAbort = () => reject(signal.reason as Error); // the connection's own reason
    signal.addEventListener('abort', onAbort, { once: true });
  });
  const connecting = client.connect(transport, { timeout: timeoutMs, signal });
  // Once the race is lost, nobody else looks at it.
  connecting.catch(() => undefined);
  try {
    await Promise.race([connecting, given]);
  } finally {
    clearTimeout(timer);
    if (onAbort !== undefined) signal.removeEventListener('abort', onAbort);
  }
}
