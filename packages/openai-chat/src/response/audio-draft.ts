import type { AudioContent } from '@baton/core/model';
import type { JsonRecord } from '@baton/openai-shared';
import type { ProviderMark } from '../provider-mark.js';
import type { Emit } from './item-draft.js';
import { malformed } from './terminal-error.js';

/** What the model says aloud: base64 and a transcript, each in pieces. Its id goes back in place of it. */
export class AudioDraft {
  readonly #place: { readonly itemIndex: number; readonly contentIndex: number };
  readonly #emit: Emit | undefined;
  #data: string | undefined;
  #transcript: string | undefined;
  readonly #rest: Record<string, unknown> = {};

  constructor(
    place: { readonly itemIndex: number; readonly contentIndex: number },
    emit: Emit | undefined,
  ) {
    this.#place = place;
    this.#emit = emit;
    emit?.({ type: 'audio_start', ...place });
  }

  add(delta: JsonRecord): void {
    for (const [field, value] of Object.entries(delta)) {
      if (value === null || value === undefined) continue;
      if (field !== 'data' && field !== 'transcript') this.#rest[field] = value;
      else if (typeof value !== 'string') throw malformed(`audio.${field}`, 'text', value);
      else if (field === 'data') this.#data = (this.#data ?? '') + value;
      else this.#transcript = (this.#transcript ?? '') + value;
    }
    const { data, transcript } = delta;
    if (!isText(data) && !isText(transcript)) return;
    this.#emit?.({
      type: 'audio_delta',
      ...this.#place,
      ...(isText(data) && { delta: data }),
      ...(isText(transcript) && { transcriptDelta: transcript }),
    });
  }

  end(): void {
    this.#emit?.({ type: 'audio_end', ...this.#place });
  }

  toContent(mark: ProviderMark): AudioContent {
    const id = this.#rest['id'];
    return {
      type: 'audio',
      audio: this.#data ?? (typeof id === 'string' ? { id } : ''),
      ...(this.#transcript !== undefined && { transcript: this.#transcript }),
      providerData: { ...mark, ...this.#rest },
    };
  }
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
