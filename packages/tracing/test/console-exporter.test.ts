import { Agent, Runner } from '@baton/core';
import { ScriptedModel } from '@baton/core/testing';
import { textWidth } from '@baton/terminal/text-width';
import { describe, expect, it, vi } from 'vitest';
import { ConsoleSpanExporter } from '../src/console/index.js';
import type { ConsoleSpanExporterOptions } from '../src/console/index.js';
import { createTracing, SimpleTraceProcessor } from '../src/index.js';
import type { Tracing } from '../src/index.js';

/** What is drawn of the work, with a clock that says what it is told. */
async function draw(
  work: (tracing: Tracing, at: (ms: number) => void) => unknown,
  options: ConsoleSpanExporterOptions = {},
): Promise<string[]> {
  const drawn: string[] = [];
  let now = 1_000_000;
  const exporter = new ConsoleSpanExporter({ color: false, columns: 60, write: (text) => drawn.push(text), ...options });
  const tracing = createTracing({
    processors: [new SimpleTraceProcessor(exporter)],
    now: () => now,
    idGenerator: { generateTraceId: () => 'trace_1' },
  });
  await work(tracing, (ms) => {
    now = 1_000_000 + ms;
  });
  await tracing.shutdown();
  return drawn.join('').split('\n').slice(0, -1);
}

/** A run by hand: an agent that asks a model, calls a tool that fails, and hands over. */
async function story(tracing: Tracing, at: (ms: number) => void): Promise<void> {
  await tracing.withTrace('Travel\ndesk', () =>
    tracing.withTaskSpan(async () => {
      await tracing.withAgentSpan(
        () =>
          tracing.withTurnSpan(
            async () => {
              at(0);
              await tracing.withGenerationSpan(() => at(500), {
                data: { model: 'gpt', usage: { input_tokens: 1200, output_tokens: 34 }, input: ['old', 'new'], output: ['call'] },
              });
              await tracing.withFunctionSpan(
                (span) => {
                  at(1500);
                  span.setError({ message: 'Error running tool (non-fatal)', name: 'TypeError', data: { error: 'No seats' } });
                },
                { data: { name: 'book', input: '{}', output: 'Sorry' } },
              );
              await tracing.withHandoffSpan(() => undefined, { data: { from_agent: 'Triage', to_agent: 'Sales' } });
            },
            { data: { turn: 1, agent_name: 'Triage' } },
          ),
        { data: { name: 'Triage' } },
      );
      await tracing.withGuardrailSpan(() => at(2000), { data: { name: 'tone', triggered: true } });
      at(2000);
    }),
  );
}

