import { EventEmitter, once } from 'node:events';
import { Agent, tool } from '@baton/core';
import type { Tool } from '@baton/core';
import { functionCall, ScriptedModel } from '@baton/core/testing';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { startOnTerminal } from './support/start-loop.js';

const CTRL_C = '\u0003';
const CTRL_D = '\u0004';
const ENTER = '\r';
const BACKSPACE = '\u007f';

const longAnswer = 'word '.repeat(2_000);

beforeEach(() => {
  vi.stubEnv('LC_ALL', 'C.UTF-8');
});
afterEach(() => {
  vi.unstubAllEnvs();
});

it('answers what is typed on a terminal, and Ctrl-D leaves', async () => {
  const { screen, type, end } = await startOnTerminal(
    new Agent({ name: 'Clerk', model: new ScriptedModel(['Good morning.']) }),
  );
  type(`Ho${BACKSPACE}i${ENTER}`);
  await screen.has('Clerk › Good morning.');
  await screen.has('You › ', 2);
  type(CTRL_D);
  await end;
});

it('Ctrl-C cancels an answer, and the conversation goes on', async () => {
  const model = new ScriptedModel([longAnswer, 'Still here.'], { delayMs: 1 });
  const { screen, type, end } = await startOnTerminal(new Agent({ name: 'Clerk', model }));
  type(`Talk${ENTER}`);
  await screen.has('word');
  type(CTRL_C);
  await screen.has('cancelled    by Ctrl-C');
  type(`Hello?${ENTER}`);
  await screen.has('Still here.');
  type(`exit${ENTER}`);
  await end;
});

/** A tool that works until it is told to stop, if it minds. */
function waitTool(minds: boolean): {
  wait: Tool;
  started: Promise<unknown>;
  aborted: Promise<unknown>;
} {
  const events = new EventEmitter();
  const wait = tool({
    name: 'wait',
    execute: (_args, _run, details) =>
      new Promise((_resolve, reject) => {
        details?.signal?.addEventListener('abort', () => {
          events.emit('aborted');
          if (minds) reject(new Error('Stopped.'));
        });
        events.emit('started');
      }),
  });
  return { wait, started: once(events, 'started'), aborted: once(events, 'aborted') };
}

it('Ctrl-C cancels a tool, which sees it', async () => {
  const { wait, started, aborted } = waitTool(true);
  const agent = new Agent({
    name: 'Clerk',
    model: new ScriptedModel([functionCall('wait'), 'Yes?']),
    tools: [wait],
  });
  const { screen, type, end } = await startOnTerminal(agent);
  type(`Wait${ENTER}`);
  await started;
  type(CTRL_C);
  await aborted;
  await screen.has('cancelled');
  type(`Hello?${ENTER}`);
  await screen.has('Clerk › Yes?');
  type(CTRL_D);
  await end;
});

it('a second Ctrl-C leaves where a tool does not stop', async () => {
  const { wait, started, aborted } = waitTool(false);
  const agent = new Agent({
    name: 'Clerk',
    model: new ScriptedModel([functionCall('wait')]),
    tools: [wait],
  });
  const { type, end } = await startOnTerminal(agent);
  type(`Wait${ENTER}`);
  await started;
  type(CTRL_C);
  await aborted;
  type(CTRL_C);
  await end;
});

it('Ctrl-C at an approval runs nothing, and the conversation goes on', async () => {
  let runs = 0;
  const refund = tool({ name: 'refund', needsApproval: true, execute: () => (runs += 1) });
  const agent = new Agent({
    name: 'Clerk',
    model: new ScriptedModel([functionCall('refund'), 'As you like.']),
    tools: [refund],
  });
  const { screen, type, end } = await startOnTerminal(agent);
  type(`Refund${ENTER}`);
  await screen.has('y yes');
  type(CTRL_C);
  await screen.has('cancelled');
  type(`Never mind${ENTER}`);
  await screen.has('Clerk › As you like.');
  type(CTRL_D);
  await end;
  expect(runs).toBe(0);
});

/** An agent that asks to refund once, and what it has refunded. */
function refundAgent(args: Parameters<typeof functionCall>[1]): { agent: Agent; orders: string[] } {
  const orders: string[] = [];
  const refund = tool({
    name: 'refund',
    parameters: z.object({ order: z.string() }),
    needsApproval: true,
    execute: ({ order }) => void orders.push(order),
  });
  const model = new ScriptedModel([functionCall('refund', args), 'Done.']);
  return { agent: new Agent({ name: 'Clerk', model, tools: [refund] }), orders };
}

it('the arguments stand there to be edited', async () => {
  const { agent, orders } = refundAgent({ order: 'A1' });
  const { screen, type, end } = await startOnTerminal(agent);
  type(`Refund${ENTER}`);
  await screen.has('y yes');
  type(`e${ENTER}`);
  await screen.has('{"order":"A1"}');
  type(`${BACKSPACE.repeat(4)}B2"}${ENTER}`);
  await screen.has('Clerk › Done.');
  type(CTRL_D);
  await end;
  expect(orders).toEqual(['B2']);
});

it('arguments of several lines are edited on one, and nothing in them drives the terminal', async () => {
  const { agent, orders } = refundAgent('{\n\t"order": "A1\u202e"\n}\n');
  const { screen, type, end } = await startOnTerminal(agent);
  type(`Refund${ENTER}`);
  await screen.has('y yes');
  type(`e${ENTER}`);
  await screen.has('{  "order": "A1\\u202e" } ');
  expect(orders).toEqual([]);
  type(ENTER);
  await screen.has('Clerk › Done.');
  type(CTRL_D);
  await end;
  expect(orders).toEqual(['A1\u202e']);
  expect(screen.text).not.toContain('\u202e');
});

it('Ctrl-C clears a line that was begun; on an empty one the second leaves', async () => {
  const model = new ScriptedModel([]);
  const { screen, type, end } = await startOnTerminal(new Agent({ name: 'Clerk', model }));
  type(`half a thought${CTRL_C}${CTRL_C}`);
  await screen.has('Ctrl-C again');
  type(CTRL_C);
  await end;
  expect(model.calls).toHaveLength(0);
});

it('what is typed during an answer waits for the next prompt', async () => {
  const model = new ScriptedModel(['One moment please.', 'And yes.'], { delayMs: 1 });
  const { screen, type, end } = await startOnTerminal(new Agent({ name: 'Clerk', model }));
  type(`First${ENTER}`);
  await screen.has('Clerk ›');
  type(`Second${ENTER}`);
  await screen.has('And yes.');
  expect(screen.text).toContain('please.\n\nYou › Second\n');
  expect(screen.text.match(/Second/g)).toHaveLength(1);
  type(CTRL_D);
  await end;
});
