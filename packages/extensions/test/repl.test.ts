import { readFileSync } from 'node:fs';
import { PassThrough } from 'node:stream';
import { Agent, assistant, MemorySession, tool } from '@baton/core';
import { functionCall, ScriptedModel } from '@baton/core/testing';
import type { ScriptedAnswer } from '@baton/core/testing';
import { TextSink } from '@baton/terminal/test-support';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { runDemoLoop } from '../src/repl/index.js';
import { pipe } from './support/start-loop.js';

const ESCAPE = '\u001b[';

beforeEach(() => {
  vi.stubEnv('LC_ALL', 'C.UTF-8');
});
afterEach(() => {
  vi.unstubAllEnvs();
});

function agentOf(script: readonly ScriptedAnswer[], tools: Agent['tools'] = []): Agent {
  return new Agent({ name: 'Clerk', model: new ScriptedModel(script), tools });
}

function refundTool(refunded: unknown[]): ReturnType<typeof tool> {
  return tool({
    name: 'refund',
    parameters: z.object({ order: z.string() }),
    needsApproval: true,
    execute: (args) => {
      refunded.push(args);
      return 'Refunded.';
    },
  });
}

/** What followed each line that was piped in. */
function answersOf(output: string): string[] {
  return output.split(/^You › .*\n/m).slice(1);
}

