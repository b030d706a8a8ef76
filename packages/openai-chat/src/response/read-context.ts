import type { ProviderMark } from '../provider-mark.js';

/** What an answer is read with. */
export interface ReadContext {
  readonly mark: ProviderMark;
  /** The header `x-request-id`. */
  readonly requestId: string | undefined;
  readonly preserveRawUsage: boolean;
}
