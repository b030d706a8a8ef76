export type PatternName =
  | 'deterministic'
  | 'routing'
  | 'agents-as-tools'
  | 'llm-as-a-judge'
  | 'parallelization'
  | 'input-guardrails'
  | 'output-guardrails'
  | 'forcing-tool-use'
  | 'streaming'
  | 'human-in-the-loop'
  | 'message-filter';

/** Each pattern is a program that runs when it is imported. */
export const patterns: Readonly<Record<PatternName, () => Promise<unknown>>> = {
  deterministic: () => import('./patterns/deterministic.js'),
  routing: () => import('./patterns/routing.js'),
  'agents-as-tools': () => import('./patterns/agents-as-tools.js'),
  'llm-as-a-judge': () => import('./patterns/llm-as-a-judge.js'),
  parallelization: () => import('./patterns/parallelization.js'),
  'input-guardrails': () => import('./patterns/input-guardrails.js'),
  'output-guardrails': () => import('./patterns/output-guardrails.js'),
  'forcing-tool-use': () => import('./patterns/forcing-tool-use.js'),
  streaming: () => import('./patterns/streaming.js'),
  'human-in-the-loop': () => import('./patterns/human-in-the-loop.js'),
  'message-filter': () => import('./patterns/message-filter.js'),
};
