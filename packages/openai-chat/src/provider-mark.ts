import type { ProviderData } from '@baton/core/model';

/** The provider data of everything this package makes carries this as `provider`. */
export const PROVIDER = 'openai-chat';

/** Names the maker of an item; shared by all items that need nothing else. */
export type ProviderMark = ProviderData & { readonly provider: string; readonly model: string };

export function providerMark(model: string): ProviderMark {
  return Object.freeze({ provider: PROVIDER, model });
}
