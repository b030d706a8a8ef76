import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  Agent,
  type AgentInputItem,
  findUnpairedItems,
  Runner,
  RunState,
  tool,
  user,
} from '@baton/core';
import { functionCall, ScriptedModel } from '@baton/core/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type DriverName,
  openStore,
  type OpenStore,
  type StoreAddress,
  whyNoDriver,
} from './support/open-store.js';
import { startPostgres, type TestPostgres, whyNoPostgres } from './support/start-postgres.js';
import { buildWorker, SessionWorker } from './support/start-worker.js';

const drivers: { driver: DriverName; why: string | undefined }[] = [
  { driver: '@libsql/client', why: undefined },
  { driver: 'node:sqlite', why: await whyNoDriver('node:sqlite') },
  { driver: 'better-sqlite3', why: await whyNoDriver('better-sqlite3') },
  { driver: 'pg', why: await whyNoPostgres() },
];

for (const { driver, why } of drivers) {
  describe.skipIf(why !== undefined)(
    `over ${driver}${why === undefined ? '' : ` (not here: ${why})`}`,
    () => {
      let address: StoreAddress;
      let store: OpenStore;
      let postgres: TestPostgres | undefined;
      let worker: string;
      const directory = mkdtempSync(join(tmpdir(), 'baton-processes-'));

      beforeAll(async () => {
        worker = buildWorker();
        if (driver === 'pg') postgres = await startPostgres();
        address = { driver, url: postgres?.url ?? join(directory, 'sessions.db') };
        store = await openStore(address);
        await store.useWAL();
      });
      afterAll(async () => {
        await store?.close();
        await postgres?.stop();
        rmSync(directory, { recursive: true });
        if (worker !== undefined) rmSync(worker, { force: true });
      });

      it('two processes with eight writers each lose nothing, double nothing and agree on one order [SES-14]', async () => {
        const sessionId = 'two processes';
        const session = store.session({ sessionId });
        const workers = ['a', 'b'].map(
          (name) =>
            new SessionWorker(worker, {
              store: address,
              sessionId,
              work: { type: 'write', name, writers: 8, batches: 10 },
            }),
        );
        await Promise.all(workers.map((each) => each.hear('ready')));
        for (const each of workers) each.go();
        const progress = { isDone: false };
        const done = Promise.all(workers.map((each) => each.hear('done'))).finally(() => {
          progress.isDone = true;
        });

        const seen: AgentInputItem[][] = [];
        while (!progress.isDone) {
          seen.push(await session.getItems());
          await new Promise(setImmediate); // a driver that never waits lets nobody else in
        }
        await done;
        const items = await session.getItems();
        const labels = labelsOf(items);

        expect(items).toHaveLength(2 * 8 * 10 * 3);
        expect(new Set(labels).size).toBe(160);
        expect(labels).toHaveLength(160);
        for (const writer of new Set(labels.map((label) => label.split('/')[0]))) {
          const own = labels.filter((label) => label.startsWith(`${writer}/`));
          expect(own).toEqual(own.map((_, batch) => `${writer}/${batch}`));
        }
        for (const early of seen)
          expect(labelsOf(early)).toEqual(labels.slice(0, early.length / 3));
        const other = await openStore(address);
        expect(await other.session({ sessionId }).getItems()).toEqual(items);
        await other.close();
      });

      it('two processes that start at once make the tables once, also without WAL [SES-15]', async () => {
        const url =
          postgres === undefined
            ? join(directory, 'fresh.db')
            : await postgres.createDatabase('fresh');
        const workers = ['a', 'b'].map(
          (name) =>
            new SessionWorker(worker, {
              store: { driver, url },
              sessionId: 'one',
              work: { type: 'write', name, writers: 8, batches: 3 },
            }),
        );
        await Promise.all(workers.map((each) => each.hear('ready')));
        for (const each of workers) each.go();
        await Promise.all(workers.map((each) => each.hear('done')));
        const there = await openStore({ driver, url });
        const labels = labelsOf(await there.session({ sessionId: 'one' }).getItems());
        expect(new Set(labels).size).toBe(48);
        expect(labels).toHaveLength(48);
        await there.close();
      });

      it('a process that is killed while it writes leaves whole batches, and the session goes on [SES-14]', async () => {
        const size = 200;
        for (const acknowledged of [0, 1, 2, 3]) {
          const sessionId = `killed after ${acknowledged}`;
          const process = new SessionWorker(worker, {
            store: address,
            sessionId,
            work: { type: 'flood', size },
          });
          await process.hear('ready');
          process.go();
          while ((await process.hear('written')) !== String(acknowledged));
          const rest = await process.kill();
          const said = Number(rest.at(-1)?.split(' ')[1] ?? acknowledged);

          const session = store.session({ sessionId });
          const batches = (await session.getItems()).length / size;
          expect(Number.isInteger(batches)).toBe(true);
          expect([said + 1, said + 2]).toContain(batches);
          await session.addItems([user('And on.')]);
          const items = await session.getItems();
          expect(items).toHaveLength(batches * size + 1);
          expect(await session.getItems(1)).toEqual([user('And on.')]);
        }
      });

      it.each([1, 2])(
        'a run that died after write %i came through goes on in another process and writes nothing twice [JS-76]',
        async (write) => {
          const sessionId = `died after write ${write}`;
          const process = new SessionWorker(worker, {
            store: address,
            sessionId,
            work: { type: 'run', dieAfterWrite: write },
          });
          await process.hear('ready');
          process.go();
          const saved = await process.hear('state');
          await process.rest();

          const session = store.session({ sessionId });
          const agent = librarian();
          const state = RunState.fromString(agent, saved);
          const answers = write === 1 ? ['Found it.'] : ['Never asked.'];
          const runner = new Runner({ model: new ScriptedModel(answers) });
          const result = await runner.run(agent, state, { session });

          expect(result.finalOutput).toBe('Found it.');
          expect(await session.getItems()).toEqual(result.history);
          expect(result.history.map((item) => item.type)).toEqual([
            'message',
            'function_call',
            'function_call_result',
            'message',
          ]);
        },
      );

      it('a run that waits for an approval goes on in another process on the same session', async () => {
        const sessionId = 'approved elsewhere';
        const here = await openStore(address);
        const asking = new Runner({
          model: new ScriptedModel([functionCall('look_up', {}, 'call_1')]),
        });
        const waiting = await asking.run(librarian(true), 'Where is it?', {
          session: here.session({ sessionId }),
        });
        await here.close();
        expect(waiting.interruptions).toHaveLength(1);

        const session = store.session({ sessionId });
        const state = RunState.fromString(librarian(true), waiting.state.toString());
        for (const interruption of state.getInterruptions()) state.approve(interruption);
        const runner = new Runner({ model: new ScriptedModel(['Found it.']) });
        const result = await runner.run(librarian(true), state, { session });

        expect(result.finalOutput).toBe('Found it.');
        expect(await session.getItems()).toEqual(result.history);
        expect(findUnpairedItems(result.history)).toEqual({ calls: [], results: [] });
      });
    },
  );
}

/** The label of each batch, in order; fails where one is not whole. */
function labelsOf(items: readonly AgentInputItem[]): string[] {
  const labels: string[] = [];
  for (let from = 0; from < items.length; from += 3) {
    const [first, second, third] = items.slice(from, from + 3);
    const label = first?.type === 'function_call' ? first.callId : 'none';
    expect(second).toMatchObject({ type: 'function_call_result', callId: label });
    expect(third).toEqual(user(label));
    labels.push(label);
  }
  return labels;
}

function librarian(needsApproval = false): Agent {
  return new Agent({
    name: 'Librarian',
    tools: [
      tool({
        name: 'look_up',
        description: 'Looks something up.',
        parameters: { type: 'object', properties: {}, required: [], additionalProperties: false },
        needsApproval,
        execute: () => 'On the shelf.',
      }),
    ],
  });
}