describe('a loop with lines from a pipe', () => {
  it('answers line by line, and ends with the input', async () => {
    const output = await pipe(agentOf(['Good morning.', 'Fine, thanks.']), ['Hi', 'How are you?']);
    expect(output).toBe(
      [
        'You are talking to Clerk. Type exit to leave.',
        '',
        'You › Hi',
        '',
        'Clerk › Good morning.',
        '',
        'You › How are you?',
        '',
        'Clerk › Fine, thanks.',
        '',
        '',
      ].join('\n'),
    );
  });

  it.each(['exit', 'quit', ' EXIT ', '/quit'])('%j leaves', async (word) => {
    expect(await pipe(agentOf([]), [word, 'Hi'])).not.toContain('Hi');
  });

  it('an empty line asks nobody', async () => {
    const model = new ScriptedModel(['Yes?']);
    await pipe(new Agent({ name: 'Clerk', model }), ['', '  ', 'Hi']);
    expect(model.calls).toHaveLength(1);
  });

  it('remembers what was said before', async () => {
    const model = new ScriptedModel(['Good morning.', 'You said hi.']);
    await pipe(new Agent({ name: 'Clerk', model }), ['Hi', 'What did I say?']);
    expect(model.calls[1]?.input).toMatchObject([
      { content: 'Hi' },
      { role: 'assistant' },
      { content: 'What did I say?' },
    ]);
  });

  it('keeps the conversation in a session that is given', async () => {
    const session = new MemorySession();
    await pipe(agentOf(['Good morning.']), ['Hi'], { session });
    expect(await session.getItems()).toHaveLength(2);
  });

  it('hands the context to tools', async () => {
    const whoami = tool<undefined, { user: string }>({
      name: 'whoami',
      execute: (_args, run) => run?.context.user,
    });
    const agent = new Agent<{ user: string }>({
      name: 'Clerk',
      model: new ScriptedModel([functionCall('whoami'), 'Ada.']),
      tools: [whoami],
    });
    const output = new TextSink();
    await runDemoLoop(agent, { context: { user: 'Ada' }, input: lines('Who am I?'), output });
    expect(output.text).toContain('tool output  Ada');
  });

  it('shows tools as they are called and what they give, as a person would say it', async () => {
    const search = tool({
      name: 'search',
      parameters: z.object({ query: z.string(), most: z.number() }),
      execute: () => ({ hits: ['a', 'b'], more: false }),
    });
    const output = await pipe(
      agentOf([functionCall('search', { query: 'shoes', most: 2 }), 'Two.'], [search]),
      ['Shoes?'],
    );
    expect(answersOf(output)[0]?.split('\n').slice(1, 5)).toEqual([
      '  tool call    search(query: "shoes", most: 2)',
      '  tool output  hits: ["a", "b"], more: false',
      '',
      'Clerk › Two.',
    ]);
  });

  it('shows progress while a tool works', async () => {
    const count = tool({
      name: 'count',
      execute: async function* () {
        yield 'one';
        yield { done: 2 };
        return 'three';
      },
    });
    const output = await pipe(agentOf([functionCall('count'), 'Done.'], [count]), ['Count']);
    expect(output).toMatch(/progress {5}one\n {2}progress {5}done: 2\n {2}tool output {2}three/);
  });

  it('shows what an agent used as a tool does', async () => {
    const helper = new Agent({
      name: 'Helper',
      model: new ScriptedModel([functionCall('look'), 'Seen.']),
      tools: [tool({ name: 'look', execute: () => 'a cat' })],
    });
    const output = await pipe(
      agentOf(
        [functionCall('ask', { input: 'x' }), 'A cat.'],
        [helper.asTool({ toolName: 'ask' })],
      ),
      ['Look'],
    );
    expect(output).toContain('tool call    Helper: look()');
    expect(output).toContain('tool output  Helper: a cat');
    expect(output).not.toContain('Helper › Seen.');
  });

  it('shows handoffs, and goes on with the agent that spoke last', async () => {
    const sales = new Agent({
      name: 'Sales',
      model: new ScriptedModel(['What would you like?', 'Sold.']),
    });
    const desk = new Agent({
      name: 'Desk',
      model: new ScriptedModel([functionCall('transfer_to_sales')]),
      handoffs: [sales],
    });
    const output = await pipe(desk, ['I want to buy', 'A lamp']);
    expect(output).toContain('  handoff      Desk → Sales\n\nSales › What would you like?');
    expect(answersOf(output)[1]).toContain('Sales › Sold.');
  });

  it('shows reasoning where the model tells it', async () => {
    const reasoning = {
      type: 'reasoning',
      content: [{ type: 'input_text', text: 'Let me see.' }],
    } as const;
    expect(await pipe(agentOf([[reasoning, assistant('Yes.')]]), ['Well?'])).toContain(
      '  reasoning    Let me see.',
    );
  });

  it('shows a final output that no message has', async () => {
    const agent = new Agent({
      name: 'Clerk',
      model: new ScriptedModel([functionCall('now')]),
      tools: [tool({ name: 'now', execute: () => 'noon' })],
      toolUseBehavior: 'stop_on_first_tool',
    });
    expect(await pipe(agent, ['When?'])).toContain('Clerk › noon');
  });

  it('shows an error, and takes the next message', async () => {
    const output = await pipe(agentOf([new Error('No connection.'), 'Back again.']), [
      'Hi',
      'Hello?',
    ]);
    expect(answersOf(output).map((answer) => answer.trim())).toEqual([
      'error        No connection.',
      'Clerk › Back again.',
    ]);
  });

  it('ends an answer after too many turns, and says so', async () => {
    const again = tool({ name: 'again', execute: () => '' });
    expect(await pipe(agentOf([functionCall('again')], [again]), ['Go'], { maxTurns: 1 })).toMatch(
      /error .*turns/i,
    );
  });

  it('what a model says cannot drive the terminal', async () => {
    expect(await pipe(agentOf([`a${ESCAPE}31mb\u0007`]), ['Hi'])).toContain('Clerk › a[31mb\n');
  });
});

