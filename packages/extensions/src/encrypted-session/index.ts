/** Any session, encrypted where it is stored: `@baton/extensions/encrypted-session`. */
export { EncryptedSession } from './encrypted-session.js';
export type { EncryptedSessionOptions } from './encrypted-session.js';
export type { EncryptionKey } from './session-keys.js';
