import type { Schema } from './openai-schema.js';

type Components = Readonly<Record<string, Schema>>;

const REASONING: Schema = { reasoning_content: { type: 'string' } };

/** Fields that deltas of Chat Completions have in practice and the schema does not describe. */
export function withChatExtensions(components: Components): Components {
  const message = propertiesOf(components, 'ChatCompletionResponseMessage');
  const call = propertiesOf(components, 'ChatCompletionMessageToolCallChunk');
  return {
    ...components,
    ChatCompletionResponseMessage: extended(components, 'ChatCompletionResponseMessage', REASONING),
    ChatCompletionStreamResponseDelta: extended(components, 'ChatCompletionStreamResponseDelta', {
      ...REASONING,
      annotations: message['annotations'],
      // Audio comes piece by piece, so that no piece has everything.
      audio: { type: 'object' },
    }),
    ChatCompletionMessageToolCallChunk: extended(components, 'ChatCompletionMessageToolCallChunk', {
      ...call,
      type: { type: 'string', enum: ['function', 'custom'] },
      custom: {
        type: 'object',
        properties: { name: { type: 'string' }, input: { type: 'string' } },
      },
    }),
  };
}

function extended(components: Components, name: string, fields: Schema): Schema {
  return { ...components[name], properties: { ...propertiesOf(components, name), ...fields } };
}

function propertiesOf(components: Components, name: string): Schema {
  return (components[name]?.['properties'] ?? {}) as Schema;
}
