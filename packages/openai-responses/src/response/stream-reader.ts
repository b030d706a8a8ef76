import type { AgentOutputItem, ModelStreamEvent } from '@baton/core/model';
import {
  isRecord,
  type JsonRecord,
  OpenParts,
  type PartKind,
  type PartPlace,
  recordsOf,
  textOf,
} from '@baton/openai-shared';
import { CUSTOM_CALL, customArguments } from '../custom-call.js';
import { isSearchHere, SEARCH_CALL, SEARCH_TOOL, searchArguments } from '../search-call.js';
import { itemReader, type ReadOptions, toModelResponse } from './model-response.js';
import { sameJson } from './same-json.js';
import { errorOfEvent, errorOfResponse } from './terminal-error.js';

/** An item that is complete, in both forms. */
interface DoneItem {
  readonly wire: JsonRecord;
  readonly item: AgentOutputItem;
}

/** Reads the events of one streamed response, in order, and says them in the delta protocol. */
export class ResponseStreamReader {
  /** Whether output has begun; from then on the request must not be repeated. */
  outputStarted = false;
  /** Whether the response is complete. */
  done = false;

  readonly #options: ReadOptions;
  #events: ModelStreamEvent[] = [];
  readonly #parts = new OpenParts((event) => {
    this.#events.push(event);
  });
  readonly #readItem: (wire: JsonRecord) => AgentOutputItem;
  readonly #items = new Map<number, DoneItem>();
  #started = false;

  constructor(options: ReadOptions) {
    this.#options = options;
    this.#readItem = itemReader(options.mark);
  }

  /** @throws ModelBehaviorError where the event says that the response failed. */
  read(event: JsonRecord): void {
    this.#events.push({ type: 'model', event });
    const type = event['type'];
    if (!this.#started) this.#start(event);
    switch (type) {
      case 'response.created':
      case 'response.in_progress':
      case 'response.queued':
      case 'keepalive':
        return;
      case 'response.completed':
      case 'response.incomplete':
      case 'response.failed':
      case 'response.cancelled':
        return this.#end(event);
      case 'error':
      case 'response.error':
        throw errorOfEvent(event, this.#options.requestId);
      default:
        if (type === undefined && isRecord(event['error'])) {
          throw errorOfEvent(event, this.#options.requestId);
        }
        this.outputStarted = true;
        return this.#readOutput(String(type), event);
    }
  }

  /** What is to be handed out since the last time. */
  take(): readonly ModelStreamEvent[] {
    const taken = this.#events;
    this.#events = [];
    return taken;
  }

  #start(event: JsonRecord): void {
    this.#started = true;
    const response = isRecord(event['response']) ? event['response'] : {};
    const responseId = textOf(response, 'id');
    this.#events.push({
      type: 'response_started',
      ...(responseId !== undefined && { responseId }),
    });
  }

  #readOutput(type: string, event: JsonRecord): void {
    switch (type) {
      case 'response.output_text.delta':
        return this.#delta('output_text', event);
      case 'response.function_call_arguments.delta':
        return this.#delta('call', event);
      case 'response.reasoning_summary_text.delta':
        return this.#delta('summary', event);
      case 'response.reasoning_text.delta':
        return this.#delta('thought', event);
      case 'response.refusal.delta':
        return this.#delta('refusal', event);
      case 'response.output_item.added':
        return this.#startItem(event);
      case 'response.content_part.added':
      case 'response.reasoning_summary_part.added':
        return this.#startPart(event);
      case 'response.output_text.done':
        return this.#complete('output_text', event);
      case 'response.refusal.done':
        return this.#complete('refusal', event);
      case 'response.reasoning_text.done':
        return this.#complete('thought', event);
      case 'response.reasoning_summary_text.done':
        return this.#complete('summary', event);
      case 'response.function_call_arguments.done':
        return this.#complete('call', event);
      case 'response.output_item.done':
        if (isRecord(event['item'])) {
          this.#finishItem(indexOf(event, 'output_index'), event['item']);
        }
        return;
      default:
      // The rest (annotations, hosted tools at work, pictures in the making) has the raw event only.
    }
  }

  #delta(kind: PartKind, event: JsonRecord): void {
    this.#parts.delta(placeOf(kind, event), textOf(event, 'delta') ?? '');
  }

  #complete(kind: PartKind, event: JsonRecord): void {
    const text = textOf(event, kind === 'call' ? 'arguments' : textField(kind));
    if (text !== undefined) this.#parts.complete(placeOf(kind, event), text);
  }

  #startItem(event: JsonRecord): void {
    const item = event['item'];
    if (!isRecord(item) || item['type'] !== 'function_call') return;
    const place = { ...placeOf('call', event), names: namesOf(item) };
    this.#parts.start(place);
    this.#parts.delta(place, textOf(item, 'arguments') ?? '');
  }

  #startPart(event: JsonRecord): void {
    const part = event['part'];
    const kind = isRecord(part) ? KIND_OF_PART.get(String(part['type'])) : undefined;
    if (kind === undefined || !isRecord(part)) return;
    const place = placeOf(kind, event);
    this.#parts.start(place);
    this.#parts.delta(place, textOf(part, textField(kind)) ?? '');
  }

  #finishItem(itemIndex: number, wire: JsonRecord): void {
    if (this.#items.has(itemIndex)) return;
    const call = callOf(wire);
    if (call !== undefined) {
      const place = { kind: 'call', itemIndex, contentIndex: 0, names: call.names } as const;
      this.#parts.complete(place, call.text);
    }
    for (const field of ['content', 'summary']) {
      recordsOf(wire, field).forEach((part, contentIndex) => {
        const kind = KIND_OF_PART.get(String(part['type']));
        if (kind === undefined) return;
        const text = textOf(part, textField(kind)) ?? '';
        this.#parts.complete({ kind, itemIndex, contentIndex }, text);
      });
    }
    this.#parts.endAll(itemIndex);
    const item = this.#readItem(wire);
    this.#items.set(itemIndex, { wire, item });
    this.#events.push({ type: 'output_item_done', itemIndex, item });
  }

  #end(event: JsonRecord): void {
    const response = isRecord(event['response']) ? event['response'] : {};
    // A terminal event speaks for itself where its response does not.
    const status = response['status'] ?? String(event['type']).replace('response.', '');
    const error = errorOfResponse({ ...response, status }, this.#options.requestId);
    if (error !== undefined) throw error;
    const wires = recordsOf(response, 'output');
    wires.forEach((wire, index) => this.#finishItem(index, wire));
    this.#parts.endAll();
    const output = wires.length > 0 ? this.#outputOf(wires) : this.#doneInOrder();
    this.done = true;
    this.#events.push({
      type: 'response_done',
      response: toModelResponse(response, output, this.#options),
    });
  }

  /** The terminal event has the last word; an item it only repeats stays the object it was. */
  #outputOf(wires: readonly JsonRecord[]): readonly AgentOutputItem[] {
    const read = itemReader(this.#options.mark);
    return wires.map((wire, index) => {
      const item = read(wire);
      const done = this.#items.get(index);
      return done !== undefined && sameJson(done.wire, wire) ? done.item : item;
    });
  }

  /** Some servers end with an empty output although they streamed items [R7, RUN-20]. */
  #doneInOrder(): readonly AgentOutputItem[] {
    return [...this.#items].sort(([a], [b]) => a - b).map(([, { item }]) => item);
  }
}

