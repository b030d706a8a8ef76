import { type PreparedModel, type ProviderReply, testModel } from '@baton/core/testing';
import { openHttpLine, replyOf, responsesItem } from '@baton/openai-shared/test-support/contract';
import { reasoning, startOpenAIServer } from '@baton/testing';
import { describe, it } from 'vitest';
import { modelOf } from './support/with-server.js';

// Chat Completions has one text in an answer, and knows no items; OpenAI's own takes no reasoning back.
const laws = testModel({ prepare, without: ['severalTexts', 'unknownItems', 'providerData'] });

describe('the Chat Completions model keeps the contract of a model', () => {
  for (const law of laws) it(law.name, law.run);
});

/** The strict server answers; a line in front of it breaks and cuts what it sends. */
async function prepare(replies: readonly ProviderReply[]): Promise<PreparedModel> {
  const server = await startOpenAIServer({ script: replies.map((reply) => replyOf(reply, SAID)) });
  const line = await openHttpLine(server.url, replies, '"delta":{"content":');
  if (replies.some(({ fault }) => fault?.type === 'unreachable')) await line.close();
  return {
    model: modelOf(line),
    requests: () => server.requests.map(({ body }) => body),
    openRequests: line.openRequests,
    close: async () => {
      await line.close();
      await server.close();
    },
  };
}

/** Thoughts come as text; a stream has said something after two chunks. */
const SAID: NonNullable<Parameters<typeof replyOf>[1]> = {
  wireOf: (item) => (item.type === 'reasoning' ? reasoning([], { content: item.text }) : responsesItem(item)),
  brokenAfter: 2,
};
