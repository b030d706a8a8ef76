// Runs in a process of its own: see start-worker.ts.

import { createInterface } from 'node:readline';
import { Agent, type AgentInputItem, Runner, type Session, tool, user } from '@baton/core';
import { functionCall, ScriptedModel } from '@baton/core/testing';
import { openStore, type StoreAddress } from './open-store.js';

/** What a worker is told to do. */
export interface WorkerJob {
  readonly store: StoreAddress;
  readonly sessionId: string;
  readonly work:
    | {
        readonly type: 'write';
        readonly name: string;
        readonly writers: number;
        readonly batches: number;
      }
    | { readonly type: 'flood'; readonly size: number }
    | { readonly type: 'run'; readonly dieAfterWrite: number };
}

const job = JSON.parse(process.argv[2] ?? '') as WorkerJob; // written by start-worker.ts
const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();

say('ready');
await lines.next();
switch (job.work.type) {
  case 'write': {
    const { name, writers, batches } = job.work;
    await Promise.all(
      Array.from({ length: writers }, (_, index) => write(`${name}${index}`, batches)),
    );
    break;
  }
  case 'flood':
    await flood(job.work.size);
    break;
  case 'run':
    await runAndDie(job.work.dieAfterWrite);
    break;
  default:
    job.work satisfies never;
}
say('done');
process.exit(0);

/** One writer, with a connection of its own. */
async function write(name: string, batches: number): Promise<void> {
  const store = await openStore(job.store);
  const session = store.session({ sessionId: job.sessionId });
  for (let batch = 0; batch < batches; batch++) {
    const callId = `${name}/${batch}`;
    await session.addItems([
      { type: 'function_call', callId, name: 'look_up', arguments: '{}' },
      { type: 'function_call_result', callId, name: 'look_up', output: 'found' },
      user(callId),
    ]);
  }
  await store.close();
}

/** Writes until the process is killed, and says after each batch that it is written. */
async function flood(size: number): Promise<void> {
  const store = await openStore(job.store);
  const session = store.session({ sessionId: job.sessionId });
  for (let batch = 0; ; batch++) {
    const items: AgentInputItem[] = Array.from({ length: size }, (_, index) =>
      user(`${batch}/${index} ${'x'.repeat(5000)}`),
    );
    await session.addItems(items);
    say(`written ${batch}`);
  }
}

/** A run that dies right after a write to the session came through, having said where it stands. */
async function runAndDie(dieAfterWrite: number): Promise<void> {
  const store = await openStore(job.store);
  const stored = store.session({ sessionId: job.sessionId });
  let writes = 0;
  const session: Session = {
    getSessionId: () => stored.getSessionId(),
    getItems: (limit) => stored.getItems(limit),
    popItem: () => stored.popItem(),
    clearSession: () => stored.clearSession(),
    addItems: async (items) => {
      await stored.addItems(items);
      if (++writes !== dieAfterWrite) return;
      process.stdout.write(`state ${result.state.toString()}\n`, () =>
        process.kill(process.pid, 'SIGKILL'),
      );
      await new Promise(() => undefined);
    },
  };
  const model = new ScriptedModel([functionCall('look_up', {}, 'call_1'), 'Found it.']);
  const result = await new Runner({ model }).run(librarian(), 'Where is it?', {
    session,
    stream: true,
  });
  await result.completed;
}

function librarian(): Agent {
  return new Agent({
    name: 'Librarian',
    tools: [
      tool({
        name: 'look_up',
        description: 'Looks something up.',
        parameters: { type: 'object', properties: {}, required: [], additionalProperties: false },
        execute: () => 'On the shelf.',
      }),
    ],
  });
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
