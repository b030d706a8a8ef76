import {
  type CommonSdk,
  type KnownDifference,
  runBoth,
  withoutKnown,
} from '@baton/openai-shared/test-support/differential';
import {
  calls,
  commonPrograms,
  type Program,
  weather,
} from '@baton/openai-shared/test-support/programs';
import { functionCall } from '@baton/testing';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { sides } from './support/differential.js';
import { KNOWN_DIFFERENCES } from './support/known-differences.js';

const programs: Readonly<Record<string, Program<CommonSdk>>> = {
  ...commonPrograms,
  'all settings': [
    async (sdk) => {
      const agent = new sdk.Agent({
        name: 'A',
        model: sdk.model(),
        tools: [weather(sdk)],
        modelSettings: {
          temperature: 0,
          topP: 0.9,
          frequencyPenalty: 0.1,
          presencePenalty: 0,
          maxTokens: 500,
          store: true,
          parallelToolCalls: false,
          toolChoice: 'get_weather',
          text: { verbosity: 'low' },
          promptCacheRetention: '24h',
          providerData: { metadata: { tenant: 'a' }, service_tier: 'flex', seed: 7, stop: ['END'] },
        },
      });
      await sdk.run(agent, 'Weather?', { stream: true });
    },
    { script: calls },
  ],
  'pictures, files and sound of a user': [
    async (sdk) => {
      const content = [
        { type: 'input_text', text: 'What is this?' },
        { type: 'input_image', image: 'https://x.example/a.png', detail: 'low' },
        { type: 'input_image', image: 'data:image/png;base64,aGk=' },
        { type: 'input_file', file: { id: 'file_1' } },
        { type: 'input_file', file: 'data:application/pdf;base64,aGk=', filename: 'a.pdf' },
        { type: 'audio', audio: 'aGk=', format: 'wav' },
      ];
      await sdk.run(new sdk.Agent({ name: 'A', model: sdk.model() }), [{ role: 'user', content }]);
    },
    { script: ['A picture.'] },
  ],
  'tools that give pictures, texts and nothing': [
    async (sdk) => {
      const outputs: Record<string, unknown> = {
        picture: [{ type: 'image', image: 'data:image/png;base64,aGk=' }],
        both: [
          { type: 'text', text: 'Here:' },
          { type: 'image', image: 'data:image/png;base64,aGk=' },
        ],
        nothing: '',
      };
      const tools = Object.entries(outputs).map(([name, output]) =>
        sdk.tool({ name, description: 'Gives.', parameters: z.object({}), execute: () => output }),
      );
      await sdk.run(new sdk.Agent({ name: 'A', model: sdk.model(), tools }), 'Show.');
    },
    { script: [['picture', 'both', 'nothing'].map((name) => functionCall(name, {})), 'Shown.'] },
  ],
  'a refusal in the history': [
    async (sdk) => {
      const agent = new sdk.Agent({ name: 'A', model: sdk.model() });
      const content = [{ type: 'refusal', refusal: 'No.' }];
      await sdk.run(agent, [
        { role: 'user', content: 'Do it.' },
        { role: 'assistant', status: 'completed', content },
        { role: 'user', content: 'Please.' },
      ]);
    },
    { script: ['Well.'] },
  ],
};

const seen = new Set<KnownDifference>();

describe.sequential('the same program sends the same requests with both', () => {
  it.each(Object.entries(programs))('%s', async (_name, [program, server]) => {
    const { baton, rival } = withoutKnown(
      await runBoth(program, server, sides),
      KNOWN_DIFFERENCES,
      seen,
    );
    expect(baton).toEqual(rival);
  });

  it('every known difference is still there', () => {
    expect(
      KNOWN_DIFFERENCES.filter((difference) => !seen.has(difference)).map(({ what }) => what),
    ).toEqual([]);
  });
});
