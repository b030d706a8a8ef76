import type { AgentInputItem } from '@baton/core/model';
import { isOwn } from '../provider-mark.js';
import { toWireItem } from './to-wire-item.js';

/** An item's JSON, and what has to be known of it to put it into a request. */
export interface ConvertedItem {
  readonly json: string;
  /** A reasoning item's own id. */
  readonly reasoning?: string | undefined;
  /** Whether a reasoning item needs the server's copy of it. */
  readonly stored?: boolean;
  /** The id of the reasoning this item was made with. */
  readonly madeWith?: string | undefined;
  /** The JSON without the item's id, once it was needed; `null` where nothing is left to say. */
  anonymous?: string | null;
}

/** Converts one item; `null` where the wire has nothing to say for it. */
export function convertItem(item: AgentInputItem): ConvertedItem | null {
  const wire = toWireItem(item, true);
  if (wire === undefined) return null;
  const json = JSON.stringify(wire);
  if ('type' in item && item.type === 'reasoning') {
    const stored = typeof wire['encrypted_content'] !== 'string';
    return { json, reasoning: item.id ?? '', stored };
  }
  const madeWith = isOwn(item) ? item.providerData?.['reasoningId'] : undefined;
  return typeof madeWith === 'string' ? { json, madeWith } : { json };
}

/** The JSON of an item whose reasoning is not in the request: OpenAI would ask for it by the item's id. */
export function anonymousJson(item: AgentInputItem, converted: ConvertedItem): string | null {
  if (converted.anonymous === undefined) {
    const wire = toWireItem(item, false);
    converted.anonymous = wire === undefined ? null : JSON.stringify(wire);
  }
  return converted.anonymous;
}
