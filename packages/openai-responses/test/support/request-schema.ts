import { expect } from 'vitest';
import { loadOpenAISchema } from '../../../testing/test/support/openai-schema.js';

const schema = loadOpenAISchema();

/** Whether OpenAI's schema lies beside the checkout; tests that need it are skipped without. */
export const hasSchema: boolean = schema !== undefined;

/** Fails where OpenAI's schema, closed to unknown fields, would not take the body. */
export function expectValidBody(body: unknown): void {
  if (schema !== undefined) expect(schema.requestProblems('CreateResponse', body)).toEqual([]);
}

/** Fails where OpenAI's schema would not take the input item. */
export function expectValidInputItem(item: unknown): void {
  if (schema !== undefined) expect(schema.requestProblems('InputItem', item)).toEqual([]);
}
