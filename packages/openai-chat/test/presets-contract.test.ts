import { type ProviderReply, testModel } from '@baton/core/testing';
import { describe, expect, it } from 'vitest';
import { type ChatPresetName, chatPresets, openAICompatible } from '../src/index.js';
import { SHAPES } from './fixtures/shapes.js';
import type { WireShape } from './fixtures/wire-shape.js';
import { startShapeServer } from './support/shape-server.js';

const NAMES = Object.keys(chatPresets) as ChatPresetName[];

it('every preset has a shape to be tested against', () => {
  expect(NAMES.filter((name) => shapeOf(name) === undefined)).toEqual([]);
});

describe.each(NAMES)('the preset %s keeps the contract of a model', (name) => {
  const shape = shapeOf(name);
  if (shape === undefined) return;
  const laws = testModel({
    prepare: (replies) => prepare(name, shape, replies),
    without: shape.without,
  });
  for (const law of laws) it(law.name, law.run);
});

/** Servers that no preset is for: gateways, and older versions. */
const OTHERS = SHAPES.filter(({ name }) => !NAMES.some((preset) => preset === name));

describe.each(OTHERS)('a server like $name keeps the contract of a model', (shape) => {
  const laws = testModel({
    prepare: (replies) => prepare('vllm', shape, replies),
    without: shape.without,
  });
  for (const law of laws) it(law.name, law.run);
});

function shapeOf(name: string): WireShape | undefined {
  return SHAPES.find((shape) => shape.name === name);
}

async function prepare(
  preset: ChatPresetName,
  shape: WireShape,
  replies: readonly ProviderReply[],
) {
  const server = await startShapeServer(shape, replies);
  if (replies.some(({ fault }) => fault?.type === 'unreachable')) await server.close();
  const provider = openAICompatible(preset, { baseURL: server.url, apiKey: 'key' });
  return {
    model: provider.getModel(shape.model),
    requests: () => server.bodies,
    openRequests: server.openRequests,
    close: () => server.close(),
  };
}
