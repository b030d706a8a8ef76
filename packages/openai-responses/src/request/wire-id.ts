import type { AgentInputItem } from '@baton/core/model';

/**
 * The item's id where OpenAI gave it: ids are checked by their prefix, and placeholders of other SDKs
 * (`FAKE_ID`, `__fake_id__`) are refused [JS-81].
 */
export function realId(item: AgentInputItem, prefix: string): string | undefined {
  return item.id?.startsWith(prefix) ? item.id : undefined;
}
