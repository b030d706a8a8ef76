import type { GenerationUsageData, TaskUsageData, TurnUsageData } from '@baton/core';
import type { Span } from './span.js';

/**
 * Adds what a model call has cost to the turn it is in and to every run around it: a run inside a tool call is part of
 * the run around it, but no part of its agent's turn.
 */
export function tallyUsage(call: Span): void {
  if (call.spanData.type !== 'generation' || call.spanData.usage === undefined) return;
  const cost = toCost(call.spanData.usage);
  let turnSeen = false;
  for (let span = call.parent; span !== undefined; span = span.parent) {
    const { spanData } = span;
    if (spanData.type === 'task') spanData.usage = addToTask(spanData.usage, cost);
    else if (spanData.type === 'turn' && !turnSeen) {
      turnSeen = true;
      spanData.usage = addToTurn(spanData.usage, cost);
    }
  }
}

interface Cost extends TurnUsageData {
  readonly total_tokens: number;
}

function toCost(usage: GenerationUsageData): Cost {
  const input = numberOf(usage.input_tokens);
  const output = numberOf(usage.output_tokens);
  const details = usage['input_tokens_details'];
  return {
    input_tokens: input,
    output_tokens: output,
    cached_input_tokens: detailOf(details, 'cached_tokens'),
    cache_write_input_tokens: detailOf(details, 'cache_write_tokens'),
    total_tokens: numberOf(usage['total_tokens']) || input + output,
  };
}

function addToTurn(before: TurnUsageData | undefined, cost: Cost): TurnUsageData {
  return {
    input_tokens: (before?.input_tokens ?? 0) + cost.input_tokens,
    output_tokens: (before?.output_tokens ?? 0) + cost.output_tokens,
    cached_input_tokens: (before?.cached_input_tokens ?? 0) + cost.cached_input_tokens,
    cache_write_input_tokens: (before?.cache_write_input_tokens ?? 0) + cost.cache_write_input_tokens,
  };
}

function addToTask(before: TaskUsageData | undefined, cost: Cost): TaskUsageData {
  return {
    requests: (before?.requests ?? 0) + 1,
    ...addToTurn(before, cost),
    total_tokens: (before?.total_tokens ?? 0) + cost.total_tokens,
  };
}

function numberOf(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : 0;
}

function detailOf(details: unknown, name: string): number {
  return typeof details === 'object' && details !== null ? numberOf(Reflect.get(details, name)) : 0;
}
