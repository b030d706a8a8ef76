import { Agent, Runner, tool } from '@baton/core';
import type { RunConfig } from '@baton/core';
import { functionCall, ScriptedModel } from '@baton/core/testing';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ConsoleSpanExporter } from '../src/console/index.js';
import { FileSpanExporter } from '../src/file/index.js';
import { createTracing, SimpleTraceProcessor } from '../src/index.js';
import type { TraceProviderOptions } from '../src/index.js';
import { OpenAITracingExporter } from '../src/openai/index.js';
import { OTLPTraceExporter } from '../src/otlp/index.js';
import { createRedactor } from '../src/redaction.js';
import { openHttpSink } from './support/http-sink.js';
import { KeepingExporter, KeepingLogger, Recorder } from './support/recorder.js';
import { planted, SECRETS } from './support/secrets.js';

/** Everything that every exporter lets out of runs and spans that are full of the texts. */
async function exportedBy(texts: readonly string[], config: RunConfig, options: TraceProviderOptions = {}): Promise<string> {
  const sink = await openHttpSink();
  const folder = await mkdtemp(join(tmpdir(), 'baton-traces-'));
  const path = join(folder, 'traces.jsonl');
  const drawn: string[] = [];
  const logger = new KeepingLogger();
  const exporters = [
    new OpenAITracingExporter({ endpoint: sink.url, apiKey: 'the-key-of-the-exporter', logger }),
    new OTLPTraceExporter({ url: sink.url, protocol: 'http/json', logger }),
    new ConsoleSpanExporter({ showData: true, columns: 10_000, write: (text) => drawn.push(text) }),
    new FileSpanExporter({ path }),
  ];
  const tracing = createTracing({ processors: exporters.map((each) => new SimpleTraceProcessor(each, { logger })), logger, ...options });
  try {
    const runner = new Runner({ tracer: tracing, ...config });
    for (const text of texts) await runAround(runner, text);
    const whole = texts.join('\n');
    await runner.run(new Agent({ name: 'A', model: new ScriptedModel([new Error(whole)]) }), whole).catch(() => undefined);
    await tracing.withTrace('By hand', () => spansByHand(tracing, whole), { includeSensitiveData: config.traceIncludeSensitiveData });
    await tracing.shutdown();
    const sent = sink.received.map(({ text }) => text).join('\n');
    return `${sent}\n${drawn.join('\n')}\n${await readFile(path, 'utf8')}\n${logger.lines.join('\n')}`;
  } finally {
    await sink.close();
    await rm(folder, { recursive: true });
  }
}

/** A run that is told the text, calls a tool with it, gets it back, fails with it, and answers with it. */
async function runAround(runner: Runner, text: string): Promise<void> {
  const parameters = { type: 'object', properties: { text: { type: 'string' } }, required: ['text'], additionalProperties: false } as const;
  const echo = tool({ name: 'echo', parameters, execute: () => text });
  const fail = tool({
    name: 'fail',
    parameters,
    execute: () => {
      throw new Error(text);
    },
  });
  const agent = new Agent({
    name: 'A',
    instructions: text,
    model: new ScriptedModel([functionCall('echo', { text }), functionCall('fail', { text }), text]),
    modelSettings: { extraHeaders: { 'x-tenant': text }, extraQuery: { q: text }, providerData: { note: text } },
    tools: [echo, fail],
  });
  await runner.run(agent, text);
}

async function spansByHand(tracing: ReturnType<typeof createTracing>, text: string): Promise<void> {
  await tracing.withCustomSpan(
    (span) => {
      span.setError({ message: text, data: { text } });
      tracing.createFunctionSpan({ data: { name: 'f', input: text, output: text } }, span).start();
    },
    { data: { name: 'mine', data: { text, headers: { 'x-any': text } } } },
  );
  await tracing.withGenerationSpan(() => undefined, { data: { input: text, output: [text], model_config: { text }, instructions: text } });
  await tracing.withResponseSpan(() => undefined, { data: { _input: text, _response: { text } } });
  await tracing.withTranscriptionSpan(() => undefined, { data: { input: { data: text, format: 'pcm' }, output: text, model_config: { prompt: text } } });
  await tracing.withSpeechSpan(() => undefined, { data: { input: text, output: { data: text, format: 'pcm' }, model_config: { voice: text } } });
  await tracing.withSpeechGroupSpan(() => undefined, { data: { input: text } });
}

