import { aRequest, collect, failureOf, responseOf } from '@baton/openai-shared/test-support';
import OpenAI7 from 'openai';
import OpenAI6 from 'openai6';
import { describe, expect, it } from 'vitest';
import { type OpenAIClientLike, OpenAIResponsesModel } from '../src/index.js';
import { withServer } from './support/with-server.js';

const versions: readonly [
  string,
  (options: { baseURL: string; fetch?: typeof fetch }) => OpenAIClientLike,
][] = [
  ['6', (options) => new OpenAI6({ apiKey: 'sk-test', maxRetries: 0, ...options })],
  ['7', (options) => new OpenAI7({ apiKey: 'sk-test', maxRetries: 0, ...options })],
];

describe.each(versions)('openai %s', (_version, client) => {
  it('sends the body as it is, as JSON, and says who asks', async () => {
    const server = await withServer({ script: ['Hello'] });
    const sent: RequestInit[] = [];
    const fetchAndTell: typeof fetch = (url, init) => {
      sent.push(init ?? {});
      return fetch(url, init);
    };
    const model = new OpenAIResponsesModel(
      client({ baseURL: server.url, fetch: fetchAndTell }),
      'gpt-5.6-luna',
    );
    await model.getResponse(aRequest({ input: 'Schöne Grüße 🛫' }));
    expect(sent[0]?.body).toBe(
      '{"model":"gpt-5.6-luna","input":[{"role":"user","content":"Schöne Grüße 🛫"}]}',
    );
    const headers = server.requests[0]?.headers;
    expect(headers?.['content-type']).toBe('application/json');
    expect(headers?.['user-agent']).toMatch(/^Agents\/TypeScript \d/);
  });

  it('answers plain and streamed', async () => {
    const server = await withServer({ script: ['Hello', 'Hello'] });
    const model = new OpenAIResponsesModel(client({ baseURL: server.url }), 'gpt-5.6-luna');
    const whole = await model.getResponse(aRequest());
    const streamed = responseOf(await collect(model, aRequest()));
    expect(whole.output).toMatchObject([{ content: [{ text: 'Hello' }] }]);
    expect(streamed.output).toMatchObject([{ content: [{ text: 'Hello' }] }]);
  });

  it('gives its refusals and its unreachable servers as typed errors', async () => {
    const server = await withServer({ models: ['other'] });
    const model = new OpenAIResponsesModel(client({ baseURL: server.url }), 'gpt-5.6-luna');
    expect(await failureOf(model.getResponse(aRequest()))).toMatchObject({
      name: 'ModelRequestError',
      statusCode: 404,
      errorCode: 'model_not_found',
      requestId: 'req_1',
    });
    await server.close();
    expect(await failureOf(model.getResponse(aRequest()))).toMatchObject({
      name: 'ModelRequestError',
      isNetworkError: true,
    });
  });

  it('a cancelled call throws the reason of its signal', async () => {
    const server = await withServer({ script: [{ output: 'Hello', delayMs: 60_000 }] });
    const model = new OpenAIResponsesModel(client({ baseURL: server.url }), 'gpt-5.6-luna');
    const controller = new AbortController();
    const call = failureOf(model.getResponse(aRequest({ signal: controller.signal })));
    const reason = new Error('enough');
    controller.abort(reason);
    expect(await call).toBe(reason);
  });
});
