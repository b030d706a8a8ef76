import { type PreparedModel, type ProviderReply, testModel } from '@baton/core/testing';
import { openHttpLine, replyOf } from '@baton/openai-shared/test-support/contract';
import { startOpenAIServer } from '@baton/testing';
import { describe, it } from 'vitest';
import { modelOf } from './support/with-server.js';

describe('the Responses model keeps the contract of a model', () => {
  for (const law of testModel({ prepare })) it(law.name, law.run);
});

/** The strict server answers; a line in front of it breaks and cuts what it sends. */
async function prepare(replies: readonly ProviderReply[]): Promise<PreparedModel> {
  const server = await startOpenAIServer({ script: replies.map((reply) => replyOf(reply)) });
  const line = await openHttpLine(server.url, replies, '.delta"');
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
