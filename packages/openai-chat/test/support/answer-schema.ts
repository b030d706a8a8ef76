import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';

/** What the loader in the tests of `@baton/testing` gives. */
interface OpenAISchema {
  answerProblems(schema: string, value: unknown): readonly string[];
}

// The loader belongs to the tests of another package, so there is no name to import it by.
const loader = new URL('../../../testing/test/support/openai-schema.ts', import.meta.url);
const module = (await import(fileURLToPath(loader))) as {
  loadOpenAISchema(): OpenAISchema | undefined;
};
const schema = module.loadOpenAISchema();

/** Fails where OpenAI would not send this chunk. */
export function expectValidChunk(chunk: unknown): void {
  if (schema === undefined) return;
  expect(schema.answerProblems('CreateChatCompletionStreamResponse', chunk)).toEqual([]);
}

/** Fails where OpenAI would not send this completion. */
export function expectValidCompletion(completion: unknown): void {
  if (schema === undefined) return;
  expect(schema.answerProblems('CreateChatCompletionResponse', completion)).toEqual([]);
}