describe('an approval', () => {
  const refund = functionCall('refund', { order: 'A1' }, 'call_1');

  it.each(['y', 'yes', 'Y'])('%s runs the call', async (answer) => {
    const refunded: unknown[] = [];
    const output = await pipe(agentOf([refund, 'Done.'], [refundTool(refunded)]), [
      'Refund A1',
      answer,
    ]);
    expect(refunded).toEqual([{ order: 'A1' }]);
    expect(output).toContain('approval     Clerk needs your approval\n');
    expect(output).toContain('Clerk › Done.');
  });

  it('n does not run it, and the model is told why', async () => {
    const refunded: unknown[] = [];
    const model = new ScriptedModel([refund, 'A pity.']);
    await pipe(new Agent({ name: 'Clerk', model, tools: [refundTool(refunded)] }), [
      'Refund A1',
      'n not today',
    ]);
    expect(refunded).toEqual([]);
    expect(JSON.stringify(model.calls[1]?.input.at(-1))).toContain('not today');
  });

  it('always and never answer for the rest of the run', async () => {
    const calls = (n: number): ScriptedAnswer =>
      functionCall('refund', { order: `A${n}` }, `call_${n}`);
    const refunded: unknown[] = [];
    await pipe(agentOf([calls(1), calls(2), 'Done.'], [refundTool(refunded)]), [
      'Refund both',
      'always',
    ]);
    expect(refunded).toEqual([{ order: 'A1' }, { order: 'A2' }]);
    const output = await pipe(agentOf([calls(3), calls(4), 'No.'], [refundTool(refunded)]), [
      'Refund both',
      'never',
    ]);
    expect(output).toContain('Clerk › No.');
    expect(refunded).toHaveLength(2);
  });

  it('e runs it with other arguments, once they are JSON', async () => {
    const refunded: unknown[] = [];
    const output = await pipe(agentOf([refund, 'Done.'], [refundTool(refunded)]), [
      'Refund',
      'e',
      '{',
      '{"order":"B2"}',
    ]);
    expect(refunded).toEqual([{ order: 'B2' }]);
    expect(output).toContain('That is no JSON');
  });

  it('is asked for again until the answer is one', async () => {
    const output = await pipe(agentOf([refund, 'Done.'], [refundTool([])]), [
      'Refund',
      'perhaps',
      'y',
    ]);
    expect(output.match(/y yes · n no/g)).toHaveLength(2);
    expect(output).toContain('Clerk › Done.');
  });

  it('each of several calls is told before its question', async () => {
    const both = [refund, functionCall('refund', { order: 'B2' }, 'call_2')];
    const refunded: unknown[] = [];
    const output = await pipe(agentOf([both, 'Done.'], [refundTool(refunded)]), [
      'Refund',
      'n',
      'y',
    ]);
    expect(output).toContain('Clerk needs your approval for refund(order: "A1")');
    expect(refunded).toEqual([{ order: 'B2' }]);
  });

  it('input that ends before an answer runs nothing', async () => {
    const refunded: unknown[] = [];
    expect(await pipe(agentOf([refund], [refundTool(refunded)]), ['Refund'])).toContain(
      'the input ended before',
    );
    expect(refunded).toEqual([]);
  });
});

describe('the output', () => {
  it('is wrapped at words, as wide as the terminal', async () => {
    const output = Object.assign(new TextSink(), { columns: 40 });
    await runDemoLoop(agentOf(['A list:\n\n- of things that are rather long to say\n  1. short']), {
      input: lines('Hi'),
      output,
    });
    expect(answersOf(output.text)[0]).toBe(
      '\nClerk › A list:\n\n  - of things that are rather long to\n    say\n    1. short\n\n',
    );
  });

  it('has colors where asked for, and on a terminal unless NO_COLOR is set', async () => {
    const shown = async (color: boolean | undefined, isTTY: boolean): Promise<string> => {
      const output = Object.assign(new TextSink(), { isTTY, columns: 80 });
      await runDemoLoop(agentOf(['Hello.']), {
        input: lines('Hi'),
        output,
        ...(color !== undefined && { color }),
      });
      return output.text;
    };
    vi.stubEnv('NO_COLOR', '');
    vi.stubEnv('TERM', 'xterm');
    expect(await shown(undefined, true)).toContain(ESCAPE);
    expect(await shown(undefined, false)).not.toContain(ESCAPE);
    expect(await shown(true, false)).toContain(ESCAPE);
    vi.stubEnv('NO_COLOR', '1');
    expect(await shown(undefined, true)).not.toContain(ESCAPE);
  });

  it('is plain ASCII where the locale is', async () => {
    vi.stubEnv('LC_ALL', 'C');
    expect(await pipe(agentOf(['Hello.']), ['Hi'])).toContain('Clerk > Hello.');
  });
});

it('the guide shows a conversation as it is', async () => {
  const guide = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const [, shown = ''] =
    /```text\n(You are talking to Clerk[\s\S]*?)\nYou ›\n```/.exec(guide) ?? [];
  const refund = tool({
    name: 'refund',
    parameters: z.object({ order: z.string() }),
    needsApproval: true,
    execute: ({ order }) => `Order ${order} was refunded.`,
  });
  const answer = 'Done: the money for order A1 is on its way.';
  const agent = agentOf([functionCall('refund', { order: 'A1' }), answer], [refund]);
  expect(await pipe(agent, ['I want my money back for A1, please', 'y'])).toBe(`${shown}\n`);
});

function lines(...texts: readonly string[]): NodeJS.ReadableStream {
  const input = new PassThrough();
  input.end(texts.map((text) => `${text}\n`).join(''));
  return input;
}
