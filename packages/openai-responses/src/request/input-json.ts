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

/** The `input` of the body, put together from the items' JSON; each item is converted once per run. */
export function inputJson(input: ModelRequest['input'], options: InputOptions): string {
  if (typeof input === 'string') return JSON.stringify([{ role: 'user', content: input }]);
  const takesReasoning = !WITHOUT_REASONING.test(options.model);
  let json = '';
  let present: Set<string> | undefined;
  for (const item of input) {
    const converted = remembered(item, options.memory);
    if (converted === null) continue;
    let piece: string | null = converted.json;
    if (converted.reasoning !== undefined) {
      if (!takesReasoning || (converted.stored && options.store === false)) continue;
      (present ??= new Set()).add(converted.reasoning);
    } else if (converted.madeWith !== undefined && !present?.has(converted.madeWith)) {
      piece = anonymousJson(item, converted);
      if (piece === null) continue;
    }
    json += json === '' ? piece : `,${piece}`;
  }
  return `[${json}]`;
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
