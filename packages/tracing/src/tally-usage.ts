import type { GenerationSpanData, GenerationUsageData, TaskUsageData, TurnUsageData } from '@baton/core';
import type { Span } from './span.js';

/**
 * Adds what a model call has cost to the turn it is in and to every run around it: a run inside a tool call is part of
 * the run around it, but no part of its agent's turn. What has ended stays as it was.
 */
export function tallyUsage(call: Span, { usage }: GenerationSpanData): void {
  if (usage === undefined) return;
  let turnSeen = false;
  for (let span = call.parent; span !== undefined; span = span.parent) {
    const { spanData } = span;
    if (span.endTime !== undefined) continue;
    if (spanData.type === 'task') {
      // What the app gave is its own, and stays as it is.
      const total = spanData.usage instanceof TaskTotal ? spanData.usage : new TaskTotal(spanData.usage);
      total.add(usage);
      spanData.usage = total;
    } else if (spanData.type === 'turn' && !turnSeen) {
      turnSeen = true;
      const total = spanData.usage instanceof TurnTotal ? spanData.usage : new TurnTotal(spanData.usage);
      total.add(usage);
      spanData.usage = total;
    }
  }
}

class TurnTotal implements TurnUsageData {
  input_tokens: number;
  output_tokens: number;
  cached_input_tokens: number;
  cache_write_input_tokens: number;

  constructor(before: TurnUsageData | undefined) {
    this.input_tokens = before?.input_tokens ?? 0;
    this.output_tokens = before?.output_tokens ?? 0;
    this.cached_input_tokens = before?.cached_input_tokens ?? 0;
    this.cache_write_input_tokens = before?.cache_write_input_tokens ?? 0;
  }

  add(usage: GenerationUsageData): void {
    const details = usage['input_tokens_details'];
    this.input_tokens += numberOf(usage.input_tokens);
    this.output_tokens += numberOf(usage.output_tokens);
    if (details === undefined) return;
    this.cached_input_tokens += detailOf(details, 'cached_tokens');
    this.cache_write_input_tokens += detailOf(details, 'cache_write_tokens');
  }
}

class TaskTotal extends TurnTotal implements TaskUsageData {
  requests: number;
  total_tokens: number;

  constructor(before: TaskUsageData | undefined) {
    super(before);
    this.requests = before?.requests ?? 0;
    this.total_tokens = before?.total_tokens ?? 0;
  }

  override add(usage: GenerationUsageData): void {
    super.add(usage);
    this.requests++;
    this.total_tokens += numberOf(usage['total_tokens']) || numberOf(usage.input_tokens) + numberOf(usage.output_tokens);
  }
}

function numberOf(value: unknown): number {
  return typeof value === 'number' && Number.isFinite(value) ? value : 0;
}

function detailOf(details: unknown, name: string): number {
  return typeof details === 'object' && details !== null ? numberOf(Reflect.get(details, name)) : 0;
}