describe('with sensitive data off', () => {
  it('none of twenty secrets in inputs, outputs, headers, URLs and errors is in any export [TR-43, JS-136, RC-8]', async () => {
    expect(SECRETS).toHaveLength(20);
    const texts = planted();
    texts.forEach((text, index) => expect(text).toContain(SECRETS[index]));
    const exported = await exportedBy(texts, { traceIncludeSensitiveData: false });
    expect(exported).toContain('"name":"echo"');
    expect(SECRETS.filter((secret) => exported.includes(secret))).toEqual([]);
  });

  it('nothing of what a run works with is in any export, in no kind of span: names and numbers stay [TR-43, JS-136]', async () => {
    const exported = await exportedBy(['a private text'], { traceIncludeSensitiveData: false }, { redaction: false });
    expect(exported).not.toContain('a private text');
    expect(exported).toContain('"message":"Error"');
    expect(exported).toContain('"input_tokens":10');
  });

  it('holds for the whole tracing, whatever a run asks for', async () => {
    const exported = await exportedBy(['a private text'], {}, { redaction: false, includeSensitiveData: false });
    expect(exported).not.toContain('a private text');
  });

  it('holds for what is inside, and only there', async () => {
    const recorder = new Recorder();
    const tracing = createTracing({ processors: [recorder] });
    const custom = (name: string): Promise<void> => tracing.withCustomSpan(() => undefined, { data: { name, data: { text: 'private' } } });
    const look = tool({
      name: 'look',
      execute: async () => {
        await custom('inside');
        return 'Seen';
      },
    });
    await tracing.withTrace('T', async () => {
      const agent = new Agent({ name: 'A', model: new ScriptedModel([functionCall('look'), 'Done']), tools: [look] });
      await new Runner({ tracer: tracing, traceIncludeSensitiveData: false }).run(agent, 'Hi');
      await custom('after');
    });
    expect(recorder.span('custom inside').spanData).toEqual({ type: 'custom', name: 'inside', data: undefined });
    expect(recorder.span('custom after').spanData).toEqual({ type: 'custom', name: 'after', data: { text: 'private' } });
    expect(recorder.span('function look').spanData).toMatchObject({ output: undefined });
  });

  it('an error is no more than its class [RC-8]', async () => {
    const recorder = new Recorder();
    const tracing = createTracing({ processors: [recorder], includeSensitiveData: false });
    class CardError extends Error {
      override readonly name = 'CardError';
    }
    await tracing.withTrace('T', async () => {
      for (const error of [new CardError('4242'), 'a text', Object.assign(new Error('x'), { name: 'card 4242' })]) {
        await tracing.withCustomSpan(() => { throw error; }, { data: { name: 'x' } }).catch(() => undefined);
      }
    });
    expect(recorder.spans.map((span) => span.error)).toEqual([{ message: 'CardError' }, { message: 'Error' }, { message: 'Error' }]);
  });
});

describe('with sensitive data on', () => {
  it('texts leave without the keys and credentials in them [TR-43]', async () => {
    const texts = planted();
    const exported = await exportedBy(texts, {});
    expect(SECRETS.filter((secret) => exported.includes(secret))).toEqual([]);
    for (const kept of ['node app.js', 'acme/app.git', 'address=Rome', 'do not share it', 'db.internal', 'EndpointSuffix']) {
      expect(exported).toContain(kept);
    }
  });

  it('what the app names is redacted too: texts, patterns, fields [TR-43]', async () => {
    const exporter = new KeepingExporter();
    const tracing = createTracing({
      processors: [new SimpleTraceProcessor(exporter)],
      redaction: { secrets: ['swordfish', 'a'], patterns: [/\bIBAN \w+/i], names: ['Licence'] },
    });
    await tracing.withTrace('swordfish trace', () =>
      tracing.withCustomSpan(() => undefined, {
        data: { name: 'swordfish span', data: { text: 'say swordfish, pay to IBAN DE001 and iban de002', licence: { plate: 'B-1' } } },
      }), { metadata: { token: 'abcdef', tenant: 'acme' }, groupId: 'swordfish group' },
    );
    await tracing.shutdown();
    const [trace, span] = exporter.items;
    expect(trace).toMatchObject({ name: '[redacted] trace', groupId: '[redacted] group', metadata: { token: '[redacted]', tenant: 'acme' } });
    expect(span).toMatchObject({
      spanData: {
        name: '[redacted] span',
        data: { text: 'say [redacted], pay to [redacted] and [redacted]', licence: { plate: '[redacted]' } },
      },
    });
  });

  it.each([
    'The token was accepted, and the password has been reset.',
    'Basic understanding of bearer certificates',
    'input_tokens: 1200, output_tokens: 80, max_tokens: 4096, token: 12',
    'tokenizer: cl100k_base; sk-learn is not a key; the pk_orders index',
    'See https://example.com/a?b=c&page=2#key and mail ada@example.com',
    '{"monkey":"banana","keyboard":"qwerty","secretary":"Ms Moneypenny"}',
    'hotkey=ctrl',
  ])('a text without a secret stays as it is: %s', (text) => {
    expect(createRedactor().text(text)).toBe(text);
  });

  it('takes no time that grows with the square of a text', () => {
    const redactor = createRedactor();
    for (const part of ['a', 'sk-', 'token ', 'password', '=', '://', 'eyJ', 'eyJ-', 'SG.a', 'sk-a-', 'token=\\"', 'https://a', 'password=', '\\"', '"', '-----BEGIN PRIVATE KEY-----', 'authorization', 'a@', 'Bearer ']) {
      const start = performance.now();
      redactor.text(`key ${part.repeat(200_000 / part.length)}`);
      // A square of this length is many seconds on any machine.
      expect(performance.now() - start, part).toBeLessThan(2_000);
    }
  });
});

