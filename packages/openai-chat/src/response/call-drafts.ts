import { isRecord, type JsonRecord, textOf } from '@baton/openai-shared';
import { argumentsOf, CallDraft } from './call-draft.js';
import type { Emit } from './item-draft.js';
import type { ReadContext } from './read-context.js';

/** Finds out which call a piece is of, whatever the server leaves out: indexes, ids, or both [D11]. */
export class CallDrafts {
  readonly calls: CallDraft[] = [];
  readonly #context: ReadContext;
  readonly #emit: Emit | undefined;
  readonly #nextIndex: () => number;
  #last: CallDraft | undefined;

  /** @param nextIndex Gives an item its index in the answer. */
  constructor(context: ReadContext, emit: Emit | undefined, nextIndex: () => number) {
    this.#context = context;
    this.#emit = emit;
    this.#nextIndex = nextIndex;
  }

  /** The pieces of one chunk; in a whole message each entry is a call of its own. */
  add(entries: readonly unknown[], whole: boolean): void {
    entries.forEach((entry, at) => {
      if (!isRecord(entry) || isEmpty(entry)) return;
      const known = whole ? undefined : this.#find(entry, at > 0);
      const call = known ?? this.#begin(entry);
      this.#last = call;
      this.#identify(call, textOf(entry, 'id') ?? '');
      call.add(entry);
    });
  }

  /**
   * No more is to come: calls that the server gave no id get one, the same wherever the completion is read, and
   * those that were held back their place.
   */
  settle(completionId: string | undefined): void {
    const own = (completionId ?? '').replaceAll(/^chatcmpl-|[^\w-]/g, '').slice(-24);
    if (this.#isBuffered) this.calls.sort((a, b) => orderOf(a) - orderOf(b));
    this.calls.forEach((call, at) => {
      if (this.#isBuffered) call.itemIndex = this.#nextIndex();
      call.id ??= this.#free(`call_${own === '' ? '' : `${own}_`}${at + 1}`);
    });
  }

  get #isBuffered(): boolean {
    return this.#context.bufferStreamedToolCalls;
  }

  #find(entry: JsonRecord, isFurther: boolean): CallDraft | undefined {
    const { index } = entry;
    const id = textOf(entry, 'id') ?? '';
    const isCounted = index !== undefined && index !== null;
    const candidates = isCounted
      ? this.calls.filter((call) => call.wireIndex === index)
      : this.calls;
    const named = id === '' ? undefined : candidates.findLast((call) => call.wireId === id);
    const last = named ?? (isCounted ? candidates.at(-1) : this.#last);
    if (last === undefined) return undefined;
    const callee = entry['function'] ?? entry['custom'];
    const name = isRecord(callee) ? (textOf(callee, 'name') ?? '') : '';
    // Old vLLM gives every piece an id of its own; only the first has a name.
    if (!isRecord(callee) || name === '') return last;
    // Gemini and Ollama have counted all calls as the first, others gave all one id: a second object can not be of
    // the same call. Bedrock's gateways say name and id again behind a leading `{}`.
    const args = argumentsOf(callee);
    const isSameId = named !== undefined;
    if (/^\s*\{/.test(args) && last.isBefore({ name, args, isSameId })) return undefined;
    if (named !== undefined) return named;
    if (isFurther && !isCounted) return undefined;
    if (id !== '' && last.wireId !== undefined) return undefined;
    return this.#areTwo(last.name, name, isCounted) ? undefined : last;
  }

  /** Whether a name is another one, not the rest of the first or that once more. */
  #areTwo(first: string, next: string, isCounted: boolean): boolean {
    const { offers } = this.#context;
    if (first === '' || first === next || offers?.(first + next) === true) return false;
    return isCounted ? offers?.(first) === true && offers(next) : true;
  }

  #begin(entry: JsonRecord): CallDraft {
    const place = {
      itemIndex: this.#isBuffered ? -1 : this.#nextIndex(),
      wireIndex: entry['index'],
    };
    const call = new CallDraft(place, this.#context, this.#emit);
    this.calls.push(call);
    return call;
  }

  #identify(call: CallDraft, wireId: string): void {
    if (wireId === '' || call.wireId !== undefined) return;
    call.wireId = wireId;
    const at = /gemini/i.test(this.#context.mark.model) ? wireId.indexOf(THOUGHT) : -1;
    call.id = this.#free(at < 0 ? wireId : wireId.slice(0, at));
    if (at < 0) return;
    // LiteLLM hides Gemini's signature in the id [S5].
    const signature = wireId.slice(at + THOUGHT.length);
    call.addExtra({ extra_content: { google: { thought_signature: signature } } });
  }

  /** Two calls of one answer can not have one id: their outputs could not be told apart. */
  #free(id: string): string {
    let free = id;
    for (let n = 2; this.calls.some((call) => call.id === free); n++) free = `${id}_${n}`;
    return free;
  }
}

function orderOf({ wireIndex }: CallDraft): number {
  return typeof wireIndex === 'number' ? wireIndex : 0;
}

/** Whether an entry says nothing, so that it begins no call. */
function isEmpty(entry: JsonRecord): boolean {
  const callee = entry['function'] ?? entry['custom'];
  if (textOf(entry, 'id')) return false;
  return (
    !isRecord(callee) ||
    (!textOf(callee, 'name') && argumentsOf(callee) === '' && !textOf(callee, 'input'))
  );
}

const THOUGHT = '__thought__';
