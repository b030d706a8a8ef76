import type { AgentOutputItem } from '../item/index.js';
import type { Usage } from './usage.js';

/** Why the model stopped. */
export type FinishReason =
  | 'stop'
  | 'tool_calls'
  | 'length'
  | 'content_filter'
  | 'error'
  | (string & {});

/** Something the provider did differently than it was asked to. */
export interface ModelWarning {
  readonly code: string;
  readonly message: string;
}

/** What came back from one model call. */
export interface ModelResponse {
  readonly output: readonly AgentOutputItem[];
  readonly usage: Usage;
  /** The provider's id of the response; only where it can be referred to later. */
  readonly responseId?: string | undefined;
  /** The provider's id of the HTTP request, for its support. */
  readonly requestId?: string | undefined;
  readonly finishReason?: FinishReason | undefined;
  readonly warnings?: readonly ModelWarning[] | undefined;
  readonly providerData?: Readonly<Record<string, unknown>> | undefined;
  /** The provider's own usage object, where `modelSettings.preserveRawUsage` asks for it. */
  readonly rawUsage?: Readonly<Record<string, unknown>> | undefined;
}
