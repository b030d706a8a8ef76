import { mkdir, open } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { TracingItem } from '../trace-record.js';
import type { TracingExporter } from '../tracing-exporter.js';

/** Options of a {@link FileSpanExporter}. */
export interface FileSpanExporterOptions {
  /** Where the lines go; the file and its folders are made, and what is there already stays. */
  readonly path: string;
  /** Who may read and write a file that is made. Default `0o600`: only its owner, as traces hold what users said. */
  readonly mode?: number | undefined;
}

/**
 * Writes traces and spans into a file, one JSON object a line, in the form that OpenAI's traces have on the wire: for
 * `jq`, for tests, and for reading what happened when no backend is there. Needs Node, Deno or Bun.
 *
 * @example
 * ```ts
 * import { BatchTraceProcessor, createTracing } from '@baton/tracing';
 * import { FileSpanExporter } from '@baton/tracing/file';
 *
 * const exporter = new FileSpanExporter({ path: 'logs/traces.jsonl' });
 * export const tracing = createTracing({ processors: [new BatchTraceProcessor(exporter)] });
 * ```
 */
export class FileSpanExporter implements TracingExporter {
  readonly #options: FileSpanExporterOptions;
  #file: Promise<FileHandle> | undefined;

  constructor(options: FileSpanExporterOptions) {
    this.#options = options;
  }

  /** @throws what the file system throws; the next batch tries to open the file anew. */
  async export(items: readonly TracingItem[]): Promise<void> {
    const lines = items.map((item) => item.toJSON()).filter((json) => json !== null);
    if (lines.length === 0) return;
    const opened = (this.#file ??= openForAppending(this.#options));
    try {
      const file = await opened;
      // One write: a line is whole, also where two processes write into one file.
      await file.appendFile(`${lines.map((line) => JSON.stringify(line)).join('\n')}\n`);
    } catch (error) {
      this.#file = undefined;
      await opened.then((file) => file.close()).catch(() => undefined);
      throw error;
    }
  }

  /** Closes the file; a later batch opens it again. */
  async close(): Promise<void> {
    const file = this.#file;
    this.#file = undefined;
    await (await file)?.close();
  }
}

async function openForAppending({ path, mode = 0o600 }: FileSpanExporterOptions): Promise<FileHandle> {
  await mkdir(dirname(path), { recursive: true });
  return open(path, 'a', mode);
}
