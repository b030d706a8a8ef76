import type { WireChunk } from './post.js';

type Json = Record<string, unknown>;

/** A choice as a completion without a stream has it. */
export interface FoldedChoice {
  readonly index: number;
  message: Json;
  logprobs: Json | null;
  finish_reason: string | null;
}

/** Rebuilds the choices as a client does: texts are joined, calls and choices found by their index. */
export function foldChunks(chunks: readonly WireChunk[]): readonly FoldedChoice[] {
  const folded: FoldedChoice[] = [];
  for (const { index, delta, logprobs, finish_reason } of chunks.flatMap(
    ({ choices }) => choices,
  )) {
    const choice = (folded[index] ??= {
      index,
      message: { annotations: [] },
      logprobs: null,
      finish_reason: null,
    });
    mergeInto(choice.message, delta);
    choice.finish_reason ??= finish_reason;
    if (logprobs !== null) choice.logprobs = mergedLogprobs(choice.logprobs, logprobs as Json);
  }
  return folded.map(withoutTime);
}

function mergeInto(target: Json, delta: Readonly<Json>): void {
  for (const [field, value] of Object.entries(delta)) {
    if (field === 'tool_calls') mergeCalls(target, value as Json[]);
    else if (field === 'annotations') target[field] = value;
    else if (typeof value === 'string' && field !== 'id' && field !== 'type' && field !== 'role')
      target[field] = `${(target[field] as string | null | undefined) ?? ''}${value}`;
    else if (isObject(value)) mergeInto((target[field] ??= {}) as Json, value);
    else target[field] ??= value;
  }
}

function mergeCalls(message: Json, deltas: readonly Json[]): void {
  const calls = (message['tool_calls'] ??= []) as Json[];
  for (const { index, ...delta } of deltas) mergeInto((calls[index as number] ??= {}), delta);
}

function mergedLogprobs(before: Json | null, added: Json): Json {
  const part = (name: string): unknown => {
    const known = (before?.[name] ?? null) as unknown[] | null;
    return added[name] === null ? known : [...(known ?? []), ...(added[name] as unknown[])];
  };
  return { content: part('content'), refusal: part('refusal') };
}

function withoutTime(choice: FoldedChoice): FoldedChoice {
  const audio = choice.message['audio'] as Json | undefined;
  if (audio !== undefined) audio['expires_at'] = 0;
  return choice;
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
