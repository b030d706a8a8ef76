import {
  type AimockApi,
  describeAnswers,
  describeStreams,
} from '@baton/openai-shared/test-support/aimock';
import { describe } from 'vitest';
import { OpenAIChatCompletionsModel } from '../src/index.js';
import { expectValidBody } from './support/request-schema.js';

const chat: AimockApi = {
  modelOf: (options) => new OpenAIChatCompletionsModel(options, 'gpt-4.1'),
  expectValidBody,
  toolOutputsIn: (body) =>
    (body as { messages: { role: string; content?: unknown }[] }).messages.flatMap(
      ({ role, content }) => (role === 'tool' ? [content] : []),
    ),
};

describe.each([false, true])('a server of somebody else, streamed: %s', (stream) => {
  describeAnswers(chat, stream);
});

describe('a stream of somebody else', () => {
  describeStreams(chat);
});
