import type { AssistantContent, AssistantMessageItem } from '@baton/core/model';
import type { JsonRecord } from '@baton/openai-shared';
import { AudioDraft } from './audio-draft.js';
import type { Emit, ItemDraft, ItemLabel } from './item-draft.js';

interface TextPart {
  readonly type: 'output_text' | 'refusal';
  readonly contentIndex: number;
  text: string;
}

/** What the model says: one message, its parts in the order in which they began [S3]. */
export class MessageDraft implements ItemDraft {
  readonly itemIndex: number;
  readonly #emit: Emit | undefined;
  readonly #parts: (TextPart | AudioDraft | { readonly type: 'image'; readonly image: string })[] =
    [];
  #text: TextPart | undefined;
  #refusal: TextPart | undefined;
  #audio: AudioDraft | undefined;

  constructor(itemIndex: number, emit: Emit | undefined) {
    this.itemIndex = itemIndex;
    this.#emit = emit;
  }

  addText(delta: string): void {
    const part = (this.#text ??= this.#begin('output_text'));
    part.text += delta;
    const { contentIndex } = part;
    this.#emit?.({ type: 'output_text_delta', itemIndex: this.itemIndex, contentIndex, delta });
  }

  addRefusal(delta: string): void {
    const part = (this.#refusal ??= this.#begin('refusal'));
    part.text += delta;
    const { contentIndex } = part;
    this.#emit?.({ type: 'refusal_delta', itemIndex: this.itemIndex, contentIndex, delta });
  }

  addAudio(delta: JsonRecord): void {
    if (this.#audio === undefined) {
      const contentIndex = this.#parts.length;
      this.#audio = new AudioDraft({ itemIndex: this.itemIndex, contentIndex }, this.#emit);
      this.#parts.push(this.#audio);
    }
    this.#audio.add(delta);
  }

  addImage(image: string): void {
    this.#parts.push({ type: 'image', image });
  }

  end(): void {
    const { itemIndex } = this;
    for (const part of this.#parts) {
      if (part instanceof AudioDraft) part.end();
      else if (part.type !== 'image') {
        const { contentIndex } = part;
        this.#emit?.({
          type: part.type === 'refusal' ? 'refusal_end' : 'output_text_end',
          itemIndex,
          contentIndex,
        });
      }
    }
  }

  toItem(label: ItemLabel, notes: MessageNotes = {}): AssistantMessageItem {
    const { mark, status } = label;
    const content = this.#parts.map((part): AssistantContent => {
      if (part instanceof AudioDraft) return part.toContent(mark);
      if (part.type === 'image') return part;
      const { annotations, [part.type]: logprobs } = notes;
      const own = {
        ...(part.type === 'output_text' && annotations !== undefined && { annotations }),
        ...(logprobs !== undefined && { logprobs }),
      };
      const extra = Object.keys(own).length > 0 && { providerData: { ...mark, ...own } };
      return part.type === 'refusal'
        ? { type: 'refusal', refusal: part.text, ...extra }
        : { type: 'output_text', text: part.text, ...extra };
    });
    const providerData = notes.extra === undefined ? mark : { ...mark, ...notes.extra };
    return { type: 'message', role: 'assistant', status, content, providerData };
  }

  #begin(type: TextPart['type']): TextPart {
    const part = { type, contentIndex: this.#parts.length, text: '' };
    this.#parts.push(part);
    this.#emit?.({
      type: type === 'refusal' ? 'refusal_start' : 'output_text_start',
      itemIndex: this.itemIndex,
      contentIndex: part.contentIndex,
    });
    return part;
  }
}

/** What belongs to a message and may come before or after its text. */
export interface MessageNotes {
  readonly annotations?: readonly JsonRecord[];
  /** Log probabilities of the tokens of the text … */
  readonly output_text?: readonly unknown[];
  /** … and of those of the refusal. */
  readonly refusal?: readonly unknown[];
  /** What a provider put on the message itself, e.g. Gemini's `extra_content`. */
  readonly extra?: JsonRecord;
}
