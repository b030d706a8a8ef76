import type { ProviderData } from '@baton/core/model';

/** The provider data of everything this package makes carries this as `provider`. */
export const PROVIDER = 'openai-chat';

/** Names the maker of an item; shared by all items that need nothing else. */
export type ProviderMark = ProviderData & { readonly provider: string; readonly model: string };

/**
 * What a reasoning item of this package keeps for the way back. It goes back on the assistant message that
 * follows it, to models of the family it came from.
 */
export interface ReasoningMark extends ProviderMark {
  /** The message's field that had the text: `reasoning_content` is `content`, `reasoning` is `rawContent`. */
  readonly field?: 'reasoning_content' | 'reasoning';
  /** Anthropic's blocks as they came, with signatures and redacted ones, under the name they came under. */
  readonly thinking_blocks?: readonly unknown[];
  /** OpenRouter's, likewise. */
  readonly reasoning_details?: readonly unknown[];
}

export function providerMark(model: string): ProviderMark {
  return Object.freeze({ provider: PROVIDER, model });
}
