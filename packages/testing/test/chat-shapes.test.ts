import { describe, expect, it } from 'vitest';
import { requestShape } from '../src/chat-completions/shapes/request.js';
import { type Described, disagreements, parameterDisagreements } from './support/disagreements.js';
import { loadOpenAISchema, type OpenAISchema, type Schema } from './support/openai-schema.js';
import { samples } from './support/schema-samples.js';

const schema = loadOpenAISchema();

/** Where the server knows the API better than its description; everything else has to agree. */
const KNOWN_DIFFERENCES: readonly RegExp[] = [
  // A message of the assistant has to say something.
  /"role":"assistant".*server Invalid value for 'content': expected a string, got null/,
  // A file is there in one of two ways.
  /"file":\{\}.*Missing required parameter: 'messages\[0\]\.content\[0\]\.file\.file_id'/,
  // One part of the schema lets this be null, another does not.
  /^null as it is: server accepts, schema \/top_logprobs must be integer/,
];

describe.skipIf(schema === undefined)(
  "the server's shapes and OpenAI's schema agree on Chat Completions:",
  () => {
    const openai = schema as OpenAISchema; // the suite is skipped without it
    const described: Described = {
      openai,
      shape: requestShape({ anyContent: false }),
      component: 'CreateChatCompletionRequest',
      knownDifferences: KNOWN_DIFFERENCES,
    };
    const messages = [{ role: 'user', content: 'x' }];
    const body = (field: string, value: unknown): unknown => ({
      model: 'm',
      messages,
      [field]: value,
    });

    it('on every message', () => {
      const all = samples(openai, openai.component('ChatCompletionRequestMessage'));
      expect(disagreements(described, all, (message) => body('messages', [message]))).toEqual([]);
    });

    it('on every parameter', () => {
      const parts = ['CreateModelResponseProperties', 'ModelResponseProperties'].map((name) =>
        openai.component(name),
      );
      const own = openai.component('CreateChatCompletionRequest')['allOf'] as Schema[];
      expect(parameterDisagreements(described, [...parts, ...own], body)).toEqual([]);
    });
  },
);
