import type { FinishReason } from '@baton/core/model';

/**
 * Why the model stopped, in Baton's words, from what servers write in `finish_reason`. One that has no
 * counterpart stays as it is; an answer with calls stopped for them, whatever the server calls it.
 */
export function finishReasonOf(wire: string | undefined, hasCalls: boolean): FinishReason {
  const reason = wire === undefined ? 'stop' : (SYNONYMS.get(wire.toLowerCase()) ?? filtered(wire));
  if (reason === 'stop' && hasCalls) return 'tool_calls';
  return reason === 'tool_calls' && !hasCalls ? 'stop' : reason;
}

/** Whether the model stopped for calls, as the server has it. */
export function asksForCalls(wire: string | undefined): boolean {
  return wire !== undefined && SYNONYMS.get(wire.toLowerCase()) === 'tool_calls';
}

/** Whether the server says that it gave up on the answer. */
export function isGivenUp(wire: string | undefined): boolean {
  return wire !== undefined && GIVEN_UP.has(wire.toLowerCase());
}

/** Gemini's compatible endpoint writes the reason behind a colon. */
function filtered(wire: string): string {
  return wire.toLowerCase().startsWith('content_filter') ? 'content_filter' : wire;
}

const SYNONYMS: ReadonlyMap<string, FinishReason> = new Map([
  ['stop', 'stop'],
  ['eos', 'stop'], // Together
  ['end_turn', 'stop'], // Anthropic's own words, which gateways pass on
  ['stop_sequence', 'stop'],
  ['tool_calls', 'tool_calls'],
  ['tool_use', 'tool_calls'],
  ['function_call', 'tool_calls'],
  ['length', 'length'],
  ['max_tokens', 'length'],
  ['model_length', 'length'], // Mistral
]);

/** OpenRouter, vLLM, DeepSeek. */
const GIVEN_UP: ReadonlySet<string> = new Set(['error', 'abort', 'insufficient_system_resource']);
