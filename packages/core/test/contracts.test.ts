import { describe, it } from 'vitest';
import { AcmeModel } from './support/acme/acme-model.js';
import { startAcme } from './support/acme/acme-server.js';
import { MemorySession, ModelRequestError } from '../src/index.js';
import {
  type ProviderReply,
  type ScriptedAnswer,
  ScriptedModel,
  testModel,
  testSession,
} from '../src/testing/index.js';
import type { AgentOutputItem } from '../src/model/index.js';
import { Usage } from '../src/model/index.js';

describe('ScriptedModel keeps the contract of a model', () => {
  const laws = testModel({
    prepare: (replies) => {
      const stalls = replies.some(({ fault }) => fault?.type === 'stalls');
      const model = new ScriptedModel(replies.map(answerOf), stalls ? { delayMs: 20 } : {});
      return {
        model,
        requests: () =>
          model.calls.map(({ request, input }) => ({ ...request, input, runMemory: undefined })),
      };
    },
    // It has no wire.
    without: ['foreignData', 'byteChunks', 'brokenAnswers', 'openRequests'],
  });
  for (const law of laws) it(law.name, law.run);
});

describe('the model of docs/providers.md keeps the contract of a model', () => {
  const laws = testModel({
    prepare: async (replies) => {
      const server = await startAcme(replies);
      return { model: new AcmeModel({ url: server.url }), ...server };
    },
  });
  for (const law of laws) it(law.name, law.run);
});

describe('MemorySession keeps the contract of a session [SES-12, SES-14, SES-15, SES-19]', () => {
  for (const law of testSession({ create: () => new MemorySession() })) it(law.name, law.run);
});

function answerOf({ output, usage, fault }: ProviderReply): ScriptedAnswer {
  switch (fault?.type) {
    case 'http_error':
      return new ModelRequestError(`The provider answered ${fault.status}`, {
        statusCode: fault.status,
        retryAfterMs: fault.retryAfterSeconds && fault.retryAfterSeconds * 1000,
      });
    case 'unreachable':
      return new ModelRequestError('Nobody listens there', { isNetworkError: true });
    case 'silent':
      return ({ signal }) =>
        new Promise((_resolve, reject) => {
          signal?.addEventListener('abort', () => reject(signal.reason));
        });
    default:
      return {
        output: output.map(itemOf),
        usage: new Usage({
          requests: 1,
          ...usage,
          inputTokensDetails: { cached_tokens: usage.cachedInputTokens },
          outputTokensDetails: { reasoning_tokens: usage.reasoningTokens },
        }),
      };
  }
}

function itemOf(item: ProviderReply['output'][number]): AgentOutputItem {
  switch (item.type) {
    case 'text':
      return message({ type: 'output_text', text: item.text });
    case 'refusal':
      return message({ type: 'refusal', refusal: item.text });
    case 'reasoning': {
      const providerData = { provider: 'scripted', opaque: item.opaque };
      return {
        type: 'reasoning',
        content: [{ type: 'input_text', text: item.text }],
        providerData,
      };
    }
    case 'function_call':
      return { ...item, status: 'completed' };
    case 'unknown':
      return { type: 'unknown', providerData: { provider: 'scripted', marker: item.marker } };
  }
}

function message(
  part: { type: 'output_text'; text: string } | { type: 'refusal'; refusal: string },
): AgentOutputItem {
  return { type: 'message', role: 'assistant', status: 'completed', content: [part] };
}
