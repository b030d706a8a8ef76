import type { AgentOutputItem } from '@baton/core/model';
import { UserError } from '@baton/core/model';
import { isRecord, type JsonRecord, recordsOf, textOf } from '@baton/openai-shared';
import { AnnotationList } from './annotation-list.js';
import { isCustom } from './call-draft.js';
import { CallDrafts } from './call-drafts.js';
import { addContentParts } from './content-parts.js';
import type { Emit, ItemDraft } from './item-draft.js';
import { mergeFields } from './merge-fields.js';
import { MessageDraft, type MessageNotes } from './message-draft.js';
import type { ReadContext } from './read-context.js';
import { ReasoningDraft } from './reasoning-draft.js';
import { malformed } from './terminal-error.js';

/** How an answer ended. */
export interface AnswerEnd {
  readonly completionId: string | undefined;
  readonly finish: 'stop' | 'length' | 'content_filter';
}

/**
 * One choice of a completion, put together from its deltas; a whole message is one delta. Items have the order
 * in which they began.
 */
export class Answer {
  readonly calls: CallDrafts;
  readonly #context: ReadContext;
  readonly #emit: Emit | undefined;
  readonly #items: ItemDraft[] = [];
  #count = 0;
  #message: MessageDraft | undefined;
  #reasoning: ReasoningDraft | undefined;
  #extra: JsonRecord | undefined;
  readonly #annotations = new AnnotationList();
  readonly #logprobs: { content: unknown[]; refusal: unknown[] } = { content: [], refusal: [] };

  constructor(context: ReadContext, emit: Emit | undefined) {
    this.#context = context;
    this.#emit = emit;
    this.calls = new CallDrafts(context, emit, () => this.#count++);
  }

  /** Whether the model has said anything besides its thoughts. */
  get hasOutput(): boolean {
    return this.#message !== undefined || this.calls.calls.length > 0;
  }

  /** @throws ModelBehaviorError where a field can not be read; UserError for what is refused in strict mode. */
  add(delta: JsonRecord, whole: boolean): void {
    if (ReasoningDraft.isIn(delta)) this.#thoughts().add(delta, whole);
    const { content, refusal } = delta;
    if (typeof content === 'string') this.#say(content);
    else if (Array.isArray(content)) this.#addParts(content.filter(isRecord));
    if (typeof refusal === 'string' && refusal !== '') this.#saying().addRefusal(refusal);
    if (delta['audio'] !== undefined && delta['audio'] !== null) this.#addAudio(delta['audio']);
    if (delta['images'] !== undefined) this.#addImages(recordsOf(delta, 'images'));
    if (delta['annotations'] !== undefined) this.#annotations.add(recordsOf(delta, 'annotations'));
    const extra = delta['extra_content'];
    if (isRecord(extra)) this.#extra = mergeFields(this.#extra, extra);
    const calls = delta['tool_calls'];
    if (Array.isArray(calls) && calls.length > 0) this.#addCalls(calls, whole);
  }

  addLogprobs(logprobs: JsonRecord): void {
    // Pushed, never copied: as many as there are tokens [CHT-16].
    for (const each of listOf(logprobs['content'])) this.#logprobs.content.push(each);
    for (const each of listOf(logprobs['refusal'])) this.#logprobs.refusal.push(each);
  }

  /** Puts words into the model's mouth, where the server has taken them out. */
  refuse(text: string): void {
    this.#saying().addRefusal(text);
  }

  /** Ends what is open, item after item, and says what became of each. */
  finish({ completionId, finish }: AnswerEnd): readonly AgentOutputItem[] {
    this.calls.settle(completionId);
    const own = {
      ...this.#context.mark,
      ...(completionId !== undefined && { response_id: completionId }),
    };
    const label = { mark: own, status: finish === 'stop' ? 'completed' : 'incomplete' } as const;
    const drafts = [...this.#items, ...this.calls.calls].toSorted(
      (a, b) => a.itemIndex - b.itemIndex,
    );
    return drafts.map((draft) => {
      draft.end();
      const item =
        draft === this.#message ? this.#message.toItem(label, this.#notes()) : draft.toItem(label);
      this.#emit?.({ type: 'output_item_done', itemIndex: draft.itemIndex, item });
      return item;
    });
  }

  #say(text: string): void {
    // Empty texts come with calls and thoughts, and at the beginning; they open nothing [S2].
    if (text !== '') this.#saying().addText(text);
  }

  #addParts(parts: readonly JsonRecord[]): void {
    addContentParts(parts, {
      text: (text) => this.#say(text),
      refusal: (text) => this.refuse(text),
      thought: (text) => this.#thoughts().say(text, 'reasoning'),
    });
  }

  #addAudio(audio: unknown): void {
    if (!isRecord(audio)) throw malformed('audio', 'an object', audio);
    this.#saying().addAudio(audio);
  }

  /** Pictures come whole, as OpenRouter sends them. */
  #addImages(images: readonly JsonRecord[]): void {
    for (const { image_url: image } of images) {
      const url = isRecord(image) ? textOf(image, 'url') : undefined;
      if (url !== undefined) this.#saying().addImage(url);
    }
  }

  #addCalls(entries: readonly unknown[], whole: boolean): void {
    if (this.#context.strictFeatureValidation) {
      const custom = entries.filter(isRecord).find(isCustom);
      if (custom !== undefined) throw customRefused(custom);
    }
    this.#reasoning?.end();
    this.calls.add(entries, whole);
  }

  #saying(): MessageDraft {
    // Where the answer begins the thoughts end; more thoughts are a further part.
    this.#reasoning?.end();
    if (this.#message === undefined) {
      this.#message = new MessageDraft(this.#count++, this.#emit);
      this.#items.push(this.#message);
    }
    return this.#message;
  }

  #thoughts(): ReasoningDraft {
    if (this.#reasoning === undefined) {
      this.#reasoning = new ReasoningDraft(this.#count++, this.#emit);
      this.#items.push(this.#reasoning);
    }
    return this.#reasoning;
  }

  #notes(): MessageNotes {
    const { content, refusal } = this.#logprobs;
    const { annotations } = this.#annotations;
    return {
      ...(annotations.length > 0 && { annotations }),
      ...(content.length > 0 && { output_text: content }),
      ...(refusal.length > 0 && { refusal }),
      ...(this.#extra !== undefined && { extra: { extra_content: this.#extra } }),
    };
  }
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function customRefused(entry: JsonRecord): UserError {
  const custom = isRecord(entry['custom']) ? entry['custom'] : {};
  return new UserError(
    `The model called the custom tool "${textOf(custom, 'name') ?? ''}". Custom tool calls are not supported by ` +
      'Chat Completions in Baton with strict feature validation: offer a function tool, use the Responses API, or ' +
      'leave out `strictFeatureValidation`, and a function tool of that name gets the text as `input`.',
  );
}
