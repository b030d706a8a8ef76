import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { user, UserError } from '@baton/core';
import { SQLiteSession } from '@baton/extensions/sqlite-session';
import { type Client, createClient } from '@libsql/client';
import { afterAll, describe, expect, it } from 'vitest';

const directory = mkdtempSync(join(tmpdir(), 'baton-locks-'));
const clients: Client[] = [];
afterAll(() => {
  for (const client of clients) client.close();
  rmSync(directory, { recursive: true });
});

describe.each(['delete', 'wal'])('in a file of journal mode %s', (mode) => {
  const open = (): Client => {
    const client = createClient({ url: `file:${join(directory, `${mode}.db`)}` });
    clients.push(client);
    return client;
  };

  it('a write that met a lock waits, and is there for others as soon as it is done', async () => {
    const [mine, other] = [open(), open()];
    await mine.execute(`PRAGMA journal_mode = ${mode}`);
    const session = new SQLiteSession({ database: mine });
    await session.addItems([user('1')]);
    const transaction = await other.transaction('write');
    await transaction.execute('CREATE TABLE theirs (x)');
    const adding = session.addItems([user('2')]);
    await new Promise((resume) => setTimeout(resume, 20));
    await transaction.commit();
    await adding;

    const again = new SQLiteSession({ database: other, sessionId: session.sessionId });
    expect(await again.getItems()).toEqual([user('1'), user('2')]);
    await other.execute('INSERT INTO theirs VALUES (1)');
    expect(await session.popItem()).toEqual(user('2'));
    expect(await again.getItems()).toEqual([user('1')]);
  });

  it('a lock that stays is an error that says what to do, and nothing is written', async () => {
    const [mine, other] = [open(), open()];
    const session = new SQLiteSession({ database: mine, busyTimeoutMs: 30 });
    await session.addItems([user('1')]);
    const transaction = await other.transaction('write');
    const adding = session.addItems([user('2')]);
    await expect(adding).rejects.toThrow(UserError);
    await expect(adding).rejects.toThrow(/locked by others for 30 ms.*PRAGMA journal_mode = WAL/);
    await transaction.commit();
    await session.addItems([user('3')]);
    expect(await session.getItems()).toEqual([user('1'), user('3')]);
  });

  it('more sessions than a client has connections work at once', async () => {
    const database = open();
    const sessions = Array.from({ length: 60 }, (_, index) => {
      return new SQLiteSession({ database, sessionId: `many ${index}` });
    });
    await Promise.all(sessions.map((session) => session.addItems([user('Hi')])));
    const items = await Promise.all(sessions.map((session) => session.getItems()));
    expect(items).toEqual(sessions.map(() => [user('Hi')]));
  });

  it('a client that is closed is an error of libsql, not a wait', async () => {
    const database = open();
    const session = new SQLiteSession({ database });
    await session.addItems([user('Hi')]);
    database.close();
    await expect(session.getItems()).rejects.toThrow(/closed/);
    await expect(session.addItems([user('So')])).rejects.toThrow(/closed/);
  });

  it('in a transaction of its own the app uses the client as before', async () => {
    const database = open();
    const session = new SQLiteSession({ database });
    await session.addItems([user('1')]);
    const transaction = await database.transaction('read');
    await transaction.execute('SELECT 1');
    expect(await session.getItems()).toEqual([user('1')]);
    transaction.close();
  });
});

it('a database that is none is refused at once', () => {
  for (const database of [undefined, null, 'chat.db', {}, { execute: 1, batch: 2 }]) {
    // What plain JavaScript does.
    expect(() => new SQLiteSession({ database: database as never })).toThrow(
      /`database` is none that SQLiteSession knows/,
    );
  }
  const database = createClient({ url: 'file::memory:' });
  expect(() => new SQLiteSession({ database, busyTimeoutMs: -1 })).toThrow(/`busyTimeoutMs` is -1/);
  database.close();
});
