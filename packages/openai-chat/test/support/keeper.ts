import type { Logger } from '@baton/core';

/** A logger that keeps its warnings. */
export function keeper(): Logger & { readonly warnings: string[] } {
  const warnings: string[] = [];
  return {
    warnings,
    debug: () => undefined,
    warn: (message) => {
      warnings.push(message);
    },
    error: () => undefined,
  };
}
