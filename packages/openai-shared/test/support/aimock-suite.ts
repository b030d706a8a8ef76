import {
  Agent,
  type AgentOutputType,
  type ModelSettings,
  retryPolicies,
  run,
  tool,
} from '@baton/core';
import {
  type Model,
  ModelBehaviorError,
  ModelRequestError,
  ModelTimeoutError,
} from '@baton/core/model';
import { LLMock } from '@copilotkit/aimock';
import { expect, it, onTestFinished } from 'vitest';
import * as z from 'zod';
import type { OpenAIClientOptions } from '../../src/index.js';
import { failureOf } from './collect.js';

/** One of the APIs that aimock speaks. */
export interface AimockApi {
  readonly modelOf: (options: OpenAIClientOptions) => Model;
  /** Fails where OpenAI's schema would not take the body. */
  readonly expectValidBody: (body: unknown) => void;
  /** What the tools of a turn gave, as a body says it. */
  readonly toolOutputsIn: (body: unknown) => readonly unknown[];
}

/** A server that nobody of this project wrote, and a model that talks to it. Its bodies are checked. */
async function startMock({ modelOf, expectValidBody }: AimockApi): Promise<{
  readonly mock: LLMock;
  readonly model: Model;
  readonly bodies: readonly unknown[];
}> {
  const mock = new LLMock({ port: 0, logLevel: 'silent' });
  const url = await mock.start();
  onTestFinished(() => mock.stop());
  const bodies: unknown[] = [];
  const model = modelOf({
    apiKey: 'sk-test',
    baseURL: `${url}/v1`,
    fetch: (input, init) => {
      const body: unknown = JSON.parse(String(init?.body));
      bodies.push(body);
      expectValidBody(body);
      return fetch(input, init);
    },
  });
  return { mock, model, bodies };
}

/** The run's answer, whole or streamed; a streamed one also as it was heard. */
async function answerOf<TOutput extends AgentOutputType>(
  agent: Agent<unknown, TOutput>,
  input: string,
  stream: boolean,
): Promise<unknown> {
  if (!stream) return (await run(agent, input)).finalOutput;
  const result = await run(agent, input, { stream: true });
  for await (const _event of result) {
    // Read to the end.
  }
  return result.finalOutput;
}

const weather = tool({
  name: 'get_weather',
  description: 'Tells the weather.',
  parameters: z.object({ city: z.string() }),
  execute: ({ city }) => `Sunny in ${city}`,
});

const retried: ModelSettings = {
  retry: {
    maxRetries: 2,
    backoff: { initialDelayMs: 1, jitter: false },
    policy: retryPolicies.any(retryPolicies.providerSuggested(), retryPolicies.networkError()),
  },
};

/** Nobody tries again: neither the run nor the client. */
const once: ModelSettings = { retry: { maxRetries: 0 } };

