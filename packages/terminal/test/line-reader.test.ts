import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { openLines } from '../src/line-reader.js';
import type { LineReader } from '../src/line-reader.js';
import { TextSink } from './support/text-sink.js';

const CTRL_C = '\u0003';
const CTRL_D = '\u0004';
const ENTER = '\r';
const BACKSPACE = '\u007f';

interface Opened {
  readonly reader: LineReader;
  readonly screen: TextSink;
  readonly type: (keys: string) => void;
  readonly interrupts: number[];
}

function open(inputIsTTY: boolean, outputIsTTY: boolean): Opened {
  const interrupts: number[] = [];
  const input = Object.assign(new PassThrough(), { isTTY: inputIsTTY });
  const screen = Object.assign(new TextSink(), { isTTY: outputIsTTY, columns: 80 });
  const reader = openLines({
    input,
    output: screen,
    onInterrupt: () => interrupts.push(1),
    interruptHint: 'again to leave',
  });
  return { reader, screen, interrupts, type: (keys) => void input.write(keys) };
}

const openTerminal = (): Opened => open(true, true);

describe('lines typed on a terminal', () => {
  it('come as they were edited', async () => {
    const { reader, screen, type } = openTerminal();
    const line = reader.next('> ');
    await screen.has('> ');
    type(`hx${BACKSPACE}i${ENTER}`);
    expect(await line).toBe('hi');
  });

  it('that come before they are asked for are shown when they are', async () => {
    const { reader, screen, type } = openTerminal();
    const first = reader.next('> ');
    type(`one${ENTER}two${ENTER}`);
    await first;
    expect(screen.text).not.toContain('two');
    expect(await reader.next('> ')).toBe('two');
    expect(screen.text).toMatch(/> two\n$/);
  });

  it('begin with what is to be changed', async () => {
    const { reader, screen, type } = openTerminal();
    const line = reader.next('> ', { prefilled: 'seat 3' });
    await screen.has('seat 3');
    type(`A${ENTER}`);
    expect(await line).toBe('seat 3A');
  });

  it('end with Ctrl-D', async () => {
    const { reader, type } = openTerminal();
    const line = reader.next('> ');
    type(CTRL_D);
    expect(await line).toBeUndefined();
    expect(await reader.next('> ')).toBeUndefined();
  });

  it('end with the second Ctrl-C; the first tells so, and a line between the two forgets it', async () => {
    const { reader, screen, type, interrupts } = openTerminal();
    const first = reader.next('> ');
    type(CTRL_C);
    await screen.has('again to leave');
    type(`hi${ENTER}`);
    expect(await first).toBe('hi');
    const second = reader.next('> ');
    type(CTRL_C);
    await screen.has('again to leave', 2);
    type(CTRL_C);
    expect(await second).toBeUndefined();
    expect(interrupts).toEqual([]);
  });

  it('begun are cleared by Ctrl-C', async () => {
    const { reader, type } = openTerminal();
    const line = reader.next('> ');
    type(`half${CTRL_C}whole${ENTER}`);
    expect(await line).toBe('whole');
  });

  it('are not asked for while Ctrl-C is an interrupt', async () => {
    const { reader, type, interrupts } = openTerminal();
    const line = reader.next('> ');
    type(`hi${ENTER}${CTRL_C}`);
    await line;
    expect(interrupts).toEqual([1]);
  });

  it('that can be given up leave Ctrl-C to whoever asked, and nothing typed for the next', async () => {
    const { reader, screen, type, interrupts } = openTerminal();
    const stop = new AbortController();
    const line = reader.next('? ', { signal: stop.signal });
    type(`half${CTRL_C}`);
    await screen.has('half');
    expect(interrupts).toEqual([1]);
    stop.abort();
    expect(await line).toBeUndefined();
    const next = reader.next('> ');
    type(`whole${ENTER}`);
    expect(await next).toBe('whole');
  });

  it('are not given up by the signal of an earlier one', async () => {
    const { reader, type } = openTerminal();
    const stop = new AbortController();
    const first = reader.next('? ', { signal: stop.signal });
    type(`y${ENTER}`);
    await first;
    const second = reader.next('> ');
    stop.abort();
    type(`still here${ENTER}`);
    expect(await second).toBe('still here');
  });
});

describe('lines from a pipe', () => {
  it('are shown with their prompts, as nobody saw them typed', async () => {
    const { reader, screen, type } = open(false, false);
    type('one\ntwo\n');
    await reader.next('> ');
    await reader.next('> ', { apart: true });
    expect(screen.text).toBe('> one\n\n> two\n');
  });

  it('have no prompt after the last', async () => {
    const { reader, screen } = open(false, false);
    const line = reader.next('> ', { apart: true });
    reader.close();
    expect(await line).toBeUndefined();
    expect(screen.text).toBe('');
  });

  it('of a person who sees the output elsewhere are asked for, and not shown again', async () => {
    const { reader, screen, type } = open(true, false);
    const line = reader.next('> ', { apart: true });
    type('one\n');
    expect(await line).toBe('one');
    expect(screen.text).toBe('\n> ');
  });
});
