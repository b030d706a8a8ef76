import type { SpanData } from '@baton/core';
import { asRecord } from './attributes.js';
import type { DescribedSpan } from './describe-span.js';

/** The span without anything that a user, a model or a tool has said: what it is called and what one groups by. */
export function withoutContent({ spanData, error, groupId }: DescribedSpan): DescribedSpan {
  return { spanData: contentless(spanData), error, groupId, traceMetadata: undefined };
}

function contentless(data: SpanData): SpanData {
  const fields: Record<string, unknown> = { ...data };
  for (const name of CONTENT) delete fields[name];
  const settings = asRecord(fields['model_config']);
  if (settings !== undefined) fields['model_config'] = { ...settings, stop: undefined };
  // The same kind of span; what is gone is optional in all of them.
  return fields as unknown as SpanData;
}

const CONTENT = ['instructions', 'input', 'output', 'data', 'mcp_data', 'result'] as const;
