import type { FunctionCallItem } from '@baton/core/model';
import { isRecord, type JsonRecord, textOf } from '@baton/openai-shared';
import type { Emit, ItemDraft, ItemLabel } from './item-draft.js';
import { mergeFields } from './merge-fields.js';
import type { ReadContext } from './read-context.js';
import { namelessCall } from './terminal-error.js';

/** A tool call while it comes. It is told of as soon as its id and its name are sure [S4, D10]. */
export class CallDraft implements ItemDraft {
  itemIndex: number;
  /** What the server counts the call by, where it does. */
  readonly wireIndex: unknown;
  /** What its output is told apart by; as long as the server has not said it, unknown. */
  id: string | undefined;
  /** The id as the server says it, which may also be another call's. */
  wireId: string | undefined;
  readonly #context: ReadContext;
  readonly #emit: Emit | undefined;
  readonly #names: string[] = [];
  #arguments = '';
  #isCustom = false;
  #extra: JsonRecord | undefined;
  #started = false;

  constructor(
    { itemIndex, wireIndex }: { readonly itemIndex: number; readonly wireIndex: unknown },
    context: ReadContext,
    emit: Emit | undefined,
  ) {
    this.itemIndex = itemIndex;
    this.wireIndex = wireIndex;
    this.#context = context;
    this.#emit = emit;
  }

  /** As far as it is known. */
  get name(): string {
    return nameIn(this.#names, this.#context.offers);
  }

  get hasName(): boolean {
    return this.#names.length > 0;
  }

  /** Whether arguments that begin an object, under this name, can only be those of another call. */
  isBefore({ name, args, isSameId }: NextPiece): boolean {
    const own = withoutLeading(this.#arguments);
    if (!isJson(own)) return false;
    return !NOTHING_YET.test(own) || name !== this.name || (!isSameId && isJson(args));
  }

  add(entry: JsonRecord): void {
    if (isCustom(entry)) this.#isCustom = true;
    this.addExtra(entry);
    const callee = entry[this.#isCustom ? 'custom' : 'function'];
    if (!isRecord(callee)) return this.#advance('');
    const name = textOf(callee, 'name') ?? '';
    // Where arguments have begun the name is complete; some servers say it again with each piece.
    if (name !== '' && this.#arguments === '') this.#names.push(name);
    this.#advance(argumentsOf(callee, this.#isCustom ? 'input' : 'arguments'));
  }

  addExtra(entry: JsonRecord): void {
    for (const field in entry) {
      if (!KNOWN.has(field)) this.#extra = mergeFields(this.#extra, { [field]: entry[field] });
    }
  }

  /** @throws ModelBehaviorError where nobody knows which tool is called. */
  end(): void {
    if (!this.hasName) throw namelessCall(this.#arguments);
    if (!this.#started) this.#start();
    this.#emit?.({ type: 'tool_call_end', itemIndex: this.itemIndex });
  }

  toItem({ mark, status }: ItemLabel): FunctionCallItem {
    return {
      type: 'function_call',
      callId: this.id ?? '',
      name: this.name,
      arguments: this.#arguments,
      status,
      providerData: this.#extra === undefined ? mark : { ...mark, ...this.#extra },
    };
  }

  #advance(delta: string): void {
    this.#arguments += delta;
    if (!this.#started) {
      if (this.#canStart()) this.#start();
    } else if (delta !== '') {
      this.#emit?.({ type: 'tool_call_arguments_delta', itemIndex: this.itemIndex, delta });
    }
  }

  #canStart(): boolean {
    if (this.#context.bufferStreamedToolCalls || this.#isCustom) return false;
    return this.id !== undefined && this.hasName && !NOTHING_YET.test(this.#arguments);
  }

  #start(): void {
    this.#started = true;
    const { itemIndex, id: callId = '' } = this;
    if (this.#isCustom) {
      // A function tool answers it, which gets the text as its argument `input`.
      this.#arguments = JSON.stringify({ input: this.#arguments });
      this.#extra = { ...this.#extra, type: 'custom' };
    } else {
      this.#arguments = withoutLeading(this.#arguments);
    }
    this.#emit?.({ type: 'tool_call_start', itemIndex, callId, name: this.name });
    const delta = this.#arguments;
    if (delta !== '') this.#emit?.({ type: 'tool_call_arguments_delta', itemIndex, delta });
  }
}

/** A piece that has a name, and arguments that begin an object. */
interface NextPiece {
  readonly name: string;
  readonly args: string;
  readonly isSameId: boolean;
}

/** Whether an entry of `tool_calls` is about a custom tool, which takes text. */
export function isCustom(entry: JsonRecord): boolean {
  return entry['type'] === 'custom' || isRecord(entry['custom']);
}

/** What an entry of `tool_calls` adds to the arguments. */
export function argumentsOf(callee: JsonRecord, field = 'arguments'): string {
  const value = callee[field];
  if (typeof value === 'string') return value;
  // Some servers send the object itself.
  return isRecord(value) ? JSON.stringify(value) : '';
}

/** A name may come in pieces [D10], grow from piece to piece, or be repeated [CC-7]. */
function nameIn(pieces: readonly string[], offers: ReadContext['offers']): string {
  const [first = ''] = pieces;
  if (pieces.length < 2) return first;
  const joined = pieces.join('');
  if (offers?.(joined) === true) return joined;
  const isSnapshot = pieces.every((name, at) => name.startsWith(pieces[at - 1] ?? ''));
  return isSnapshot ? (pieces.at(-1) ?? '') : joined;
}

/** Bedrock sends empty arguments before the arguments proper [JS-113]. */
function withoutLeading(args: string): string {
  return args.replace(/^\s*\{\s*\}\s*(?=\{)/, '');
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Arguments that may still turn out to be a leading `{}`. */
const NOTHING_YET = /^\s*(\{\s*(\}\s*)?)?$/;
const KNOWN: ReadonlySet<string> = new Set(['index', 'id', 'type', 'function', 'custom']);
