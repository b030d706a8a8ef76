import type { TraceOptions, TraceReference } from '@baton/core';
import type { Trace } from './trace.js';

/** What a run's state remembers of its trace, to go on in it. */
export function referenceTo({ traceId, name, groupId, origin }: Trace, key: string | undefined): TraceReference {
  return {
    traceId,
    workflowName: name,
    ...(groupId !== null && { groupId }),
    ...(origin === 'app' && { origin }),
    ...(key !== undefined && { keyFingerprint: fingerprintOf(key, traceId) }),
  };
}

/**
 * The trace that a run goes on in, unless what it is given now says otherwise [HIT-10]. Who has another key, or none, sends to
 * where nobody knows of that trace.
 */
export function resumedTrace({ resumes, workflowName, traceId, groupId, tracing }: TraceOptions): TraceReference | undefined {
  if (resumes === undefined || workflowName !== resumes.workflowName) return undefined;
  if (traceId !== undefined && traceId !== resumes.traceId) return undefined;
  if (groupId !== undefined && groupId !== resumes.groupId) return undefined;
  const key = tracing?.apiKey;
  const fingerprint = key === undefined ? undefined : fingerprintOf(key, resumes.traceId);
  return fingerprint === resumes.keyFingerprint ? resumes : undefined;
}

/**
 * 32 bits of a key, FNV-1a: enough to see that it is another one, and far too few to find one with; with the trace's id in
 * it, so that it does not tell which traces have the same key.
 */
function fingerprintOf(key: string, traceId: string): string {
  if (key === '') return 'none';
  let hash = 0x811c9dc5;
  for (const character of `${traceId}/${key}`) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}
