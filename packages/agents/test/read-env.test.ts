import { afterEach, expect, it, vi } from 'vitest';
import { exportKey } from '../src/default-tracing.js';
import { OpenAIProvider } from '../src/openai-provider.js';
import { readEnv } from '../src/read-env.js';

afterEach(() => {
  vi.unstubAllEnvs();
});

it('the key of the environment is the same for traces as for models: without the line break that files end with', () => {
  vi.stubEnv('OPENAI_BASE_URL', undefined);
  vi.stubEnv('OPENAI_API_KEY', 'sk-env\n');
  expect(exportKey({ modelProvider: new OpenAIProvider() })).toBe('sk-env');
});

it.each(['', ' '])('a variable that is %j is not set', (value) => {
  vi.stubEnv('OPENAI_BASE_URL', value);
  expect(readEnv('OPENAI_BASE_URL')).toBeUndefined();
  expect(new OpenAIProvider().talksToOpenAI()).toBe(true);
});
