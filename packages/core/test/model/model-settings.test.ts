import { describe, expect, it } from 'vitest';
import { mergeModelSettings } from '../../src/index.js';
import type { ModelSettings } from '../../src/index.js';

describe('model settings', () => {
  it.each<[what: string, override: ModelSettings, merged: ModelSettings]>([
    ['0 is a value', { temperature: 0 }, { temperature: 0, store: true }],
    ['false is a value', { store: false }, { temperature: 1, store: false }],
    ['null is a value', { promptCacheRetention: null }, { temperature: 1, store: true, promptCacheRetention: null }],
    ['"" is a value', { toolChoice: '' }, { temperature: 1, store: true, toolChoice: '' }],
    ['undefined is none', { temperature: undefined }, { temperature: 1, store: true }],
    ['new fields are added', { maxTokens: 5 }, { temperature: 1, store: true, maxTokens: 5 }],
  ])('of the run win field by field: %s [RC-3, MS-10, X-7]', (_what, override, merged) => {
    expect(mergeModelSettings({ temperature: 1, store: true }, override)).toEqual(merged);
  });

  it('in groups are merged within the group', () => {
    const retry = { maxRetries: 2, backoff: { initialDelayMs: 1 } };
    expect(
      mergeModelSettings(
        { reasoning: { effort: 'high', summary: 'auto' }, text: { verbosity: 'low' }, providerData: { a: 1 }, retry },
        { reasoning: { effort: null }, text: { verbosity: 'high' }, providerData: { b: 2 }, retry: { maxRetries: 0 } },
      ),
    ).toEqual({
      reasoning: { effort: null, summary: 'auto' },
      text: { verbosity: 'high' },
      providerData: { a: 1, b: 2 },
      retry: { maxRetries: 0, backoff: { initialDelayMs: 1 } },
    });
  });

  it('that are lists are replaced as a whole', () => {
    expect(
      mergeModelSettings(
        { contextManagement: [{ type: 'compaction' }] },
        { contextManagement: [{ type: 'other' }] },
      ),
    ).toEqual({ contextManagement: [{ type: 'other' }] });
  });

  it('leave both originals as they are', () => {
    const base = Object.freeze({ temperature: 1, providerData: Object.freeze({ a: 1 }) });
    const override = Object.freeze({ topP: 0, providerData: Object.freeze({ a: 2 }) });
    expect(mergeModelSettings(base, override)).toEqual({ temperature: 1, topP: 0, providerData: { a: 2 } });
    expect(base).toEqual({ temperature: 1, providerData: { a: 1 } });
  });
});
