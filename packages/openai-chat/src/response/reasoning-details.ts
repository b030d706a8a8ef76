import { isRecord, type JsonRecord } from '@baton/openai-shared';

/**
 * OpenRouter's `reasoning_details`, put together from their pieces by `index` and `type`
 * (https://openrouter.ai/docs/use-cases/reasoning-tokens); they go back as they came.
 */
export class ReasoningDetails {
  readonly details: Record<string, unknown>[] = [];

  /** @returns The thoughts in these pieces. */
  add(pieces: unknown, whole: boolean): string {
    if (!Array.isArray(pieces)) return '';
    let text = '';
    for (const piece of pieces.filter(isRecord)) {
      text += thoughtIn(piece);
      const begun = whole ? undefined : this.#begun(piece);
      if (begun === undefined) this.details.push({ ...piece });
      else join(begun, piece);
    }
    return text;
  }

  #begun({ index, type }: JsonRecord): Record<string, unknown> | undefined {
    // Without an index only the last can be meant, and only where it is of the same kind.
    return this.details.findLast(
      (detail, at) =>
        detail['type'] === type &&
        (typeof index === 'number' ? detail['index'] === index : at === this.details.length - 1),
    );
  }
}

function join(detail: Record<string, unknown>, piece: JsonRecord): void {
  for (const [field, value] of Object.entries(piece)) {
    if (value === null || value === undefined) continue;
    const own = detail[field];
    const isText = PIECEWISE.has(field) && typeof own === 'string' && typeof value === 'string';
    detail[field] = isText ? own + value : value;
  }
}

function thoughtIn(piece: JsonRecord): string {
  const text = piece['text'] ?? piece['summary'];
  return typeof text === 'string' ? text : '';
}

const PIECEWISE: ReadonlySet<string> = new Set(['text', 'summary', 'data']);
