import type { Logger } from '@baton/core';
import { readEnv } from './platform.js';
import type { SpanRecord, TraceRecord } from './trace-record.js';
import type { TracingProcessor } from './tracing-processor.js';

/** Options of a {@link LogTraceProcessor}. */
export interface LogTraceProcessorOptions {
  readonly logger: Logger;
  /**
   * Whether what models are asked and answer is logged. Default: whether the environment variable
   * `OPENAI_AGENTS_DONT_LOG_MODEL_DATA` is `0` or `false`. Where a run may not record data, it is not logged either.
   */
  readonly logModelData?: boolean | undefined;
  /** The same for inputs and outputs of tools; its variable is `OPENAI_AGENTS_DONT_LOG_TOOL_DATA`. */
  readonly logToolData?: boolean | undefined;
}

/** Logs what runs do, at level debug: one line as each trace and span ends, without data unless asked for. */
export class LogTraceProcessor implements TracingProcessor {
  readonly #logger: Logger;
  readonly #logModelData: boolean;
  readonly #logToolData: boolean;

  constructor({ logger, logModelData, logToolData }: LogTraceProcessorOptions) {
    this.#logger = logger;
    this.#logModelData = logModelData ?? asksForData('OPENAI_AGENTS_DONT_LOG_MODEL_DATA');
    this.#logToolData = logToolData ?? asksForData('OPENAI_AGENTS_DONT_LOG_TOOL_DATA');
  }

  onTraceStart({ name, traceId }: TraceRecord): void {
    this.#logger.debug(`trace "${name}" (${traceId}) started`);
  }

  onTraceResume({ name, traceId }: TraceRecord): void {
    this.#logger.debug(`trace "${name}" (${traceId}) goes on`);
  }

  onTraceEnd({ name, traceId, error, startTime, endTime = startTime }: TraceRecord): void {
    const failed = error === null ? '' : `, failed: ${error.name ?? 'Error'}`;
    this.#logger.debug(`trace "${name}" (${traceId}) ended after ${Math.round(endTime - startTime)} ms${failed}`);
  }

  onSpanStart(): void {
    // told when it is known how it went
  }

  onSpanEnd(span: SpanRecord): void {
    const { spanData, error, startTime, endTime = startTime } = span;
    const name = 'name' in spanData ? ` "${spanData.name}"` : 'model' in spanData ? ` ${spanData.model}` : '';
    // An error may quote the data, so it is only named.
    const failed = error === null ? '' : `, failed: ${error.name ?? 'Error'}`;
    this.#logger.debug(`${spanData.type}${name} took ${Math.round(endTime - startTime)} ms${failed}${this.#data(span)}`);
  }

  shutdown(): Promise<void> {
    return Promise.resolve();
  }

  forceFlush(): Promise<void> {
    return Promise.resolve();
  }

  #data(span: SpanRecord): string {
    const wanted = MODEL_KINDS.has(span.spanData.type) ? this.#logModelData : TOOL_KINDS.has(span.spanData.type) && this.#logToolData;
    if (!wanted || !span.includeSensitiveData) return '';
    const { spanData, error } = span.finished();
    const shown = {
      ...('input' in spanData && { input: spanData.input }),
      ...('output' in spanData && { output: spanData.output }),
      ...(error !== null && { error }),
    };
    return `: ${JSON.stringify(shown)}`;
  }
}

const MODEL_KINDS: ReadonlySet<string> = new Set(['generation', 'transcription', 'speech', 'speech_group']);
const TOOL_KINDS: ReadonlySet<string> = new Set(['function']);

function asksForData(variable: string): boolean {
  const value = readEnv(variable)?.toLowerCase();
  return value === '0' || value === 'false';
}
