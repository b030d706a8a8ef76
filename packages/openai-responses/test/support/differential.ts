import * as rival from '@openai/agents';
import * as baton from '@baton/core';
import { type OpenAIServerOptions, startOpenAIServer } from '@baton/testing';
import OpenAI from 'openai';
import * as hosted from '../../src/index.js';
import { expectValidBody } from './request-schema.js';

interface Options {
  readonly [option: string]: unknown;
}

/** What both SDKs have under the same names, as far as the scenarios use it. */
export interface Sdk {
  readonly Agent: new (options: Options) => { asTool(options: Options): object };
  readonly tool: (options: Options) => object;
  readonly webSearchTool: typeof hosted.webSearchTool;
  readonly fileSearchTool: typeof hosted.fileSearchTool;
  readonly codeInterpreterTool: typeof hosted.codeInterpreterTool;
  readonly imageGenerationTool: typeof hosted.imageGenerationTool;
  readonly hostedMcpTool: typeof hosted.hostedMcpTool;
  readonly programmaticToolCallingTool: typeof hosted.programmaticToolCallingTool;
  readonly computerTool: (options: Options) => object;
  readonly shellTool: (options: Options) => object;
  readonly applyPatchTool: (options: Options) => object;
  /** Runs to the end; streamed, it reads everything. */
  readonly run: (agent: object, input: unknown, options?: Options) => Promise<Result>;
  readonly model: (name?: string) => object;
  /** Runs an agent that has no model of its own. */
  readonly runByName: (agent: object, input: unknown, model?: string) => Promise<unknown>;
}

/** What a run gave. */
export interface Result {
  readonly finalOutput?: unknown;
  readonly history: readonly unknown[];
  readonly interruptions: readonly object[];
  readonly state: { approve(item: object): void; reject(item: object): void };
  readonly completed?: Promise<unknown>;
}

/** What one program does with either SDK. */
export type Program = (sdk: Sdk) => Promise<unknown>;

/** The bodies that a program sends with each of the two. */
export interface BothRequests {
  readonly baton: readonly unknown[];
  readonly rival: readonly unknown[];
}

/** Runs a program with each SDK, against a server of its own with the same script. */
export async function runBoth(
  program: Program,
  server: OpenAIServerOptions,
): Promise<BothRequests> {
  return {
    baton: await requestsOf(program, batonSdk, server),
    rival: await requestsOf(program, rivalSdk, server),
  };
}

async function requestsOf(
  program: Program,
  sdkOf: (client: OpenAI) => Sdk,
  options: OpenAIServerOptions,
): Promise<readonly unknown[]> {
  await using server = await startOpenAIServer(options);
  const client = new OpenAI({ apiKey: 'sk-test', baseURL: server.url, maxRetries: 0 });
  await program(sdkOf(client));
  if (sdkOf === batonSdk) for (const { body } of server.requests) expectValidBody(body);
  return server.requests.map(({ method, path, body }) => ({ method, path, body }));
}

// The two have different types for the same things; what is the same is what these tests show.
function batonSdk(client: OpenAI): Sdk {
  const runner = new baton.Runner();
  return {
    ...baton,
    ...hosted,
    model: (name = 'gpt-5.4') => new hosted.OpenAIResponsesModel(client, name),
    run: async (agent: never, input: never, options = {}) =>
      settled(await runner.run(agent, input, options as never)),
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
    runByName: (agent: never, input: never, model?: string) => {
      const modelProvider = new rival.OpenAIProvider({ openAIClient: client });
      const config = { modelProvider, tracingDisabled: true, ...(model !== undefined && { model }) };
      return new rival.Runner(config).run(agent, input);
    },
  } as unknown as Sdk;
}

async function settled(result: unknown): Promise<Result> {
  const ran = result as Result;
  if (ran.completed !== undefined) await ran.completed;
  return ran;
}
