/** A session in PostgreSQL: `@baton/extensions/postgres-session`. */
export type { UnreadableItem } from '../internal/sql-session/read-places.js';
export type { PostgresClient } from './open-client.js';
export { PostgresSession } from './postgres-session.js';
export type { PostgresSessionOptions } from './postgres-session.js';
