import type { Logger } from '@baton/core';

/** A logger that remembers what it was told. */
export interface RecordingLogger extends Logger {
  readonly warnings: string[];
  readonly errors: string[];
  /** All warnings and errors. */
  text(): string;
}

export function recordingLogger(): RecordingLogger {
  const warnings: string[] = [];
  const errors: string[] = [];
  const lines: string[] = [];
  const into = (list: string[]) => (message: string) => {
    list.push(message);
    lines.push(message);
  };
  return {
    debug: () => undefined,
    warn: into(warnings),
    error: into(errors),
    warnings,
    errors,
    text: () => lines.join('\n'),
  };
}
