import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';

/** What the loader in the tests of `@baton/testing` gives. */
interface OpenAISchema {
  requestProblems(schema: string, value: unknown): readonly string[];
}

// The loader belongs to the tests of another package, so there is no name to import it by.
const loader = new URL('../../../testing/test/support/openai-schema.ts', import.meta.url);
const module = (await import(fileURLToPath(loader))) as {
  loadOpenAISchema(): OpenAISchema | undefined;
};
const schema = module.loadOpenAISchema();

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
