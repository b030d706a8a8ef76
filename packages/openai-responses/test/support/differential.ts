import * as rival from '@openai/agents';
import * as baton from '@baton/core';
import {
  type CommonSdk,
  type Options,
  settled,
  type Sides,
} from '@baton/openai-shared/test-support/differential';
import type OpenAI from 'openai';
import * as hosted from '../../src/index.js';
import { expectValidBody } from './request-schema.js';

/** What both SDKs have under the same names, as far as the scenarios use it. */
export interface Sdk extends CommonSdk {
  readonly webSearchTool: typeof hosted.webSearchTool;
  readonly fileSearchTool: typeof hosted.fileSearchTool;
  readonly codeInterpreterTool: typeof hosted.codeInterpreterTool;
  readonly imageGenerationTool: typeof hosted.imageGenerationTool;
  readonly hostedMcpTool: typeof hosted.hostedMcpTool;
  readonly programmaticToolCallingTool: typeof hosted.programmaticToolCallingTool;
  readonly computerTool: (options: Options) => object;
  readonly shellTool: (options: Options) => object;
  readonly applyPatchTool: (options: Options) => object;
}

/** Both, with the Responses API. */
export const sides: Sides<Sdk> = { baton: batonSdk, rival: rivalSdk, expectValidBody };

// The two have different types for the same things; what is the same is what these tests show.
function batonSdk(client: OpenAI): Sdk {
  const runner = new baton.Runner();
  return {
    ...baton,
    ...hosted,
    model: (name = 'gpt-5.4') => new hosted.OpenAIResponsesModel(client, name),
    run: async (agent: never, input: never, options = {}) =>
      settled(await runner.run(agent, input, options as never)),
    stream: (agent: never, input: never) => runner.run(agent, input, { stream: true } as never),
    runByName: (agent: never, input: never, model?: string) => {
      const modelProvider = new hosted.OpenAIResponsesProvider({ openAIClient: client });
      return new baton.Runner({ modelProvider, model }).run(agent, input);
    },
  } as unknown as Sdk;
}

function rivalSdk(client: OpenAI): Sdk {
  const runner = new rival.Runner({ tracingDisabled: true });
  return {
    ...rival,
    model: (name = 'gpt-5.4') => new rival.OpenAIResponsesModel(client, name),
    run: async (agent: never, input: never, options = {}) =>
      settled(await runner.run(agent, input, options as never)),
    stream: (agent: never, input: never) => runner.run(agent, input, { stream: true } as never),
    runByName: (agent: never, input: never, model?: string) => {
      const modelProvider = new rival.OpenAIProvider({ openAIClient: client });
      const config = {
        modelProvider,
        tracingDisabled: true,
        ...(model !== undefined && { model }),
      };
      return new rival.Runner(config).run(agent, input);
    },
  } as unknown as Sdk;
}
