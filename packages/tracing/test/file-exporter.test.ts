import { Runner } from '@baton/core';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FileSpanExporter } from '../src/file/index.js';
import { BatchTraceProcessor, createTracing } from '../src/index.js';
import { shop } from './support/agents.js';
import { KeepingLogger } from './support/recorder.js';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'baton-traces-'));
});

afterEach(() => rm(folder, { recursive: true }));

async function lines(path: string): Promise<Record<string, unknown>[]> {
  const text = await readFile(path, 'utf8');
  expect(text.endsWith('\n')).toBe(true);
  return text.trimEnd().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>); // each is an object
}

describe('the exporter for files', () => {
  it('writes one JSON object a line, as on OpenAI\'s wire, into a file that only its owner can read [TR-28, TR-41]', async () => {
    const path = join(folder, 'deep/er/traces.jsonl');
    const tracing = createTracing({ processors: [new BatchTraceProcessor(new FileSpanExporter({ path }), { maxBatchSize: 3 })] });
    await new Runner({ tracer: tracing, workflowName: 'Shop' }).run(shop(), 'Hi');
    await tracing.shutdown();
    const [trace, ...spans] = await lines(path);
    expect(trace).toMatchObject({ object: 'trace', workflow_name: 'Shop' });
    expect(new Set(spans.map((span) => span['object']))).toEqual(new Set(['trace.span']));
    expect(spans.map((span) => (span['span_data'] as { type: string }).type)).toContain('function');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  it('adds to what is there', async () => {
    const path = join(folder, 'traces.jsonl');
    for (const name of ['first', 'second']) {
      const tracing = createTracing({ processors: [new BatchTraceProcessor(new FileSpanExporter({ path }))] });
      await tracing.withTrace(name, () => undefined);
      await tracing.shutdown();
    }
    expect((await lines(path)).map((line) => line['workflow_name'])).toEqual(['first', 'second']);
  });

  it('that cannot write loses its batch with a warning, and the run goes on', async () => {
    const logger = new KeepingLogger();
    const exporter = new FileSpanExporter({ path: folder });
    const tracing = createTracing({ processors: [new BatchTraceProcessor(exporter, { logger })] });
    expect((await new Runner({ tracer: tracing }).run(shop(), 'Hi')).finalOutput).toBe('Done');
    await tracing.shutdown();
    expect(logger.lines[0]).toContain('A tracing exporter failed');
    expect(logger.lines[0]).toContain('EISDIR');
  });
});
