import { isRecord, type JsonRecord } from '@baton/openai-shared';
import { malformed } from './terminal-error.js';

/**
 * Anthropic's thinking blocks, put together from their pieces: a signature closes a block, a redacted block
 * comes in one [S9]. They are kept as they came, because they go back as they came.
 */
export class ThinkingBlocks {
  readonly blocks: Record<string, unknown>[] = [];
  #open: Record<string, unknown> | undefined;

  /** @returns The thoughts in these pieces, and whether a block was closed after them. */
  add(pieces: unknown, whole: boolean): { readonly text: string; readonly closed: boolean }[] {
    if (!Array.isArray(pieces)) return [];
    return pieces.filter(isRecord).map((piece) => this.#addPiece(piece, whole));
  }

  #addPiece(piece: JsonRecord, whole: boolean): { text: string; closed: boolean } {
    if ((piece['type'] ?? 'thinking') !== 'thinking') {
      this.#open = undefined;
      this.blocks.push({ ...piece });
      return { text: '', closed: true };
    }
    const text = textIn(piece, 'thinking');
    const signature = textIn(piece, 'signature');
    if (this.#open === undefined || whole) {
      this.#open = { ...piece, type: 'thinking', thinking: '' };
      if (signature === '') delete this.#open['signature'];
      this.blocks.push(this.#open);
    }
    this.#open['thinking'] = `${String(this.#open['thinking'])}${text}`;
    if (signature === '') return { text, closed: whole };
    this.#open['signature'] = signature;
    this.#open = undefined;
    return { text, closed: true };
  }
}

function textIn(piece: JsonRecord, field: string): string {
  const value = piece[field] ?? '';
  if (typeof value === 'string') return value;
  throw malformed(`thinking_blocks[].${field}`, 'text', value);
}
