import { Agent, type Runner } from '@baton/core';
import { SQLiteSession } from '@baton/extensions/sqlite-session';
import { type Client, createClient } from '@libsql/client';

const agent = new Agent({ name: 'Guide', instructions: 'Answer in one sentence.' });

/** Once, when the app starts. */
export async function openChats(file: string): Promise<Client> {
  const database = createClient({ url: `file:${file}` });
  await database.execute('PRAGMA journal_mode = WAL'); // readers and a writer beside each other
  return database;
}

/** For each question: the conversation of this user goes on. */
export async function answer(
  runner: Runner,
  database: Client,
  { userId, question }: { userId: string; question: string },
): Promise<string | undefined> {
  const session = new SQLiteSession({ database, sessionId: userId, limit: 200 });
  const result = await runner.run(agent, question, { session });
  return result.finalOutput;
}
