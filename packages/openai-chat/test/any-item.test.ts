import type { AgentInputItem } from '@baton/core';
import { UserError } from '@baton/core/model';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { itemsToMessages } from '../src/index.js';
import { keeper } from './support/keeper.js';

const TYPES = [
  'message',
  'function_call',
  'function_call_result',
  'reasoning',
  'hosted_tool_call',
  'compaction',
  'unknown',
  'hosted_approval_request',
  'somebody_elses',
];
const PARTS = [
  'input_text',
  'input_image',
  'input_file',
  'audio',
  'output_text',
  'refusal',
  'image',
  'text',
  'image_url',
];

const anything = fc.oneof(
  { maxDepth: 2 },
  fc.constantFrom(null, undefined, 0, true, '', 'x', '{}', [], {}),
  fc.record(
    {
      type: fc.constantFrom(...PARTS),
      text: fc.constantFrom('Hi', '', null),
      image: fc.constantFrom('https://example.com/a.png', { id: 'file_1' }, 7),
      file: fc.constantFrom(
        'data:;base64,QQ==',
        { id: 'file_1' },
        { url: 'https://example.com' },
        null,
      ),
      audio: fc.constantFrom('QQ==', { id: 'audio_1' }, null),
      refusal: fc.constantFrom('No.', null),
    },
    { requiredKeys: [] },
  ),
);
const item = fc.record(
  {
    type: fc.constantFrom(...TYPES, undefined),
    role: fc.constantFrom('user', 'assistant', 'system', 'developer', 'wizard', undefined),
    content: fc.oneof(anything, fc.array(anything, { maxLength: 3 })),
    rawContent: fc.oneof(anything, fc.array(anything, { maxLength: 2 })),
    callId: fc.constantFrom('a', 'b', undefined),
    name: fc.constantFrom('f', 'a.b', undefined),
    arguments: fc.constantFrom('{}', '', undefined),
    output: fc.oneof(anything, fc.array(anything, { maxLength: 3 })),
    providerData: fc.constantFrom(
      undefined,
      {},
      { provider: 'openai-chat', model: 'm' },
      { type: 'x' },
    ),
  },
  { requiredKeys: ['type'] },
);

it('whatever an input is, it becomes messages or is refused in words [CC-13, CHT-18]', () => {
  const options = fc.record({
    strictFeatureValidation: fc.boolean(),
    preserveToolOutputAllContent: fc.boolean(),
    model: fc.constantFrom('m', 'deepseek-chat', 'claude-x'),
  });
  fc.assert(
    fc.property(fc.array(item, { maxLength: 6 }), options, (items, given) => {
      try {
        // Callers without types may pass anything.
        const messages = itemsToMessages(items as unknown as AgentInputItem[], {
          ...given,
          logger: keeper(),
        });
        for (const { role, content, tool_calls: calls } of messages) {
          if (role === 'tool')
            expect(typeof content === 'string' || (content as unknown[]).length > 0).toBe(true);
          if (role === 'assistant') expect(content !== undefined || calls !== undefined).toBe(true);
          expect(['user', 'assistant', 'system', 'developer', 'tool']).toContain(role);
        }
      } catch (error) {
        expect(error).toBeInstanceOf(UserError);
      }
    }),
    { numRuns: 5000 },
  );
});
