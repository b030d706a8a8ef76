import type { ReasoningItem } from '@baton/core/model';
import { isRecord, type JsonRecord } from '@baton/openai-shared';
import { modelFamily } from '../model-family.js';
import { PROVIDER } from '../provider-mark.js';
import type { ConvertContext } from './convert-context.js';

/** What is known where somebody has to decide whether a model is given reasoning of an earlier answer. */
export interface ReasoningReplay {
  /** The model that is asked. */
  readonly model: string;
  readonly item: ReasoningItem;
  /** The model that thought it, where that is known. */
  readonly originModel: string | undefined;
}

/** Decides whether a model is given reasoning of an earlier answer. */
export type ReplayReasoning = (replay: ReasoningReplay) => boolean;

/** The fields of an assistant message that carry a reasoning item; `undefined` where it stays away. */
export function reasoningFields(
  item: ReasoningItem,
  context: ConvertContext,
): JsonRecord | undefined {
  const data: JsonRecord = item.providerData ?? {};
  const { provider, model: originModel } = data;
  const origin = typeof originModel === 'string' ? originModel : undefined;
  // Nobody else's seals and thoughts [CHT-28].
  if (provider !== undefined && provider !== PROVIDER) return undefined;
  const replay = { model: context.model, item, originModel: origin };
  if (!(context.replayReasoning?.(replay) ?? isOfTheFamily(replay))) return undefined;
  const fields: Record<string, unknown> = {};
  for (const name of BLOCKS) if (Array.isArray(data[name])) fields[name] = data[name];
  const asText = textField(item, data);
  if (asText !== undefined) fields[asText.name] = asText.text;
  return Object.keys(fields).length === 0 ? undefined : fields;
}

/** Reasoning of two items before one message, as one. */
export function joinReasoning(first: JsonRecord | undefined, next: JsonRecord): JsonRecord {
  if (first === undefined) return next;
  const joined: Record<string, unknown> = { ...first };
  for (const [name, value] of Object.entries(next)) {
    const own = joined[name];
    if (Array.isArray(own) && Array.isArray(value)) joined[name] = [...own, ...value];
    else if (typeof own === 'string' && typeof value === 'string')
      joined[name] = `${own}\n${value}`;
    else joined[name] = value;
  }
  return joined;
}

/** Reasoning that does not say where it is from is only given to models that are known to want it. */
function isOfTheFamily({ model, item, originModel }: ReasoningReplay): boolean {
  const family = modelFamily(model);
  if (originModel !== undefined) return modelFamily(originModel) === family;
  return family === 'deepseek' || hasBlocks(item, family);
}

function hasBlocks({ providerData }: ReasoningItem, family: string): boolean {
  return family === 'claude' && Array.isArray(providerData?.['thinking_blocks']);
}

/** Servers that know blocks take the text from them. */
function textField(
  item: ReasoningItem,
  data: JsonRecord,
): { readonly name: string; readonly text: string } | undefined {
  if (Array.isArray(data['thinking_blocks'])) return undefined;
  const summary = textsOf(item.content);
  const thoughts = textsOf(item.rawContent);
  const { field } = data;
  if (field === 'reasoning') {
    return thoughts === '' ? undefined : { name: 'reasoning', text: thoughts };
  }
  const text = summary === '' ? thoughts : summary;
  return text === '' ? undefined : { name: 'reasoning_content', text };
}

function textsOf(parts: unknown): string {
  return (Array.isArray(parts) ? parts : [])
    .flatMap((part) => (isRecord(part) ? [String(part['text'] ?? '')] : []))
    .join('\n');
}

const BLOCKS = ['thinking_blocks', 'reasoning_details'] as const;
