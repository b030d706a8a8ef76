import { UserError } from '@baton/core';
import { show } from '../internal/session-checks.js';

/** What a session is encrypted with. */
export interface EncryptionKey {
  /** Its name, stored with every item to find the key again; not secret. */
  readonly id: string;
  /** At least 32 random bytes; or a passphrase, which costs a tenth of a second or more per session object. */
  readonly secret: Uint8Array | string;
}

/** The platform's `CryptoKey`, whose name Node's types do not have everywhere. */
export type SessionKey = Awaited<ReturnType<typeof globalThis.crypto.subtle.importKey>>;

/** The keys of one session, each derived when it is first needed. */
export interface SessionKeys {
  /** The name of the key that new items are encrypted with: the first. */
  readonly newest: string;
  /** The key of that name for this session; nothing where it is not among the keys. */
  find(id: string): Promise<SessionKey> | undefined;
}

/** @throws UserError where there is no key, one is too short, or two have the same id. */
export function sessionKeys(
  keys: readonly EncryptionKey[],
  sessionId: () => Promise<string>,
): SessionKeys {
  const [newest] = Array.isArray(keys) ? keys : [];
  if (newest === undefined) {
    throw new UserError(
      '`keys` is empty. Pass the key to encrypt with, and after it those that older items need.',
    );
  }
  const byId = new Map<string, EncryptionKey>();
  for (const key of keys) {
    checkKey(key);
    if (byId.has(key.id))
      throw new UserError(`Two keys have the id ${show(key.id)}. Give each its own.`);
    byId.set(key.id, copyOf(key));
  }
  const derived = new Map<string, Promise<SessionKey>>();
  return {
    newest: newest.id,
    find: (id) => {
      const key = byId.get(id);
      if (key === undefined) return undefined;
      const known = derived.get(id) ?? sessionId().then((session) => deriveKey(key, session));
      derived.set(id, known);
      known.catch(() => derived.delete(id));
      return known;
    },
  };
}

function checkKey({ id, secret }: EncryptionKey): void {
  if (typeof id !== 'string' || id === '') {
    throw new UserError(
      `The id of a key is ${show(id)}. Give it a name, such as the month it was made in.`,
    );
  }
  const isBytes = secret instanceof Uint8Array;
  if (
    isBytes
      ? secret.length >= LEAST_BYTES
      : typeof secret === 'string' && secret.length >= LEAST_LETTERS
  )
    return;
  throw new UserError(
    `The secret of key ${show(id)} is ${isBytes ? `${secret.length} bytes` : 'no bytes and no long enough passphrase'}. Pass ${LEAST_BYTES} random bytes or more, or a passphrase of ${LEAST_LETTERS} characters or more.`,
  );
}

/** What the caller does to its bytes afterwards changes no key. */
function copyOf({ id, secret }: EncryptionKey): EncryptionKey {
  return { id, secret: typeof secret === 'string' ? secret : Uint8Array.from(secret) };
}

/**
 * A key that only this session has: bytes by HKDF (RFC 5869), a passphrase by PBKDF2 with as many rounds as OWASP's
 * Password Storage Cheat Sheet asks for.
 */
async function deriveKey({ id, secret }: EncryptionKey, sessionId: string): Promise<SessionKey> {
  const isText = typeof secret === 'string';
  const name = isText ? 'PBKDF2' : 'HKDF';
  const salt = bytesOf(JSON.stringify([PURPOSE, id, sessionId]));
  const bytes = isText ? bytesOf(secret) : Uint8Array.from(secret);
  const { subtle } = globalThis.crypto;
  const base = await subtle.importKey('raw', bytes, name, false, ['deriveKey']);
  const how = isText ? { iterations: ROUNDS } : { info: bytesOf(PURPOSE) };
  return subtle.deriveKey(
    { name, hash: 'SHA-256', salt, ...how },
    base,
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt', 'decrypt'],
  );
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(new TextEncoder().encode(text));
}

const PURPOSE = 'baton encrypted session 1';
const ROUNDS = 600_000;
const LEAST_BYTES = 32;
const LEAST_LETTERS = 12;
