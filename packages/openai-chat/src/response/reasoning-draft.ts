import type { ReasoningItem, ReasoningPart } from '@baton/core/model';
import { type JsonRecord, textOf } from '@baton/openai-shared';
import type { ReasoningMark } from '../provider-mark.js';
import type { Emit, ItemDraft, ItemLabel } from './item-draft.js';
import { ReasoningDetails } from './reasoning-details.js';
import { ThinkingBlocks } from './thinking-blocks.js';

/**
 * What the model thinks. Servers say the same thoughts in up to three fields at once; the first of
 * `reasoning_content`, `thinking_blocks`, `reasoning` and `reasoning_details` that has text is listened to
 * [S10], and all that has to go back is kept.
 */
export class ReasoningDraft implements ItemDraft {
  readonly itemIndex: number;
  readonly #emit: Emit | undefined;
  readonly #blocks = new ThinkingBlocks();
  readonly #details = new ReasoningDetails();
  /** The texts of the parts; a part ends where the answer begins, or a block is signed. */
  readonly #parts: string[] = [];
  #open = false;
  /** Whether the details only repeat what is said beside them. */
  #isPlain = false;
  #field: 'reasoning_content' | 'reasoning' | 'blocks' | undefined;

  constructor(itemIndex: number, emit: Emit | undefined) {
    this.itemIndex = itemIndex;
    this.#emit = emit;
  }

  /** Whether a delta or message has anything for a draft. */
  static isIn(delta: JsonRecord): boolean {
    return (
      isText(delta['reasoning_content']) ||
      isText(delta['reasoning']) ||
      isList(delta['thinking_blocks']) ||
      isList(delta['reasoning_details'])
    );
  }

  add(delta: JsonRecord, whole: boolean): void {
    const pieces = this.#blocks.add(delta['thinking_blocks'], whole);
    const details = this.#details.add(delta['reasoning_details'], whole);
    const content = textOf(delta, 'reasoning_content') ?? '';
    if (content !== '') return this.say(content, 'reasoning_content');
    const fromBlocks = this.#field === undefined || this.#field === 'blocks';
    if (fromBlocks && pieces.length > 0) {
      for (const { text, closed } of pieces) {
        this.say(text, 'blocks');
        if (closed) this.end();
      }
      return;
    }
    const plain = textOf(delta, 'reasoning') ?? '';
    if (plain !== '') this.#isPlain = true;
    this.say(this.#isPlain ? plain : details, 'reasoning');
  }

  say(text: string, field: 'reasoning_content' | 'reasoning' | 'blocks'): void {
    if (text === '') return;
    this.#field ??= field;
    const { itemIndex } = this;
    const emit = this.#emit;
    if (!this.#open) {
      this.#open = true;
      this.#parts.push('');
      emit?.({ type: 'reasoning_start', part: this.#part, itemIndex, contentIndex: this.#last });
    }
    const contentIndex = this.#last;
    this.#parts[contentIndex] += text;
    emit?.({ type: 'reasoning_delta', part: this.#part, itemIndex, contentIndex, delta: text });
  }

  end(): void {
    if (!this.#open) return;
    this.#open = false;
    const { itemIndex } = this;
    this.#emit?.({ type: 'reasoning_end', part: this.#part, itemIndex, contentIndex: this.#last });
  }

  toItem({ mark }: ItemLabel): ReasoningItem {
    const isSummary = this.#part === 'summary';
    const field = this.#field === 'blocks' ? undefined : this.#field;
    const { blocks } = this.#blocks;
    const { details } = this.#details;
    const providerData: ReasoningMark = {
      ...mark,
      ...(field !== undefined && { field }),
      ...(blocks.length > 0 && { thinking_blocks: blocks }),
      ...(details.length > 0 && { reasoning_details: details }),
    };
    return {
      type: 'reasoning',
      content: isSummary ? this.#parts.map((text) => ({ type: 'input_text', text })) : [],
      ...(!isSummary && {
        rawContent: this.#parts.map((text) => ({ type: 'reasoning_text', text })),
      }),
      providerData,
    };
  }

  get #last(): number {
    return this.#parts.length - 1;
  }

  get #part(): ReasoningPart {
    return this.#field === 'reasoning_content' ? 'summary' : 'text';
  }
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}

function isList(value: unknown): boolean {
  return Array.isArray(value) && value.length > 0;
}