describe('what is too long', () => {
  it('is cut, and says so: texts, lists, depth; other fields keep their room [JS-134]', async () => {
    const exporter = new KeepingExporter();
    const tracing = createTracing({ processors: [new SimpleTraceProcessor(exporter)], limits: { fieldLength: 100, listLength: 3, depth: 3 } });
    await tracing.withTrace('T', async () => {
      await tracing.withFunctionSpan(() => undefined, { data: { name: 'f', input: 'x'.repeat(80) + 'y'.repeat(500), output: 'all of it' } });
      await tracing.withCustomSpan(() => undefined, { data: { name: 'c', data: { list: [1, 2, 3, 4, 5], deep: { a: { b: { c: 1 } } } } } });
      await tracing.withGenerationSpan(() => undefined, { data: { input: ['a'.repeat(90), 'b'.repeat(90), 'c', 'd'] } });
    });
    await tracing.shutdown();
    const [, f, c, g] = exporter.items.map((item) => (item.type === 'trace' ? undefined : item.spanData));
    expect(f).toEqual({ type: 'function', name: 'f', input: `${'x'.repeat(75)}[… 480 of 580 characters left out …]${'y'.repeat(25)}`, output: 'all of it' });
    expect(c).toMatchObject({ data: { list: [1, 2, 3, '[… 2 more of 5 left out]'], deep: { a: { b: '[too deep]' } } } });
    expect(g).toMatchObject({ input: ['a'.repeat(90), `${'b'.repeat(8)}[… 80 of 90 characters left out …]bb`, '[… 2 more of 4 left out]'] });
  });

  it('leaves no half of a character', async () => {
    const recorder = new Recorder();
    const tracing = createTracing({ processors: [recorder], limits: { fieldLength: 7 } });
    await tracing.withTrace('T', () => tracing.withFunctionSpan(() => undefined, { data: { name: 'f', input: '😀'.repeat(20) } }));
    const data = recorder.spans[0]?.finished().spanData;
    const input = data?.type === 'function' ? (data.input ?? '') : '';
    expect(input).toBe(Buffer.from(input).toString());
    expect(input).toContain('left out');
  });

  it('and what cannot be read never fails an export [TRC-08]', async () => {
    const circle: Record<string, unknown> = { name: 'round' };
    circle['self'] = circle;
    const data = {
      circle,
      big: 10n,
      nan: Number.NaN,
      date: new Date(0),
      map: new Map([['a', 1]]),
      set: new Set([1]),
      bytes: new Uint8Array(3),
      error: new TypeError('inside'),
      fn: () => 1,
      nothing: undefined,
      get bad(): string {
        throw new Error('unreadable');
      },
      toJson: { toJSON: () => ({ a: 1 }) },
      broken: {
        toJSON: () => {
          throw new Error('no JSON');
        },
      },
    };
    const recorder = new Recorder();
    const tracing = createTracing({ processors: [recorder] });
    await tracing.withTrace('T', () => tracing.withCustomSpan(() => undefined, { data: { name: 'c', data } }));
    expect(recorder.spans[0]?.finished().spanData).toEqual({
      type: 'custom',
      name: 'c',
      data: {
        circle: { name: 'round', self: '[circular]' },
        big: '10',
        nan: 'NaN',
        date: '1970-01-01T00:00:00.000Z',
        map: { a: 1 },
        set: [1],
        bytes: '[3 bytes]',
        error: { name: 'TypeError', message: 'inside' },
        bad: '[unreadable]',
        toJson: { a: 1 },
        broken: '[unreadable]',
      },
    });
  });
});
