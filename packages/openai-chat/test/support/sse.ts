import { eventStreamDecoder, type JsonRecord } from '@baton/openai-shared';
import type { Wire } from '../fixtures/wire-shape.js';

/** The chunks as the body of a stream. */
export function toSse(
  chunks: readonly Wire[],
  {
    lineEnd = '\n',
    comment,
  }: { readonly lineEnd?: string; readonly comment?: string | undefined } = {},
): string {
  const note = comment === undefined ? '' : `${comment}${lineEnd}${lineEnd}`;
  const events = [...chunks.map((chunk) => JSON.stringify(chunk)), '[DONE]'];
  return note + events.map((event) => `data: ${event}${lineEnd}${lineEnd}`).join(note);
}

/** The chunks that arrive where a body comes cut at these bytes. */
export function arriving(body: Uint8Array, cuts: readonly number[]): readonly JsonRecord[] {
  const decoder = eventStreamDecoder();
  const ends = [...new Set(cuts.map((cut) => cut % (body.length + 1)))].toSorted((a, b) => a - b);
  const data: string[] = [];
  let from = 0;
  for (const end of [...ends, body.length]) {
    data.push(...decoder.push(body.subarray(from, end)));
    from = end;
  }
  data.push(...decoder.end());
  return data.filter((event) => event !== '[DONE]').map((event) => JSON.parse(event) as JsonRecord);
}
