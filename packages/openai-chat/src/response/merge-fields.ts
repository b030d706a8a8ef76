import { isRecord, type JsonRecord } from '@baton/openai-shared';

/**
 * What a provider put beside the known fields, added up over the deltas: objects are merged, nothing is
 * erased by null, an empty text or an empty object [S12].
 */
export function mergeFields(base: JsonRecord | undefined, more: JsonRecord): JsonRecord {
  const merged: Record<string, unknown> = { ...base };
  for (const [field, value] of Object.entries(more)) {
    if (value === null || value === undefined) continue;
    const own = merged[field];
    if (value === '' && own !== undefined) continue;
    merged[field] = isRecord(value) ? mergeFields(isRecord(own) ? own : undefined, value) : value;
  }
  return merged;
}
