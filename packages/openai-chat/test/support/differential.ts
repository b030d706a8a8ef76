import * as rival from '@openai/agents';
import * as baton from '@baton/core';
import {
  type CommonSdk,
  settled,
  type Sides,
} from '@baton/openai-shared/test-support/differential';
import type OpenAI from 'openai';
import { OpenAIChatCompletionsModel, OpenAIChatCompletionsProvider } from '../../src/index.js';
import { expectValidBody } from './request-schema.js';

/** Both, with Chat Completions. */
export const sides: Sides<CommonSdk> = { baton: batonSdk, rival: rivalSdk, expectValidBody };

// The two have different types for the same things; what is the same is what these tests show.
function batonSdk(client: OpenAI): CommonSdk {
  const runner = new baton.Runner({
    logger: { debug: () => undefined, warn: () => undefined, error: () => undefined },
  });
  return {
    ...baton,
    model: (name = 'gpt-4.1') => new OpenAIChatCompletionsModel(client, name),
    run: async (agent: never, input: never, options = {}) =>
      settled(await runner.run(agent, input, options as never)),
    stream: (agent: never, input: never) => runner.run(agent, input, { stream: true } as never),
    runByName: (agent: never, input: never, model?: string) => {
      const modelProvider = new OpenAIChatCompletionsProvider({ openAIClient: client });
      return new baton.Runner({ modelProvider, model }).run(agent, input);
    },
  } as unknown as CommonSdk;
}

function rivalSdk(client: OpenAI): CommonSdk {
  const runner = new rival.Runner({ tracingDisabled: true });
  return {
    ...rival,
    model: (name = 'gpt-4.1') => new rival.OpenAIChatCompletionsModel(client, name),
    run: async (agent: never, input: never, options = {}) =>
      settled(await runner.run(agent, input, options as never)),
    stream: (agent: never, input: never) => runner.run(agent, input, { stream: true } as never),
    runByName: (agent: never, input: never, model?: string) => {
      const modelProvider = new rival.OpenAIProvider({ openAIClient: client, useResponses: false });
      const config = {
        modelProvider,
        tracingDisabled: true,
        ...(model !== undefined && { model }),
      };
      return new rival.Runner(config).run(agent, input);
    },
  } as unknown as CommonSdk;
}
