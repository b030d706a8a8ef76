import type { Usage } from '@baton/core/model';
import { isRecord, type JsonRecord, toUsage } from '@baton/openai-shared';

/** The usage of a chunk or a completion where it has one; Groq's streams have it under `x_groq`. */
export function usageOf(wire: JsonRecord): JsonRecord | undefined {
  const { usage } = wire;
  if (isRecord(usage)) return usage;
  const groq = wire['x_groq'];
  return isRecord(groq) && isRecord(groq['usage']) ? groq['usage'] : undefined;
}

/** Usage as core counts it. DeepSeek has a name of its own for cached tokens. */
export function readUsage(wire: JsonRecord | undefined): Usage {
  const cached = wire?.['prompt_cache_hit_tokens'];
  const own = wire?.['prompt_tokens_details'];
  const usage =
    typeof cached === 'number' && !(isRecord(own) && typeof own['cached_tokens'] === 'number')
      ? { ...wire, prompt_tokens_details: { ...(isRecord(own) && own), cached_tokens: cached } }
      : wire;
  return toUsage(usage, 'chat.completions.create');
}
