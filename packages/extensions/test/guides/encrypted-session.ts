import type { Session } from '@baton/core';
import { EncryptedSession, type EncryptionKey } from '@baton/extensions/encrypted-session';

/** `KEY_2026_11` and `KEY_2026_05`: 32 random bytes each, as base64. */
export function encrypted(session: Session, env: Record<string, string | undefined>): Session {
  const keys: EncryptionKey[] = ['KEY_2026_11', 'KEY_2026_05'].flatMap((id) => {
    const text = env[id];
    return text === undefined ? [] : [{ id, secret: Buffer.from(text, 'base64') }];
  });
  const thirtyDays = 30 * 24 * 60 * 60 * 1000;
  return new EncryptedSession(session, { keys, ttlMs: thirtyDays });
}
