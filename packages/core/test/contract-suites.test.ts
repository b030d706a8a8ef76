import { describe, expect, it } from 'vitest';
import { type Law, testModel, testSession } from '@baton/core/testing';
import type { ModelRequest } from '@baton/core/model';
import { startAcme } from './support/acme/acme-server.js';
import { brokenModel, mistakes } from './support/broken-models.js';
import { brokenSessions } from './support/broken-sessions.js';

describe('a model breaks the laws that speak of its mistake', () => {
  it.each(mistakes)('%s', async (_what, mistake, names) => {
    const laws = testModel({
      timeoutMs: 250,
      prepare: async (replies) => {
        const server = await startAcme(replies);
        const made = typeof mistake === 'function' ? mistake() : mistake;
        return { ...server, model: brokenModel(server.url, made) };
      },
    });
    for (const name of names) {
      const spoken = laws.filter((law) => law.name.startsWith(name));
      expect(spoken).not.toEqual([]);
      expect(await brokenAmong(spoken)).toEqual(spoken.map((law) => law.name));
    }
  });
});

it('a law about the data of another provider shows what was found, however long the request is', async () => {
  const [, mistake] = mistakes.find(([what]) => what === 'sends foreign data') ?? [];
  const broken = typeof mistake === 'object' ? mistake : {};
  const laws = testModel({
    prepare: async (replies) => {
      const server = await startAcme(replies);
      const request = (asked: ModelRequest): ModelRequest => ({
        ...(broken.request?.(asked) ?? asked),
        systemInstructions: 'x'.repeat(1000),
      });
      return { ...server, model: brokenModel(server.url, { request }) };
    },
  });
  const law = laws.find(({ name }) => name.startsWith('what another provider put'));
  await expect(law?.run()).rejects.toThrow('foreign-signature');
});

describe('a session breaks the laws that speak of its mistake, and no others', () => {
  it.each(brokenSessions)('%s', async (_what, create, names) => {
    expect(await brokenAmong(testSession({ create }))).toEqual(names);
  });
});

async function brokenAmong(laws: readonly Law[]): Promise<readonly string[]> {
  const broken: string[] = [];
  for (const { name, run } of laws) {
    try {
      await run();
    } catch (error) {
      expect(String(error)).toMatch(`Error: The law "${name}" does not hold. `);
      broken.push(name);
    }
  }
  return broken;
}