describe('the exporter for the console', () => {
  it('draws what happened inside what, when, for how long, and what it cost [TR-29]', async () => {
    expect(await draw(story)).toEqual([
      'Travel desk',
      '2.00 s · 1 model call · 1,200 tokens in · 34 out · trace_1',
      '├ ◆ Triage        ━━━━━━━━━━━━━━━━╸       1.50 s',
      '│ ├ ● gpt         ━━━━━╸                  500 ms  1,200 → 34',
      '│ ├ ▪ book             ╺━━━━━━━━━━╸       1.00 s',
      '│ │ ✗ TypeError: No seats',
      '│ └ → to Sales                    ╺       0.0 ms',
      '└ ✗ tone tripped                  ╺━━━━━  500 ms',
    ]);
  });

  it.each([30, 40, 60, 80, 100, 120, 200])('keeps to %i columns [TR-29]', async (columns) => {
    const lines = await draw(story, { columns, showData: true });
    for (const line of lines) expect(textWidth(line), line).toBeLessThanOrEqual(columns);
    expect(lines.join('\n')).toContain('gpt');
  });

  it('leaves out the bars before anything else where there is no room', async () => {
    const lines = (await draw(story, { columns: 40 })).join('\n');
    expect(lines).not.toContain('━');
    expect(lines).toContain('1,200 → 34');
  });

  it('shows inputs and outputs where it is asked to, and of a conversation the news [TR-29]', async () => {
    const without = (await draw(story)).join('\n');
    expect(without).not.toContain('Sorry');
    const lines = await draw(story, { showData: true });
    expect(lines).toContain('│ │ in  new');
    expect(lines).toContain('│ │ out ["call"]');
    expect(lines).toContain('│ │ out Sorry');
  });

  it('draws with ASCII where that is all there is', async () => {
    const text = (await draw(story, { unicode: false })).join('\n');
    expect(text).toMatch(/^[\x20-\x7e\n]+$/);
  });

  it('paints each kind in its colour, and what failed in red', async () => {
    const text = (await draw(story, { color: true })).join('\n');
    expect(text).toContain('\u001B[36m◆ Triage\u001B[0m');
    expect(text).toContain('\u001B[31m▪ book\u001B[0m');
    expect(text).toContain('\u001B[31m✗ TypeError: No seats\u001B[0m');
  });

  it.each([
    ['NO_COLOR', { NO_COLOR: '1', FORCE_COLOR: '1' }, false],
    ['FORCE_COLOR', { NO_COLOR: '', FORCE_COLOR: '1' }, true],
    ['FORCE_COLOR=0', { NO_COLOR: '', FORCE_COLOR: '0' }, false],
  ])('heeds %s', async (_name, env, painted) => {
    for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
    const text = (await draw(story, { color: undefined })).join('\n');
    vi.unstubAllEnvs();
    expect(text.includes('\u001B[')).toBe(painted);
  });

  it('lets no text of the app command the terminal', async () => {
    const lines = await draw((tracing) =>
      tracing.withTrace('a\u001B[2Jb', () => tracing.withCustomSpan(() => undefined, { data: { name: 'c\u0007\u202Ed\r\n' } })),
    );
    // What controls there are would break the layout.
    expect(lines.join('')).not.toMatch(/[\p{Cc}\u202E]/u);
  });

  it('keeps its columns below each other where characters are wide', async () => {
    const lines = await draw((tracing, at) =>
      tracing.withTrace('Names', async () => {
        for (const name of ['abc', '天津', '👩‍👩‍👧', 'e\u0301']) await tracing.withFunctionSpan(() => at(10), { data: { name } });
      }),
    );
    const ends = lines.slice(2).map(textWidth);
    expect(new Set(ends).size, lines.join('\n')).toBe(1);
  });

  it('says what failed where it failed, and once', async () => {
    const lines = await draw(async (tracing) => {
      const agent = new Agent({ name: 'A', model: new ScriptedModel([new Error('429 no quota')]) });
      await new Runner({ tracer: tracing }).run(agent, 'Hi').catch(() => undefined);
    });
    expect(lines.filter((line) => line.includes('429 no quota'))).toEqual(['    ✗ 429 no quota']);
  });

  it('draws what has not ended when it is closed', async () => {
    const lines = await draw((tracing) => {
      const trace = tracing.createTrace({ name: 'Open' });
      trace.start();
      const span = tracing.createCustomSpan({ data: { name: 'done' } }, trace);
      span.start();
      span.end();
    });
    expect(lines.slice(0, 2)).toEqual(['Open', 'still running · trace_1']);
    expect(lines[2]).toContain('done');
  });

  it('draws traces apart that run at the same time', async () => {
    const drawn: string[] = [];
    const tracing = createTracing({
      processors: [new SimpleTraceProcessor(new ConsoleSpanExporter({ color: false, write: (text) => drawn.push(text) }))],
    });
    await Promise.all(
      ['one', 'two'].map((name) => tracing.withTrace(name, () => tracing.withCustomSpan(() => Promise.resolve(), { data: { name } }))),
    );
    await tracing.shutdown();
    expect(drawn.map((text) => text.split('\n').filter((line) => /one|two/.test(line)).length)).toEqual([2, 2]);
  });
});
