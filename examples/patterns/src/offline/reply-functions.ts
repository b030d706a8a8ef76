import type { ReplyFunction } from '@baton/testing';
import type { PatternName } from '../patterns.js';
import { agentsAsTools } from './agents-as-tools.js';
import { deterministic } from './deterministic.js';
import { forcingToolUse } from './forcing-tool-use.js';
import { humanInTheLoop } from './human-in-the-loop.js';
import { inputGuardrails } from './input-guardrails.js';
import { llmAsAJudge } from './llm-as-a-judge.js';
import { messageFilter } from './message-filter.js';
import { outputGuardrails } from './output-guardrails.js';
import { parallelization } from './parallelization.js';
import { routing } from './routing.js';
import { streaming } from './streaming.js';

/** What the local server replies, pattern by pattern: rules that play the model. */
export const replyFunctions: Readonly<Record<PatternName, ReplyFunction>> = {
  deterministic,
  routing,
  'agents-as-tools': agentsAsTools,
  'llm-as-a-judge': llmAsAJudge,
  parallelization,
  'input-guardrails': inputGuardrails,
  'output-guardrails': outputGuardrails,
  'forcing-tool-use': forcingToolUse,
  streaming,
  'human-in-the-loop': humanInTheLoop,
  'message-filter': messageFilter,
};
