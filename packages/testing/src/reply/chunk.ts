import { setupError } from '../http/api-error.js';
import type { Chunk } from './reply.js';

/** Splits at word boundaries, with the space in front of the word, as tokens come from OpenAI. */
export const chunkWords: Chunk = (text) =>
  text.match(/\s*[\p{L}\p{M}\p{N}_]+|\s*[^\p{L}\p{M}\p{N}_\s]+|\s+$/gu) ?? [];

/** Guards a test's own splitter: deltas that do not join to the text would contradict the events that follow them. */
export function checkedChunk(chunk: Chunk): Chunk {
  return (text) => {
    const pieces = chunk(text);
    if (pieces.join('') !== text) {
      throw setupError(
        `The chunk function must return pieces that join to the text; it changed ${JSON.stringify(text)}.`,
      );
    }
    return pieces;
  };
}
