import type { ProviderData } from '../item/index.js';

/**
 * What of an item's or part's provider data may go to this provider: all of it where the app wrote it
 * or the same provider made it, nothing where another provider did. The mark itself is left out.
 *
 * @param holder An item or a part of one.
 * @param provider The asking provider's mark, e.g. `'openai-responses'`.
 */
export function providerDataFor(
  holder: { readonly providerData?: ProviderData },
  provider: string,
): Readonly<Record<string, unknown>> | undefined {
  const data = holder.providerData;
  if (data === undefined) return undefined;
  if (data.provider === undefined) return data;
  if (data.provider !== provider) return undefined;
  const { provider: _mark, ...rest } = data;
  return rest;
}
