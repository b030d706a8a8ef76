import { createScreen, type Screen, textWidth } from '@baton/terminal';
import { TextSink } from '@baton/terminal/test-support';
import { describe, expect, it } from 'vitest';
import type { RecordedSpan } from '../src/view/run-recorder.js';
import { waterfall } from '../src/view/waterfall.js';
import { answersOf, runDemo, startOnTerminal } from './support/run-demo.js';

const ANSI = '\u001b[';

function screenOf(columns: number): Screen {
  const sink = Object.assign(new TextSink(), { columns });
  return createScreen(sink, { env: { LANG: 'C.UTF-8' }, color: false });
}

describe('the whole demo', () => {
  it.each([24, 40, 80, 120])('no line is wider than a terminal of %d columns', async (columns) => {
    const env = { COLUMNS: String(columns) };
    const { stdout } = await runDemo({
      lines: [
        '/help',
        '/bookings',
        'Move me to 14C, LL0EG6. Can I bring my dog?',
        'who won the cup final',
      ],
      env,
    });
    const printed = stdout.split('\n').filter((line) => !line.startsWith('You ›')); // echoes of what was typed
    expect(Math.max(...printed.map(textWidth))).toBeLessThan(columns);
  });

  it('is ASCII where the locale is not UTF-8', async () => {
    const { stdout } = await runDemo({ args: ['Move me to 14C, LL0EG6'], env: { LANG: 'C' } });
    expect(stdout).toMatch(/^[\n\x20-\x7e]*$/);
    expect(stdout).toContain('Triage -> Seat Booking');
  });

  it('has no colour in a pipe, with NO_COLOR, with --no-color and on a dumb terminal, else it has', async () => {
    expect((await runDemo({ args: ['bye'] })).stdout).not.toContain(ANSI);
    const onTerminal = async (env: NodeJS.ProcessEnv, args: string[] = []): Promise<string> => {
      const { screen, exit } = startOnTerminal({ env, args: [...args, 'bye'] });
      expect(await exit).toBe(0);
      return screen.text;
    };
    expect(await onTerminal({})).toContain(ANSI);
    expect(await onTerminal({ NO_COLOR: '1' })).not.toContain(ANSI);
    expect(await onTerminal({ TERM: 'dumb' })).not.toContain(ANSI);
    expect(await onTerminal({}, ['--no-color'])).not.toContain(ANSI);
  });

  it('has one empty line between its blocks', async () => {
    const { stdout } = await runDemo({ lines: ['hi', 'who won the world cup'] });
    for (const answer of answersOf(stdout)) expect(answer.trimEnd()).not.toMatch(/\n\n\n/);
  });
});

describe('waterfall', () => {
  const span = (data: RecordedSpan['data'], start: number, endedAt: number): RecordedSpan => ({
    data,
    parent: undefined,
    start,
    endedAt,
    error: undefined,
  });
  const spans = [
    span({ type: 'custom', name: 'run' }, 0, 2000),
    span({ type: 'agent', name: 'Triage' }, 0, 1000),
    span({ type: 'generation', usage: { input_tokens: 1200, output_tokens: 7 } }, 0, 1000),
    span({ type: 'agent', name: 'FAQ' }, 1000, 2000),
    span({ type: 'function', name: 'search_policies' }, 1500, 1502),
  ];
  const draw = (columns: number): string[] => waterfall(spans, screenOf(columns + 1));

  it('draws each part to scale, with durations and tokens', () => {
    expect(draw(70)).toEqual([
      'Triage             ━━━━━━━━━━━━━━━━                  1.00 s',
      '  model            ━━━━━━━━━━━━━━━━                  1.00 s  1,200 → 7',
      'FAQ                                ━━━━━━━━━━━━━━━━  1.00 s',
      '  search_policies                          ━           2 ms',
      '2.00 s · 1 model call · 1,200 tokens in · 7 out',
    ]);
  });

  it('leaves the tokens to the sum, and says that in short, where there is no room', () => {
    const lines = draw(36);
    expect(lines[1]).toMatch(/^ {2}model +━+ +1\.00 s$/);
    expect(lines.at(-1)).toBe('2.00 s · 1 call · 1,200 → 7');
  });

  it('draws nothing of a run without spans', () => {
    expect(waterfall([], screenOf(80))).toEqual([]);
  });
});
