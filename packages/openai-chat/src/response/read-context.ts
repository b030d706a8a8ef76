import type { ProviderMark } from '../provider-mark.js';

/** What an answer is read with. */
export interface ReadContext {
  readonly mark: ProviderMark;
  /** The header `x-request-id`. */
  readonly requestId: string | undefined;
  readonly preserveRawUsage: boolean;
  /** Whether what items cannot say (custom tool calls, several choices) is a `UserError` instead of left out. */
  readonly strictFeatureValidation: boolean;
  /** Whether function calls of a stream are held back until they are complete. */
  readonly bufferStreamedToolCalls: boolean;
  /** Says that something was done differently than asked; at most once per code and run. */
  readonly warn: (code: string, message: string) => void;
  /** Whether the request offered a function of that name; tells a name that comes in pieces from a repeated one. */
  readonly offers?: ((name: string) => boolean) | undefined;
}
