import { type ModelResponse, UserError } from '@baton/core/model';
import { isRecord, type JsonRecord, textOf } from '@baton/openai-shared';
import { Answer } from './answer.js';
import { asksForCalls, finishReasonOf, isGivenUp } from './finish-reason.js';
import type { Emit } from './item-draft.js';
import { mergeFields } from './merge-fields.js';
import type { ReadContext } from './read-context.js';
import { readUsage, usageOf } from './read-usage.js';
import { cutOffEmpty, errorIn, givenUp, noCalls, noChoices } from './terminal-error.js';

/**
 * Reads a completion: its chunks one after the other, or the whole as a single one. Both ways are this one, so
 * that both give the same items.
 */
export class CompletionReader {
  readonly #context: ReadContext;
  readonly #answer: Answer;
  /** What the server said of the completion besides the answer. */
  #head: JsonRecord | undefined;
  #usage: JsonRecord | undefined;
  #finishReason: string | undefined;
  #hasChoice = false;
  #isWhole = false;

  constructor(context: ReadContext, emit?: Emit) {
    this.#context = context;
    this.#answer = new Answer(context, emit);
  }

  /** Whether the server has said why the model stopped, or everything at once. */
  get isFinished(): boolean {
    return this.#finishReason !== undefined || this.#isWhole;
  }

  /** @throws ModelBehaviorError where the chunk is an error or can not be read; UserError in strict mode. */
  add(chunk: JsonRecord): void {
    const error = errorIn(chunk, this.#context.requestId);
    if (error !== undefined) throw error;
    this.#usage = usageOf(chunk) ?? this.#usage;
    const choice = this.#choiceOf(chunk['choices']);
    const reason = choice?.['finish_reason'];
    // What stands beside the choices is the same in most chunks.
    if (choice === undefined || this.#head === undefined || reason) this.#readHead(chunk);
    if (choice === undefined) return;
    if (choice['error']) {
      const ownError = errorIn({ error: choice['error'] }, this.#context.requestId);
      if (ownError !== undefined) throw ownError;
    }
    if (typeof reason === 'string' && reason !== '') this.#finishReason = reason;
    const { delta, message, logprobs } = choice;
    // A server that does not stream may still be asked to; some send an empty delta beside the message.
    if (isRecord(message)) this.#read(message, true);
    else if (isRecord(delta)) this.#read(delta, false);
    if (isRecord(logprobs)) this.#answer.addLogprobs(logprobs);
  }

  /** What the completion is, once all of it was added. */
  finish(): ModelResponse {
    const { requestId, preserveRawUsage } = this.#context;
    if (!this.#hasChoice) throw noChoices(requestId);
    if (isGivenUp(this.#finishReason)) throw givenUp(String(this.#finishReason), requestId);
    const hasCalls = this.#answer.calls.calls.length > 0;
    const finishReason = finishReasonOf(this.#finishReason, hasCalls);
    if (!this.#answer.hasOutput) this.#endEmpty(finishReason);
    else if (!hasCalls && asksForCalls(this.#finishReason))
      this.#context.warn('missing_tool_calls', NO_CALLS);
    const completionId = idIn(this.#head);
    const isWhole = finishReason !== 'length' && finishReason !== 'content_filter';
    const output = this.#answer.finish({ completionId, finish: isWhole ? 'stop' : 'length' });
    return {
      output,
      usage: readUsage(this.#usage),
      requestId,
      finishReason,
      ...(this.#head !== undefined && { providerData: this.#head }),
      ...(preserveRawUsage && this.#usage !== undefined && { rawUsage: this.#usage }),
    };
  }

  #endEmpty(finishReason: string): void {
    const { requestId } = this.#context;
    if (finishReason === 'content_filter') return this.#answer.refuse(FILTERED);
    if (finishReason === 'length') throw cutOffEmpty(requestId, this.#usage);
    if (asksForCalls(this.#finishReason)) throw noCalls(requestId);
  }

  #read(message: JsonRecord, whole: boolean): void {
    this.#hasChoice = true;
    this.#isWhole ||= whole;
    this.#answer.add(message, whole);
  }

  /** The one choice that is read. */
  #choiceOf(choices: unknown): JsonRecord | undefined {
    if (!Array.isArray(choices) || choices.length === 0) return undefined;
    const all: readonly unknown[] = choices;
    const [only] = all;
    const isOnly = all.length === 1 && isRecord(only) && (only['index'] ?? 0) === 0;
    if (isOnly) return only;
    this.#warnOfChoices();
    return all.filter(isRecord).find(({ index }) => (index ?? 0) === 0);
  }

  #warnOfChoices(): void {
    if (this.#context.strictFeatureValidation) {
      throw new UserError(
        `${CHOICES} Ask for one (\`n: 1\`), or leave out \`strictFeatureValidation\`.`,
      );
    }
    this.#context.warn('choices_ignored', `${CHOICES} The others are ignored.`);
  }

  #readHead(chunk: JsonRecord): void {
    const head: Record<string, unknown> = {};
    for (const field in chunk) if (!NOT_HEAD.has(field)) head[field] = chunk[field];
    this.#head = mergeFields(this.#head, head);
  }
}

function idIn(head: JsonRecord | undefined): string | undefined {
  const id = head === undefined ? undefined : textOf(head, 'id');
  return id === '' ? undefined : id;
}

/** What a model says that a content filter has silenced [C15, CHT-09]. */
const FILTERED = "Response withheld by the provider's content filter.";

const CHOICES =
  'The completion has several choices, or one with another index than 0; only the choice with index 0 can be read.';

const NO_CALLS =
  'The finish_reason is "tool_calls", but there is no tool call; the text is taken as the answer.';

/** What is read elsewhere, or is noise. */
const NOT_HEAD: ReadonlySet<string> = new Set([
  'object',
  'created',
  'choices',
  'usage',
  'error',
  'obfuscation',
  'x_groq',
]);
