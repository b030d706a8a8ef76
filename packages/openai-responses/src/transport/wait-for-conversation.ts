import { ModelRequestError, type ModelResponse, Usage } from '@baton/core/model';
import { sleep } from '@baton/openai-shared';
import type { ResponsesTransport, TransportCall } from './transport.js';

/**
 * The transport, with patience for a conversation that another request is working on: the server has then stored
 * nothing and only asks to come again, so a run need not fail for it, whatever its retry settings [B21].
 */
export function waitForConversation(transport: ResponsesTransport): ResponsesTransport {
  return {
    fetchResponse: (body, call) => untilFree(() => transport.fetchResponse(body, call), call),
    openStream: (body, call) => untilFree(() => transport.openStream(body, call), call),
  };
}

/** The response with the requests that were turned away counted, without tokens. */
export function countTurnedAway(response: ModelResponse, turnedAway = 0): ModelResponse {
  if (turnedAway === 0) return response;
  const usage = new Usage();
  for (let i = 0; i < turnedAway; i++) usage.add(new Usage({ requests: 1 }));
  usage.add(response.usage);
  return { ...response, usage };
}

function untilFree<T extends object>(
  send: () => Promise<T>,
  call: TransportCall,
): Promise<T & { readonly turnedAway?: number }> {
  // The first attempt is nearly always the only one.
  return send().catch((error: unknown) => comeAgain(send, call, error));
}

async function comeAgain<T extends object>(
  send: () => Promise<T>,
  { signal, retriesOff }: TransportCall,
  first: unknown,
): Promise<T & { readonly turnedAway: number }> {
  let error = first;
  for (let turnedAway = 1; ; turnedAway++) {
    const delay = WAITS_MS[turnedAway - 1];
    if (retriesOff === true || delay === undefined || !isLocked(error)) throw error;
    await sleep(delay, signal);
    try {
      return { ...(await send()), turnedAway };
    } catch (again) {
      error = again;
    }
  }
}

function isLocked(error: unknown): boolean {
  return error instanceof ModelRequestError && error.errorCode === 'conversation_locked';
}

/** As long as the Python SDK waits; a response rarely takes longer. */
const WAITS_MS = [1000, 2000, 4000];
