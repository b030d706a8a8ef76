import type { AgentInputItem, ModelRequest } from '@baton/core/model';
import { anonymousJson, convertItem, type ConvertedItem } from './convert-item.js';
import type { ResponsesMemory } from './run-memory.js';

/** What decides about reasoning in a request. */
export interface InputOptions {
  readonly memory: ResponsesMemory;
  /** The model's name; older ones refuse reasoning items altogether. */
  readonly model: string;
  /** `false` where the server keeps nothing, so that reasoning only counts in its encrypted form. */
  readonly store: boolean | undefined;
}

/** An input as it was sent, to go on from. */
export interface SentInput {
  readonly store: boolean | undefined;
  readonly items: AgentInputItem[];
  /** The ids of the reasoning items among them. */
  readonly reasoning: Set<string>;
  /** The items' JSON, without the brackets. */
  json: string;
}

/**
 * The `input` of the body. Each item is converted once per run; where the input begins as the last one did,
 * as it does from turn to turn, only what is new is looked at.
 */
export function inputJson(input: ModelRequest['input'], options: InputOptions): string {
  if (typeof input === 'string') return JSON.stringify([{ role: 'user', content: input }]);
  const { memory, store } = options;
  if (!continues(input, memory.last, store)) {
    memory.last = { store, items: [], reasoning: new Set(), json: '' };
  }
  const sent = memory.last;
  const added = input.slice(sent.items.length);
  // One flat text: adding piece by piece would leave a chain that every later turn walks again.
  const pieces = sent.json === '' ? [] : [sent.json];
  for (const item of added) {
    const piece = pieceOf(item, sent, options);
    if (piece !== null) pieces.push(piece);
  }
  sent.json = pieces.join(',');
  for (const item of added) sent.items.push(item);
  return `[${sent.json}]`;
}

function continues(
  input: readonly AgentInputItem[],
  last: SentInput | undefined,
  store: boolean | undefined,
): last is SentInput {
  if (last === undefined || last.store !== store || last.items.length > input.length) return false;
  return last.items.every((item, at) => item === input[at]);
}

/** The item's JSON in this place, or `null` where it has to stay away. */
function pieceOf(item: AgentInputItem, sent: SentInput, options: InputOptions): string | null {
  const converted = remembered(item, options.memory);
  if (converted === null) return null;
  if (converted.reasoning !== undefined) {
    if (WITHOUT_REASONING.test(options.model)) return null;
    if (converted.stored && options.store === false) return null;
    sent.reasoning.add(converted.reasoning);
    return converted.json;
  }
  const { madeWith } = converted;
  return madeWith === undefined || sent.reasoning.has(madeWith)
    ? converted.json
    : anonymousJson(item, converted);
}

function remembered(item: AgentInputItem, { items }: ResponsesMemory): ConvertedItem | null {
  let converted = items.get(item);
  if (converted === undefined) {
    converted = convertItem(item);
    items.set(item, converted);
  }
  return converted;
}

/** OpenAI answers 400 where one of these is given a reasoning item. */
const WITHOUT_REASONING = /^(ft:)?(gpt-3|gpt-4|chatgpt-4)/;
