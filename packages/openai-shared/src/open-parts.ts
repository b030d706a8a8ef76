import type { ModelStreamEvent } from '@baton/core/model';

/** What can be streamed piece by piece. */
export type PartKind = 'output_text' | 'refusal' | 'summary' | 'thought' | 'call';

/** Which part of which item. */
export interface PartPlace {
  readonly kind: PartKind;
  readonly itemIndex: number;
  /** 0 for a call. */
  readonly contentIndex: number;
  /** What a call is called, and by which id, where it is known yet. */
  readonly names?: { readonly callId: string; readonly name: string };
}

interface Part extends PartPlace {
  /** Characters handed out so far. */
  length: number;
  open: boolean;
}

/**
 * Keeps the delta protocol whatever a server leaves out: a part is started before its first delta, gets
 * what its deltas left out from its complete text, and is ended exactly once.
 */
export class OpenParts {
  readonly #emit: (event: ModelStreamEvent) => void;
  readonly #parts = new Map<string, Part>();
  #last: Part | undefined;

  constructor(emit: (event: ModelStreamEvent) => void) {
    this.#emit = emit;
  }

  /** Starts a part, unless it was started before. */
  start(place: PartPlace): void {
    this.#part(place);
  }

  delta(place: PartPlace, delta: string): void {
    const part = this.#part(place);
    if (!part?.open || delta === '') return;
    part.length += delta.length;
    this.#emit(deltaEvent(part, delta));
  }

  /** Ends a part whose complete text is known. */
  complete(place: PartPlace, text: string): void {
    const part = this.#part(place);
    if (!part?.open) return;
    if (text.length > part.length) this.#emit(deltaEvent(part, text.slice(part.length)));
    this.#end(part);
  }

  /** Ends the parts of one item, or of all, that are still open. */
  endAll(itemIndex?: number): void {
    for (const part of this.#parts.values()) {
      if (part.open && (itemIndex === undefined || part.itemIndex === itemIndex)) this.#end(part);
    }
  }

  /** The part, started if need be; a call can not start before its names are known. */
  #part(place: PartPlace): Part | undefined {
    const { kind, itemIndex, contentIndex } = place;
    const last = this.#last;
    if (last?.contentIndex === contentIndex && last.itemIndex === itemIndex && last.kind === kind) {
      return last;
    }
    const key = `${kind} ${itemIndex}.${contentIndex}`;
    let part = this.#parts.get(key);
    if (part === undefined) {
      if (kind === 'call' && place.names === undefined) return undefined;
      part = { ...place, length: 0, open: true };
      this.#parts.set(key, part);
      this.#emit(startEvent(part));
    }
    this.#last = part;
    return part;
  }

  #end(part: Part): void {
    part.open = false;
    this.#emit(endEvent(part));
  }
}

function startEvent({ kind, itemIndex, contentIndex, names }: Part): ModelStreamEvent {
  switch (kind) {
    case 'output_text':
      return { type: 'output_text_start', itemIndex, contentIndex };
    case 'refusal':
      return { type: 'refusal_start', itemIndex, contentIndex };
    case 'summary':
      return { type: 'reasoning_start', part: 'summary', itemIndex, contentIndex };
    case 'thought':
      return { type: 'reasoning_start', part: 'text', itemIndex, contentIndex };
    case 'call':
      return {
        type: 'tool_call_start',
        itemIndex,
        callId: names?.callId ?? '',
        name: names?.name ?? '',
      };
  }
}

function deltaEvent({ kind, itemIndex, contentIndex }: Part, delta: string): ModelStreamEvent {
  switch (kind) {
    case 'output_text':
      return { type: 'output_text_delta', itemIndex, contentIndex, delta };
    case 'refusal':
      return { type: 'refusal_delta', itemIndex, contentIndex, delta };
    case 'summary':
      return { type: 'reasoning_delta', part: 'summary', itemIndex, contentIndex, delta };
    case 'thought':
      return { type: 'reasoning_delta', part: 'text', itemIndex, contentIndex, delta };
    case 'call':
      return { type: 'tool_call_arguments_delta', itemIndex, delta };
  }
}

function endEvent({ kind, itemIndex, contentIndex }: Part): ModelStreamEvent {
  switch (kind) {
    case 'output_text':
      return { type: 'output_text_end', itemIndex, contentIndex };
    case 'refusal':
      return { type: 'refusal_end', itemIndex, contentIndex };
    case 'summary':
      return { type: 'reasoning_end', part: 'summary', itemIndex, contentIndex };
    case 'thought':
      return { type: 'reasoning_end', part: 'text', itemIndex, contentIndex };
    case 'call':
      return { type: 'tool_call_end', itemIndex };
  }
}
