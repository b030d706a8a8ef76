import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { newDataFolder } from './support/new-data-folder.js';
import { startOnTerminal, type TerminalSession } from './support/run-demo.js';

const CTRL_C = '\u0003';
const CTRL_D = '\u0004';
const ENTER = '\r';

async function startAtPrompt(data: string = newDataFolder()): Promise<TerminalSession> {
  const session = startOnTerminal({ data, env: { NO_COLOR: '1' } });
  await session.screen.has('› ');
  return session;
}

describe('on a terminal', () => {
  it('answers what is typed, and Ctrl-D leaves with exit code 0', async () => {
    const { screen, type, exit } = await startAtPrompt();
    type(`hi${ENTER}`);
    await screen.has('tokens in');
    type(CTRL_D);
    expect(await exit).toBe(0);
    expect(screen.text).toContain('welcome to Baton Air');
  });

  it('an empty line asks again', async () => {
    const { screen, type, exit } = await startAtPrompt();
    type(ENTER);
    await screen.has('You ›', 2);
    type(`/quit${ENTER}`);
    expect(await exit).toBe(0);
    expect(screen.text).not.toContain('guardrail');
  });

  it('Ctrl-C stops an answer and keeps the conversation', async () => {
    const { screen, type, exit } = await startAtPrompt();
    type(`how many bags?${ENTER}`);
    await screen.has('FAQ ›');
    type(CTRL_C);
    await screen.has('by Ctrl-C');
    type(`thanks${ENTER}`);
    await screen.has('welcome.');
    type(CTRL_D);
    expect(await exit).toBe(0);
  });

  it('Ctrl-C at an empty prompt leaves at the second time', async () => {
    const { screen, type, exit } = await startAtPrompt();
    type(CTRL_C);
    await screen.has('Ctrl-C again');
    type(CTRL_C);
    expect(await exit).toBe(0);
  });

  it('what is typed during an answer waits for the next prompt', async () => {
    const { screen, type, exit } = await startAtPrompt();
    type(`how many bags?${ENTER}`);
    await screen.has('FAQ ›');
    type(`thanks${ENTER}`);
    await screen.has('welcome.');
    expect(screen.text.split('tokens in')[0]).not.toContain('thanks');
    expect(screen.text).toContain('You › thanks');
    type(CTRL_D);
    expect(await exit).toBe(0);
  });

  it('a tool that fails is an apology, not a claim', async () => {
    const data = newDataFolder();
    const { screen, type, exit } = await startAtPrompt(data);
    writeFileSync(join(data, 'bookings.json'), '{');
    type(`Move me to 14C, LL0EG6${ENTER}`);
    await screen.has('model calls');
    expect(screen.text).toContain('that did not work');
    expect(screen.text).not.toContain('Done');
    type(CTRL_D);
    expect(await exit).toBe(0);
  });
});
