import { afterEach, describe, expect, it } from 'vitest';
import type { OpenAIClientLike } from '../src/index.js';
import {
  openAIDefaults,
  setDefaultOpenAIClient,
  setDefaultOpenAIKey,
  setTracingExportApiKey,
} from '../src/openai-defaults.js';

/** What a client of the `openai` package shows of itself. */
const clientOf = (
  apiKey: unknown,
  baseURL = 'https://api.openai.com/v1',
  apiVersion?: string,
): OpenAIClientLike & { readonly apiKey: unknown } => ({
  baseURL,
  apiKey,
  ...(apiVersion !== undefined && { apiVersion }),
  post: () => ({ asResponse: () => Promise.reject(new Error('not to be called')) }),
});
const tracingKey = (): string | undefined => openAIDefaults().tracingKey;

afterEach(() => {
  setTracingExportApiKey('sk-before');
  setDefaultOpenAIClient(undefined);
});

describe('the default key', () => {
  it('is sent with traces too [CF-2]', () => {
    setDefaultOpenAIKey('sk-1');
    expect(openAIDefaults()).toMatchObject({ key: 'sk-1', tracingKey: 'sk-1' });
  });

  it('is not sent with traces where that is not wanted [CF-2]', () => {
    setTracingExportApiKey('sk-traces');
    setDefaultOpenAIKey('sk-2', { useForTracing: false });
    expect(openAIDefaults()).toMatchObject({ key: 'sk-2', tracingKey: 'sk-traces' });
  });
});

describe('the key of the default client', () => {
  it('is sent with traces too, as long as it is the default [CF-3]', () => {
    const client = clientOf('sk-client');
    setTracingExportApiKey('sk-traces');
    setDefaultOpenAIClient(client);
    expect(openAIDefaults()).toMatchObject({ client, tracingKey: 'sk-client' });
    setDefaultOpenAIClient(undefined);
    expect(openAIDefaults()).toMatchObject({ tracingKey: 'sk-traces', tracingKeyIsFor: 'any_model' });
  });

  it('gives way to the default key again, once it is the default no more [CF-2, CF-3]', () => {
    setDefaultOpenAIKey('sk-1');
    setDefaultOpenAIClient(clientOf('sk-client'));
    expect(tracingKey()).toBe('sk-client');
    setDefaultOpenAIClient(undefined);
    expect(tracingKey()).toBe('sk-1');
  });

  it('is not sent with traces any more, once another is the default that is not for them [CF-3]', () => {
    setTracingExportApiKey('sk-traces');
    setDefaultOpenAIClient(clientOf('sk-client'));
    setDefaultOpenAIClient(clientOf('sk-other'), { useForTracing: false });
    expect(tracingKey()).toBe('sk-traces');
  });

  it('is not sent with traces where that is not wanted [CF-3]', () => {
    setTracingExportApiKey('sk-traces');
    setDefaultOpenAIClient(clientOf('sk-client'), { useForTracing: false });
    expect(tracingKey()).toBe('sk-traces');
  });

  it.each([
    ['for another server', clientOf('sk-other', 'http://localhost:11434/v1')],
    ['for a server that only looks like it', clientOf('sk-other', 'https://openai.com.example/v1')],
    ['that a function gives', clientOf(null)],
    ['for Azure', clientOf('azure', 'https://x.openai.com', '2025-01-01')],
  ])('is never sent with traces: one %s [CF-3]', (_what, client) => {
    setTracingExportApiKey('sk-traces');
    setDefaultOpenAIClient(client);
    expect(tracingKey()).toBe('sk-traces');
  });

  it('gives way to a key that is set for traces later [CF-3]', () => {
    setDefaultOpenAIClient(clientOf('sk-client'));
    setTracingExportApiKey('sk-traces');
    setDefaultOpenAIClient(undefined);
    expect(tracingKey()).toBe('sk-traces');
  });
});
