import type { AgentInputItem, UnknownItem } from '@baton/core';
import { fromBase64, toBase64 } from './base64.js';
import type { SessionKey } from './session-keys.js';

/** What is in an encrypted item besides the item. */
export interface Envelope {
  readonly keyId: string;
  /** Milliseconds since 1970. */
  readonly sealedAt: number;
  readonly iv: string;
  readonly data: string;
}

/** The envelope in an item; nothing where the item is not encrypted. */
export function envelopeOf(item: AgentInputItem): Envelope | undefined {
  const found = item.type === 'unknown' ? item.providerData : undefined;
  if (found?.provider !== PROVIDER) return undefined;
  const { keyId, sealedAt, iv, data } = found;
  return { keyId: String(keyId), sealedAt: Number(sealedAt), iv: String(iv), data: String(data) };
}

/** An item as one that only the key opens, and only in its session. */
export async function seal(
  text: string,
  key: SessionKey,
  place: { readonly keyId: string; readonly sealedAt: number; readonly sessionId: string },
): Promise<UnknownItem> {
  const iv = globalThis.crypto.getRandomValues(new Uint8Array(IV_BYTES));
  const algorithm = { name: 'AES-GCM', iv, additionalData: boundTo(place) };
  const data = await globalThis.crypto.subtle.encrypt(
    algorithm,
    key,
    new TextEncoder().encode(text),
  );
  const { keyId, sealedAt } = place;
  return {
    type: 'unknown',
    providerData: {
      provider: PROVIDER,
      keyId,
      sealedAt,
      iv: toBase64(iv),
      data: toBase64(new Uint8Array(data)),
    },
  };
}

/** The text in an envelope. @throws where it was changed, is another session's, or was sealed with another secret. */
export async function unseal(
  envelope: Envelope,
  key: SessionKey,
  sessionId: string,
): Promise<string> {
  const algorithm = {
    name: 'AES-GCM',
    iv: fromBase64(envelope.iv),
    additionalData: boundTo({ ...envelope, sessionId }),
  };
  const text = await globalThis.crypto.subtle.decrypt(algorithm, key, fromBase64(envelope.data));
  return new TextDecoder().decode(text);
}

/** What is not secret, but cannot be changed either. */
function boundTo(place: {
  readonly keyId: string;
  readonly sealedAt: number;
  readonly sessionId: string;
}): Uint8Array<ArrayBuffer> {
  const text = JSON.stringify([PROVIDER, place.keyId, place.sealedAt, place.sessionId]);
  return Uint8Array.from(new TextEncoder().encode(text));
}

const PROVIDER = 'baton-encrypted-session';
/** The length that NIST SP 800-38D advises for GCM. */
const IV_BYTES = 12;
