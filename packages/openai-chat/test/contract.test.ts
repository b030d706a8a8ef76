import { type PreparedModel, type ProviderReply, type ProviderReplyItem, testModel } from '@baton/core/testing';
import { functionCall, httpError, message, type OutputItem, reasoning, refusal, startOpenAIServer } from '@baton/testing';
import type { Reply } from '@baton/testing';
import { describe, it } from 'vitest';
import { openHttpLine } from '../../openai-responses/test/support/http-line.js';
import { modelOf } from './support/with-server.js';

// Chat Completions has one text in an answer, and knows no items; OpenAI's own takes no reasoning back.
const laws = testModel({ prepare, without: ['severalTexts', 'unknownItems', 'providerData'] });

describe('the Chat Completions model keeps the contract of a model', () => {
  for (const law of laws) it(law.name, law.run);
});

/** The strict server answers; a line in front of it breaks and cuts what it sends. */
async function prepare(replies: readonly ProviderReply[]): Promise<PreparedModel> {
  const server = await startOpenAIServer({ script: replies.map(replyOf) });
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

/** What the contract wants to be answered, as a reply of the strict server. */
function replyOf({ output, usage, split, fault }: ProviderReply): Reply {
  const { cachedInputTokens: cachedTokens, ...tokens } = usage;
  const reply = {
    output: output.map(wireOf),
    usage: { ...tokens, cachedTokens },
    ...(split !== undefined && { chunk: split }),
  };
  switch (fault?.type) {
    case 'http_error': {
      const { status, retryAfterSeconds: wait } = fault;
      return httpError(status, wait === undefined ? {} : { headers: { 'retry-after': `${wait}` } });
    }
    case 'silent':
      return { ...reply, delayMs: 60_000 };
    case 'drops':
      return { ...reply, fault: { kind: 'drop', afterEvents: 2 } };
    case 'garbles':
      return { ...reply, fault: { kind: 'malformed', afterEvents: 2 } };
    default:
      return reply;
  }
}

function wireOf(item: ProviderReplyItem): OutputItem {
  switch (item.type) {
    case 'text':
      return message(item.text);
    case 'refusal':
      return refusal(item.text);
    case 'reasoning':
      return reasoning([], { content: item.text });
    case 'function_call':
      return functionCall(item.name, item.arguments, { callId: item.callId });
    case 'unknown':
      return { type: 'program', code: item.marker, fingerprint: 'f' };
    default:
      return item satisfies never;
  }
}
