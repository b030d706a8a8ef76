import { MultiProvider, MultiProviderMap, UserError } from '@baton/core';
import type { Model, ModelProvider } from '@baton/core';
import { ScriptedModel } from '@baton/core/testing';
import { describe, expect, it } from 'vitest';

class Provider implements ModelProvider {
  readonly id: string;
  closed = 0;

  constructor(id: string) {
    this.id = id;
  }

  getModel(name?: string): Model {
    return new ScriptedModel([], { name: `${this.id}:${name ?? 'default'}` });
  }

  close(): void {
    this.closed++;
    if (this.id === 'broken') throw new Error('cannot close');
  }
}

const openai = new Provider('openai');
const local = new Provider('local');

async function nameOf(provider: ModelProvider, model?: string): Promise<string | undefined> {
  return (await provider.getModel(model)).name;
}

describe('MultiProvider', () => {
  it('gives the default provider names without a prefix and names with its own, without it [PR-8, PR-9]', async () => {
    const multi = new MultiProvider({ defaultProvider: openai });
    expect(await nameOf(multi)).toBe('openai:default');
    expect(await nameOf(multi, 'gpt')).toBe('openai:gpt');
    expect(await nameOf(multi, 'openai/gpt')).toBe('openai:gpt');
    expect(await nameOf(multi, 'openai/a/b')).toBe('openai:a/b');
  });

  it('keeps the prefix where it is part of the model id [PR-9]', async () => {
    const multi = new MultiProvider({
      defaultProvider: openai,
      defaultPrefixMode: 'model_id',
      unknownPrefixMode: 'model_id',
    });
    expect(await nameOf(multi, 'openai/gpt')).toBe('openai:openai/gpt');
    expect(await nameOf(multi, 'meta/llama')).toBe('openai:meta/llama');
  });

  it('asks a registered provider first, also under the default prefix [PR-8]', async () => {
    const map = new MultiProviderMap().addProvider('local', local).addProvider('openai', local);
    const multi = new MultiProvider({ defaultProvider: openai, providerMap: map });
    expect(await nameOf(multi, 'local/qwen')).toBe('local:qwen');
    expect(await nameOf(multi, 'openai/gpt')).toBe('local:gpt');
  });

  it('refuses an unknown prefix and an unknown mode, and names what there is [PR-8, PR-9]', () => {
    const multi = new MultiProvider({ defaultProvider: openai, providerMap: new Map([['local', local]]) });
    expect(() => multi.getModel('x/y')).toThrow(UserError);
    expect(() => multi.getModel('x/y')).toThrow(/Unknown prefix: x\..*openai, local/);
    expect(
      () => new MultiProvider({ defaultProvider: openai, unknownPrefixMode: 'guess' as 'error' }),
    ).toThrow(/unknownPrefixMode is "guess"/);
  });

  it('closes each provider once, goes on after a failure and throws the first [RSP-06]', async () => {
    const broken = new Provider('broken');
    const last = new Provider('last');
    const map = new MultiProviderMap().setMapping(
      new Map([['a', broken], ['b', last], ['c', last]]),
    );
    const multi = new MultiProvider({ defaultProvider: broken, providerMap: map });
    await expect(multi.close()).rejects.toThrow('cannot close');
    expect([broken.closed, last.closed]).toEqual([1, 1]);
  });

  it('hands out copies of its mapping [PR-10]', () => {
    const map = new MultiProviderMap().addProvider('a', local);
    map.getMapping().clear();
    expect(map.hasPrefix('a')).toBe(true);
    expect(map.removeProvider('a').hasPrefix('a')).toBe(false);
  });

  it('tells every provider whether models are to be strict, where it says so itself [PR-7]', async () => {
    const asked: unknown[] = [];
    const listening: ModelProvider = {
      getModel: (name, options) => {
        asked.push([name, options]);
        return new ScriptedModel([]);
      },
    };
    const providerMap = new Map([['local', listening]]);
    const strict = new MultiProvider({ defaultProvider: listening, providerMap, strictFeatureValidation: true });
    await strict.getModel('gpt');
    await strict.getModel('openai/gpt');
    await strict.getModel('local/qwen');
    await new MultiProvider({ defaultProvider: listening }).getModel('gpt');
    const told = { strictFeatureValidation: true };
    expect(asked).toEqual([['gpt', told], ['gpt', told], ['qwen', told], ['gpt', undefined]]);
  });
});
