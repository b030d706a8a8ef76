import {
  type AgentOutputItem,
  type AssistantContent,
  foldModelEvents,
  type ModelStreamEvent,
} from '@baton/core/model';
import { expect } from 'vitest';
import { responseOf } from './collect.js';

/** Fails where the deltas do not add up to the items of the response, or an item was not announced. */
export function expectLaw(events: readonly ModelStreamEvent[]): void {
  const folded = foldModelEvents(events);
  const { output } = responseOf(events);
  const told = events.filter((event) => event.type !== 'model');
  expect(told[0]?.type).toBe('response_started');
  expect(told.filter(({ type }) => type === 'response_started')).toHaveLength(1);
  const done = told.filter((event) => event.type === 'output_item_done');
  expect(done.map(({ itemIndex }) => itemIndex).toSorted((a, b) => a - b)).toEqual(
    output.map((_item, index) => index),
  );
  for (const { itemIndex, item } of done) expect(item).toEqual(output[itemIndex]);
  expect(output.map((_item, index) => summary(folded.get(index)))).toEqual(output.map(expected));
}

type Folded = ReturnType<typeof foldModelEvents> extends Map<number, infer T> ? T : never;

function summary(folded: Folded | undefined): unknown {
  const inOrder = <T>(parts: ReadonlyMap<number, T> | undefined): readonly T[] =>
    [...(parts ?? [])].toSorted(([a], [b]) => a - b).map(([, part]) => part);
  return {
    content: inOrder(folded?.content).map(({ type, text }) => ({ type, text })),
    summary: inOrder(folded?.summary),
    reasoning: inOrder(folded?.reasoning),
    call: folded?.call,
  };
}

function expected(item: AgentOutputItem): unknown {
  const nothing = { content: [], summary: [], reasoning: [], call: undefined };
  switch (item.type) {
    case 'reasoning':
      return {
        ...nothing,
        summary: item.content.map(({ text }) => text),
        reasoning: (item.rawContent ?? []).map(({ text }) => text),
      };
    case 'function_call':
      return {
        ...nothing,
        call: { callId: item.callId, name: item.name, arguments: item.arguments },
      };
    case 'message':
    case undefined:
      return {
        ...nothing,
        // A picture comes whole, with its item.
        content: item.content
          .filter(({ type }) => type !== 'image')
          .map((part) => ({ type: part.type, text: textOf(part) })),
      };
    default:
      return nothing;
  }
}

function textOf(part: AssistantContent): string {
  switch (part.type) {
    case 'output_text':
      return part.text;
    case 'refusal':
      return part.refusal;
    case 'audio':
      return part.transcript ?? '';
    case 'image':
      return '';
    default:
      return part satisfies never;
  }
}
