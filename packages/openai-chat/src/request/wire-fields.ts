import type { ProviderData } from '@baton/core/model';
import type { JsonRecord } from '@baton/openai-shared';
import { modelFamily } from '../model-family.js';
import { PROVIDER } from '../provider-mark.js';

/** Something that may have provider data. */
export interface Holder {
  readonly providerData?: ProviderData;
}

/** What the app itself wrote for the wire; what a provider wrote is no field to send. */
export function appFields({ providerData }: Holder, reserved: ReadonlySet<string>): JsonRecord {
  if (providerData === undefined || providerData.provider !== undefined) return NOTHING;
  return without(providerData, reserved);
}

/**
 * What goes back on a tool call besides `id`, `type` and `function`: the app's own fields, and those that came with it
 * from a model of the same family, such as Gemini's `extra_content.google.thought_signature`.
 */
export function callFields(holder: Holder, model: string): JsonRecord {
  const { providerData } = holder;
  if (providerData?.provider !== PROVIDER) return appFields(holder, CALL_FIELDS);
  const { model: origin } = providerData;
  if (typeof origin !== 'string' || modelFamily(origin) !== modelFamily(model)) return NOTHING;
  return without(providerData, MARK_AND_CALL);
}

function without(fields: JsonRecord, reserved: ReadonlySet<string>): JsonRecord {
  let kept: Record<string, unknown> | undefined;
  for (const name in fields) {
    if (!reserved.has(name)) (kept ??= {})[name] = fields[name];
  }
  return kept ?? NOTHING;
}

const NOTHING: JsonRecord = Object.freeze({});
const CALL_FIELDS: ReadonlySet<string> = new Set(['id', 'type', 'function', 'index']);
const MARK_AND_CALL: ReadonlySet<string> = new Set([
  ...CALL_FIELDS,
  'provider',
  'model',
  'response_id',
]);
