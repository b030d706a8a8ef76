import { expect } from 'vitest';
import { loadOpenAISchema } from '../../../testing/test/support/openai-schema.js';

const schema = loadOpenAISchema();

/** Fails where OpenAI's schema, closed to unknown fields, would not take the body. */
export function expectValidBody(body: unknown): void {
  if (schema !== undefined) {
    expect(schema.requestProblems('CreateChatCompletionRequest', body)).toEqual([]);
  }
}

/** Fails where OpenAI's schema would not take the messages. */
export function expectValidMessages(messages: readonly unknown[]): void {
  if (schema === undefined) return;
  for (const message of messages) {
    expect(schema.requestProblems('ChatCompletionRequestMessage', message)).toEqual([]);
  }
}
