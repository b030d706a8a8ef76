import { isRecord, type JsonRecord } from '@baton/openai-shared';

/** The annotations of a text, each once; what is malformed is left out [CHT-12]. */
export class AnnotationList {
  readonly annotations: JsonRecord[] = [];
  readonly #seen = new Set<string>();

  add(annotations: readonly JsonRecord[]): void {
    for (const annotation of annotations) {
      const key = JSON.stringify(annotation);
      if (this.#seen.has(key) || !isWellFormed(annotation)) continue;
      this.#seen.add(key);
      this.annotations.push(annotation);
    }
  }
}

function isWellFormed({ type, url_citation: citation }: JsonRecord): boolean {
  if (type !== 'url_citation') return typeof type === 'string';
  return isRecord(citation) && typeof citation['url'] === 'string' && isPlace(citation);
}

/** Positions are numbers; some servers leave both out. */
function isPlace({ start_index: start, end_index: end }: JsonRecord): boolean {
  return [start, end].every(
    (index) => index === undefined || index === null || Number.isFinite(index),
  );
}
