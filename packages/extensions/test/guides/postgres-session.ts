import { user } from '@baton/core';
import { PostgresSession } from '@baton/extensions/postgres-session';
import type { Pool } from 'pg';

/** What the app stores of its own and what the conversation says of it are there together or not at all. */
export async function order(pool: Pool, userId: string, thing: string): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    await client.query('INSERT INTO orders (user_id, thing) VALUES ($1, $2)', [userId, thing]);
    const session = new PostgresSession({ client, sessionId: userId });
    await session.addItems([user(`I have just ordered: ${thing}.`)]);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  } finally {
    client.release();
  }
}
