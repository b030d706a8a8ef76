const CHARACTERS_PER_TOKEN = 4;
const REASONING_BLOCK = 64;

/** About how many tokens a value has: the same in every run, and nothing for nothing. */
export function tokens(value: unknown): number {
  if (value === undefined || value === null || (Array.isArray(value) && value.length === 0))
    return 0;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return Math.ceil(text.length / CHARACTERS_PER_TOKEN);
}

/** OpenAI counts reasoning in blocks of 64. */
export function reasoningBlocks(count: number): number {
  return REASONING_BLOCK * Math.ceil(count / REASONING_BLOCK);
}

export function sum<T>(values: readonly T[], count: (value: T) => number): number {
  return values.reduce((total, value) => total + count(value), 0);
}