/** What a model does with a server of somebody else, whole or streamed. */
export function describeAnswers(api: AimockApi, stream: boolean): void {
  const withMock = (): ReturnType<typeof startMock> => startMock(api);

  it('answers', async () => {
    const { mock, model } = await withMock();
    mock.on({ userMessage: 'Hello' }, { content: 'Hello there.', reasoning: 'They greet.' });
    const agent = new Agent({ name: 'A', model });
    expect(await answerOf(agent, 'Hello', stream)).toBe('Hello there.');
  });

  it('calls tools, several at once', async () => {
    const { mock, model, bodies } = await withMock();
    const calls = ['Rome', 'Ostia'].map((city) => ({
      name: 'get_weather',
      arguments: JSON.stringify({ city }),
    }));
    mock.on({ userMessage: 'Weather', hasToolResult: false }, { toolCalls: calls });
    mock.on({ toolResultContains: 'Sunny in Ostia' }, { content: 'Sunny.' });
    const agent = new Agent({ name: 'A', model, tools: [weather] });
    expect(await answerOf(agent, 'Weather', stream)).toBe('Sunny.');
    expect(api.toolOutputsIn(bodies[1])).toEqual(['Sunny in Rome', 'Sunny in Ostia']);
  });

  it('hands off', async () => {
    const { mock, model } = await withMock();
    mock.on(
      { systemMessage: 'You sort.' },
      { toolCalls: [{ name: 'transfer_to_local_guide', arguments: '{}' }] },
    );
    mock.on({ systemMessage: 'You know Rome.' }, { content: 'Try the Aventine.' });
    const guide = new Agent({ name: 'Local guide', instructions: 'You know Rome.', model });
    const triage = new Agent({
      name: 'Triage',
      instructions: 'You sort.',
      model,
      handoffs: [guide],
    });
    expect(await answerOf(triage, 'Where to?', stream)).toBe('Try the Aventine.');
  });

  it('gives structured output', async () => {
    const { mock, model } = await withMock();
    mock.on({ userMessage: 'Where' }, { content: JSON.stringify({ city: 'Rome', days: 3 }) });
    const outputType = z.object({ city: z.string(), days: z.number() });
    const agent = new Agent({ name: 'A', model, outputType });
    expect(await answerOf(agent, 'Where', stream)).toEqual({ city: 'Rome', days: 3 });
  });

  it('an answer that is not of the output type is an error of the model', async () => {
    const { mock, model } = await withMock();
    mock.on({ userMessage: 'Where' }, { content: '{"city":' });
    const agent = new Agent({ name: 'A', model, outputType: z.object({ city: z.string() }) });
    expect(await failureOf(answerOf(agent, 'Where', stream))).toBeInstanceOf(ModelBehaviorError);
  });

  it('429 is an error with the status and the time to wait', async () => {
    const { mock, model, bodies } = await withMock();
    mock.on(
      { userMessage: 'Hello' },
      { error: { message: 'Slow down', code: 'rate_limit_exceeded' }, status: 429, retryAfter: 2 },
    );
    const agent = new Agent({ name: 'A', model, modelSettings: once });
    const error = await failureOf(answerOf(agent, 'Hello', stream));
    expect(error).toBeInstanceOf(ModelRequestError);
    expect(error).toMatchObject({ statusCode: 429, retryAfterMs: 2000 });
    expect(bodies).toHaveLength(1);
  });

  it('503 and then fine is an answer, by the policy of the run', async () => {
    const { mock, model, bodies } = await withMock();
    mock.on(
      { userMessage: 'Hello', sequenceIndex: 0 },
      { error: { message: 'Busy', code: 'overloaded' }, status: 503 },
    );
    mock.on({ userMessage: 'Hello' }, { content: 'Hello there.' });
    const agent = new Agent({ name: 'A', model, modelSettings: retried });
    expect(await answerOf(agent, 'Hello', stream)).toBe('Hello there.');
    expect(bodies).toHaveLength(2);
    expect(bodies[1]).toEqual(bodies[0]);
  });

  it('malformed data is an error of the request, never a SyntaxError', async () => {
    const { mock, model } = await withMock();
    mock.on({ userMessage: 'Hello' }, { content: 'Hello there.' }, { chaos: { malformedRate: 1 } });
    const agent = new Agent({ name: 'A', model, modelSettings: once });
    const error = await failureOf(answerOf(agent, 'Hello', stream));
    expect(error).toBeInstanceOf(ModelRequestError);
    expect(error).toMatchObject({ errorCode: 'malformed_json' });
  });

  it('a connection that is cut before the answer is a network error', async () => {
    const { mock, model } = await withMock();
    mock.on(
      { userMessage: 'Hello' },
      { content: 'Hello there.' },
      { chaos: { disconnectRate: 1 } },
    );
    const agent = new Agent({ name: 'A', model, modelSettings: once });
    const error = await failureOf(answerOf(agent, 'Hello', stream));
    expect(error).toBeInstanceOf(ModelRequestError);
    expect(error).toMatchObject({ isNetworkError: true });
  });

  it('a slow server is waited for, or given up after the time that is set', async () => {
    const { mock, model } = await withMock();
    mock.on({ userMessage: 'Hello' }, { content: 'Hello there.' }, { chaos: { latencyMs: 200 } });
    const patient = new Agent({ name: 'A', model });
    expect(await answerOf(patient, 'Hello', stream)).toBe('Hello there.');
    const hasty = new Agent({ name: 'A', model, modelSettings: { ...once, timeoutMs: 20 } });
    expect(await failureOf(answerOf(hasty, 'Hello', stream))).toBeInstanceOf(ModelTimeoutError);
  });
}

/** What a model does with a stream of somebody else that ends too early, or comes slowly. */
export function describeStreams(api: AimockApi): void {
  const withMock = (): ReturnType<typeof startMock> => startMock(api);

  it('that is cut in the middle is an error that says output had begun, and is not tried again', async () => {
    const { mock, model, bodies } = await withMock();
    mock.on(
      { userMessage: 'Hello' },
      { content: 'A long answer. '.repeat(200) },
      { streamingProfile: { ttft: 1, tps: 50, jitter: 0 }, disconnectAfterMs: 200 },
    );
    const agent = new Agent({ name: 'A', model, modelSettings: retried });
    const error = await failureOf(answerOf(agent, 'Hello', true));
    expect(error).toBeInstanceOf(ModelRequestError);
    expect(error).toMatchObject({ isNetworkError: true, responseStarted: true });
    expect(bodies).toHaveLength(1);
  });

  it('that ends too early is an error too', async () => {
    const { mock, model } = await withMock();
    mock.on(
      { userMessage: 'Hello' },
      { content: 'A long answer. '.repeat(20) },
      { truncateAfterChunks: 5 },
    );
    const agent = new Agent({ name: 'A', model, modelSettings: once });
    const error = await failureOf(answerOf(agent, 'Hello', true));
    expect(error).toBeInstanceOf(ModelRequestError);
    expect(error).toMatchObject({ isNetworkError: true });
  });

  it('of slow tokens gives each as it comes, and the whole text in the end', async () => {
    const { mock, model } = await withMock();
    const content = 'One two three four five.';
    mock.on(
      { userMessage: 'Count' },
      { content },
      { chunkSize: 4, streamingProfile: { ttft: 5, tps: 200, jitter: 0 } },
    );
    const result = await run(new Agent({ name: 'A', model }), 'Count', { stream: true });
    const deltas: string[] = [];
    for await (const delta of result.toTextStream()) deltas.push(delta);
    expect(deltas.length).toBeGreaterThan(3);
    expect(deltas.join('')).toBe(content);
    expect(result.finalOutput).toBe(content);
  });
}
