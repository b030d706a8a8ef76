import {
  type AimockApi,
  describeAnswers,
  describeStreams,
} from '@baton/openai-shared/test-support/aimock';
import { describe } from 'vitest';
import { OpenAIResponsesModel } from '../src/index.js';
import { expectValidBody } from './support/request-schema.js';

const responses: AimockApi = {
  modelOf: (options) => new OpenAIResponsesModel(options, 'gpt-5.4'),
  expectValidBody,
  toolOutputsIn: (body) =>
    (body as { input: { type?: string; output?: string }[] }).input.flatMap(({ type, output }) =>
      type === 'function_call_output' ? [output] : [],
    ),
};

describe.each([false, true])('a server of somebody else, streamed: %s', (stream) => {
  describeAnswers(responses, stream);
});

describe('a stream of somebody else', () => {
  describeStreams(responses);
});
