import { type AgentInputItem, MemorySession, type Session, user } from '@baton/core';
import {
  EncryptedSession,
  type EncryptedSessionOptions,
} from '@baton/extensions/encrypted-session';
import { describe, expect, it } from 'vitest';

const march = { id: 'march', secret: new Uint8Array(32).fill(3) };
const april = { id: 'april', secret: new Uint8Array(48).fill(4) };

describe('an encrypted session', () => {
  it('stores nothing that says what was said', async () => {
    const store = new MemorySession();
    await open(store).addItems([user('The code is 4711.'), call('a'), user('The code is 4711.')]);
    const stored = await store.getItems();
    expect(JSON.stringify(stored)).not.toMatch(/4711|user|look_up|message|call_/);
    expect(stored.map((item) => item.type)).toEqual(['unknown', 'unknown', 'unknown']);
    expect(stored[0]?.providerData?.['data']).not.toBe(stored[2]?.providerData?.['data']);
  });

  it('what opens as no item is not stored: no session is lost over it', async () => {
    const session = open(new MemorySession());
    const item = { ...user('x'), toJSON: () => 'text' };
    await expect(session.addItems([item])).rejects.toThrow(/gives no object/);
    expect(await session.getItems()).toEqual([]);
  });

  it('a new key encrypts what is new, and the old one opens what is old', async () => {
    const store = new MemorySession();
    await open(store, { keys: [march] }).addItems([user('old')]);
    const rotated = open(store, { keys: [april, march] });
    await rotated.addItems([user('new')]);
    expect(await rotated.getItems()).toEqual([user('old'), user('new')]);
    const keyIds = (await store.getItems()).map((item) => item.providerData?.['keyId']);
    expect(keyIds).toEqual(['march', 'april']);
  });

  it('a key that is missing is named, and nothing is lost', async () => {
    const store = new MemorySession();
    await open(store, { keys: [march] }).addItems([user('old')]);
    const without = open(store, { keys: [april] });
    await expect(without.getItems()).rejects.toThrow(
      /encrypted with key "march", which is not among/,
    );
    await expect(without.popItem()).rejects.toThrow(/"march"/);
    expect(await open(store, { keys: [march] }).getItems()).toEqual([user('old')]);
  });

  it('what was changed, is of another session or was sealed with another secret does not open', async () => {
    const store = new MemorySession({ sessionId: 'one' });
    await open(store).addItems([user('mine')]);
    const [sealed] = await store.getItems();
    const data = { ...sealed?.providerData };
    const changes: Session[] = [
      holding('another session', sealed),
      holding('one', { type: 'unknown', providerData: { ...data, sealedAt: 1 } }),
      holding('one', { type: 'unknown', providerData: { ...data, data: 'AAAA' } }),
      holding('one', { type: 'unknown', providerData: { ...data, iv: '%' } }),
    ];
    for (const changed of changes) {
      await expect(open(changed).getItems()).rejects.toThrow(/does not open with key "march"/);
    }
    const other = { id: 'march', secret: new Uint8Array(32) };
    await expect(open(store, { keys: [other] }).getItems()).rejects.toThrow(/does not open/);
    expect(await open(holding('one', sealed)).getItems()).toEqual([user('mine')]);
  });

  it('what is not encrypted is refused, unless the session was begun that way', async () => {
    const store = holding('one', user('plain'));
    await expect(open(store).getItems()).rejects.toThrow(/is not encrypted. Set `allowPlaintext`/);
    const open1 = open(store, { allowPlaintext: true });
    await open1.addItems([user('sealed')]);
    expect(await open1.getItems()).toEqual([user('plain'), user('sealed')]);
    expect(await open1.popItem()).toEqual(user('sealed'));
    expect(await open1.popItem()).toEqual(user('plain'));
  });

  it('with onUnreadableItem a limit counts what can be read, and what cannot stays [SES-10]', async () => {
    const store = new MemorySession();
    await open(store).addItems([user('1'), user('2')]);
    await open(store, { keys: [april] }).addItems([user('lost'), user('lost too')]);
    await open(store).addItems([user('3')]);
    const told: string[] = [];
    const session = open(store, { onUnreadableItem: (error) => told.push(error.message) });
    expect(await session.getItems(2)).toEqual([user('2'), user('3')]);
    expect(await session.getItems()).toEqual([user('1'), user('2'), user('3')]);
    expect(told[0]).toMatch(/"april"/);
    expect(await store.getItems()).toHaveLength(5);
  });

  it('popItem takes nothing away that does not open [SES-11]', async () => {
    const store = new MemorySession();
    await open(store, { keys: [april] }).addItems([user('lost')]);
    const session = open(store, { onUnreadableItem: () => undefined });
    await expect(session.popItem()).rejects.toThrow(/"april"/);
    expect(await store.getItems()).toHaveLength(1);
  });

  it('a limit gives no output without its call, and a limit of 0 nothing [SES-08, SES-12]', async () => {
    const session = open(new MemorySession());
    await session.addItems([user('Hi'), call('a'), output('a'), user('More')]);
    expect(await session.getItems(2)).toEqual([user('More')]);
    expect(await session.getItems(3)).toEqual([call('a'), output('a'), user('More')]);
    expect(await session.getItems(0)).toEqual([]);
  });

  it('an item that is too old is not given, and takes its other half with it', async () => {
    const store = new MemorySession();
    let now = 1000;
    const session = open(store, { ttlMs: 100, now: () => now });
    await session.addItems([user('Hi'), call('a')]);
    now = 1060;
    await session.addItems([output('a'), user('More')]);
    expect(await session.getItems()).toHaveLength(4);
    now = 1100;
    expect(await session.getItems()).toEqual([user('More')]);
    expect(await session.getItems(2)).toEqual([user('More')]);
    now = 1160;
    expect(await session.getItems()).toEqual([]);
    expect(await session.popItem()).toBeUndefined();
    expect(await store.getItems()).toHaveLength(4);
  });

  it('a passphrase is a key, too, and a wrong one opens nothing', async () => {
    const store = new MemorySession();
    const key = { id: 'words', secret: 'correct horse battery' };
    await open(store, { keys: [key] }).addItems([user('Hi')]);
    expect(await open(store, { keys: [key] }).getItems()).toEqual([user('Hi')]);
    const wrong = { id: 'words', secret: 'correct horse batterx' };
    await expect(open(store, { keys: [wrong] }).getItems()).rejects.toThrow(/does not open/);
  });

  it('a key can be wiped once the session has it', async () => {
    const secret = new Uint8Array(32).fill(9);
    const store = new MemorySession();
    const session = open(store, { keys: [{ id: 'wiped', secret }] });
    secret.fill(0);
    await session.addItems([user('Hi')]);
    const again = open(store, { keys: [{ id: 'wiped', secret: new Uint8Array(32).fill(9) }] });
    expect(await again.getItems()).toEqual([user('Hi')]);
  });

  it.each<[string, EncryptedSessionOptions['keys'], RegExp]>([
    ['no key', [], /`keys` is empty/],
    ['a short key', [{ id: 'a', secret: new Uint8Array(16) }], /is 16 bytes. Pass 32 random bytes/],
    ['a short passphrase', [{ id: 'a', secret: 'hunter2' }], /12 characters or more/],
    ['a key without a name', [{ id: '', secret: march.secret }], /The id of a key is ""/],
    ['two keys of one name', [march, { ...april, id: 'march' }], /Two keys have the id "march"/],
  ])('%s is refused at once, and no secret is in the message', (_what, keys, message) => {
    expect(() => open(new MemorySession(), { keys })).toThrow(message);
    expect(() => open(new MemorySession(), { keys })).not.toThrow(/hunter2/);
  });

  it('a failed write stores nothing, as the session inside has it [SES-14]', async () => {
    const store = new MemorySession();
    const session = open(store);
    const bad = { role: 'user', content: 1n } as unknown as AgentInputItem; // what plain JavaScript does
    await expect(session.addItems([user('1'), bad])).rejects.toThrow(/Item 1 of addItems/);
    expect(await store.getItems()).toEqual([]);
  });
});

function open(session: Session, options: Partial<EncryptedSessionOptions> = {}): EncryptedSession {
  return new EncryptedSession(session, { keys: [march], ...options });
}

function holding(sessionId: string, item: AgentInputItem | undefined): MemorySession {
  return new MemorySession({ sessionId, initialItems: item === undefined ? [] : [item] });
}

function call(callId: string): AgentInputItem {
  return { type: 'function_call', callId, name: 'look_up', arguments: '{}' };
}

function output(callId: string): AgentInputItem {
  return { type: 'function_call_result', callId, name: 'look_up', output: 'found' };
}
