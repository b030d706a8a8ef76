/**
 * Which models understand each other's reasoning: those of one family, wherever they are served from
 * (`deepseek-chat`, `accounts/fireworks/models/deepseek-v3`). A model of no known family only understands itself.
 */
export function modelFamily(model: string): string {
  const name = model.toLowerCase();
  return FAMILIES.find(([words]) => words.some((word) => name.includes(word)))?.[1] ?? name;
}

const FAMILIES: readonly (readonly [words: readonly string[], family: string])[] = [
  [['deepseek'], 'deepseek'],
  [['claude', 'anthropic'], 'claude'],
  [['gemini'], 'gemini'],
  [['gpt-oss'], 'gpt-oss'],
  [['qwen', 'qwq'], 'qwen'],
  [['kimi', 'moonshot'], 'kimi'],
  [['glm', 'zai-org'], 'glm'],
  [['grok'], 'grok'],
  [['minimax'], 'minimax'],
];
