import { afterEach, describe, expect, it, vi } from 'vitest';
import { getDefaultModelSettings, gpt5ReasoningSettingsRequired, isGpt5Default } from '../src/index.js';

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('the default settings of a model [P5, RSP-07]', () => {
  it.each([
    ['gpt-5', 'low'],
    ['gpt-5-2025-08-07', 'low'],
    ['gpt-5.1', 'none'],
    ['gpt-5.2', 'none'],
    ['gpt-5.2-2025-12-11', 'none'],
    ['gpt-5.2-pro', 'medium'],
    ['gpt-5.2-codex', 'low'],
    ['gpt-5.3-codex', 'none'],
    ['gpt-5.4-mini', 'none'],
    ['gpt-5.6-luna', 'none'],
  ])('%s thinks with effort %s and writes little', (model, effort) => {
    expect(getDefaultModelSettings(model)).toEqual({
      reasoning: { effort },
      text: { verbosity: 'low' },
    });
  });

  it.each(['gpt-5-mini', 'gpt-5.9', 'gpt-7', 'gpt-5.2-codex-2026-01-01'])(
    '%s, whose efforts are not known, only writes little',
    (model) => {
      expect(getDefaultModelSettings(model)).toEqual({ text: { verbosity: 'low' } });
    },
  );

  it.each(['gpt-4o', 'gpt-5-chat-latest', 'gpt-5.2-chat-latest', 'o3', 'gpt-50ish', 'qwen3'])(
    '%s gets none',
    (model) => {
      expect(getDefaultModelSettings(model)).toEqual({});
    },
  );

  it('are those of the default model where none is named', () => {
    vi.stubEnv('OPENAI_DEFAULT_MODEL', 'GPT-5.4-pro');
    expect(getDefaultModelSettings()).toMatchObject({ reasoning: { effort: 'medium' } });
    expect(isGpt5Default()).toBe(true);
    vi.stubEnv('OPENAI_DEFAULT_MODEL', 'gpt-4o');
    expect(isGpt5Default()).toBe(false);
  });
});

it('a GPT-5 model takes settings for reasoning, a chat-latest one does not [RSP-07]', () => {
  expect(gpt5ReasoningSettingsRequired('gpt-5.4')).toBe(true);
  expect(gpt5ReasoningSettingsRequired('gpt-5.1-chat-latest')).toBe(false);
  expect(gpt5ReasoningSettingsRequired('gpt-4.1')).toBe(false);
});