const KIND_OF_PART: ReadonlyMap<string, PartKind> = new Map([
  ['output_text', 'output_text'],
  ['refusal', 'refusal'],
  ['summary_text', 'summary'],
  ['reasoning_text', 'thought'],
] as const);

/** What is streamed of an item that becomes the call of a function. */
function callOf(
  wire: JsonRecord,
): { readonly names: ReturnType<typeof namesOf>; readonly text: string } | undefined {
  const names = namesOf(wire);
  switch (wire['type']) {
    case 'function_call':
      return { names, text: textOf(wire, 'arguments') ?? '' };
    case CUSTOM_CALL:
      return { names, text: customArguments(wire) };
    case SEARCH_CALL:
      return isSearchHere(wire)
        ? { names: { ...names, name: SEARCH_TOOL }, text: searchArguments(wire) }
        : undefined;
    default:
      return undefined;
  }
}

function namesOf(wire: JsonRecord): { callId: string; name: string } {
  return { callId: textOf(wire, 'call_id') ?? '', name: textOf(wire, 'name') ?? '' };
}

function placeOf(kind: PartKind, event: JsonRecord): PartPlace {
  const contentIndex =
    kind === 'call' ? 0 : indexOf(event, kind === 'summary' ? 'summary_index' : 'content_index');
  return { kind, itemIndex: indexOf(event, 'output_index'), contentIndex };
}

function textField(kind: PartKind): string {
  return kind === 'refusal' ? 'refusal' : 'text';
}

function indexOf(event: JsonRecord, field: string): number {
  const index = event[field];
  return typeof index === 'number' ? index : 0;
}
