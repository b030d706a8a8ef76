import type { ProviderData } from '@baton/core/model';
import type { JsonRecord } from '@baton/openai-shared';

/** The provider data of everything this package makes carries this as `provider`. */
export const PROVIDER = 'openai-responses';

/** Names the maker of an item; shared by all items that need nothing else. */
export type ProviderMark = ProviderData & { readonly provider: string; readonly model: string };

export function providerMark(model: string): ProviderMark {
  return Object.freeze({ provider: PROVIDER, model });
}

/**
 * Provider data that keeps the wire's fields that have no place in the item, under their own names. A wire
 * field that is called like one of the mark's own goes under `wire`.
 */
export function withWireFields(
  mark: ProviderMark,
  wire: JsonRecord,
  known: ReadonlySet<string>,
): ProviderData {
  let data: Record<string, unknown> | undefined;
  for (const field in wire) {
    if (known.has(field)) continue;
    data ??= { ...mark };
    if (RESERVED.has(field)) data['wire'] = { ...asRecord(data['wire']), [field]: wire[field] };
    else data[field] = wire[field];
  }
  return data ?? mark;
}

/** The wire fields that {@link withWireFields} kept, or that the app wrote; none from other providers. */
export function wireFieldsOf(holder: { readonly providerData?: ProviderData }): JsonRecord {
  const data = holder.providerData;
  if (data === undefined || isForeign(holder)) return NOTHING;
  if (data.provider === undefined) return data; // the app's own words
  // Most items carry nothing but the mark: nothing is copied for them.
  let fields: Record<string, unknown> | undefined;
  for (const field in data) {
    if (!RESERVED.has(field)) (fields ??= {})[field] = data[field];
  }
  return data['wire'] === undefined
    ? (fields ?? NOTHING)
    : { ...fields, ...asRecord(data['wire']) };
}

/** Whether another provider made this. */
export function isForeign(holder: { readonly providerData?: ProviderData }): boolean {
  const provider = holder.providerData?.provider;
  return provider !== undefined && provider !== PROVIDER;
}

/** Whether this package made this. */
export function isOwn(holder: { readonly providerData?: ProviderData }): boolean {
  return holder.providerData?.provider === PROVIDER;
}

function asRecord(value: unknown): JsonRecord {
  // Only ever written by withWireFields, as an object.
  return (value as JsonRecord | undefined) ?? NOTHING;
}

const NOTHING: JsonRecord = Object.freeze({});
const RESERVED: ReadonlySet<string> = new Set(['provider', 'model', 'reasoningId', 'wire']);
