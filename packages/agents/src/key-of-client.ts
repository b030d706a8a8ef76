import type { OpenAIClientLike } from '@baton/openai-responses';

/**
 * The key that a client talks to OpenAI with; `undefined` where it talks to another server, whose key is nobody
 * else's business, or where its key is made anew for each request.
 */
export function keyOfClient(client: OpenAIClientLike): string | undefined {
  if (!isClientOfOpenAI(client)) return undefined;
  // Clients of the `openai` package have it; the type asks for no more than Baton needs.
  const { apiKey } = client as { readonly apiKey?: unknown };
  return typeof apiKey === 'string' && apiKey !== '' ? apiKey : undefined;
}

/** Whether a client talks to OpenAI itself, and not to Azure or another server with the same API. */
export function isClientOfOpenAI({ apiVersion, baseURL }: OpenAIClientLike): boolean {
  return apiVersion === undefined && isOpenAI(baseURL);
}

/** Whether a base URL is OpenAI's. */
export function isOpenAI(baseURL: string): boolean {
  if (!URL.canParse(baseURL)) return false;
  const { hostname } = new URL(baseURL);
  return hostname === 'openai.com' || hostname.endsWith('.openai.com');
}
