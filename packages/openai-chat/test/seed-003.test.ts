import {
  Agent,
  type AgentInputItem,
  tool,
  type ToolCallOutputContent,
  UserError,
} from '@baton/core';
import { aRequest } from '@baton/openai-shared/test-support';
import { OpenAIResponsesModel } from '@baton/openai-responses';
import {
  functionCall,
  type OpenAIServerOptions,
  type OpenAITestServer,
  type RecordedRequest,
} from '@baton/testing';
import { describe, expect, it } from 'vitest';
import { type Mode, play } from '../../core/test/support/modes.js';
import {
  itemsToMessages,
  OpenAIChatCompletionsProvider,
  type OpenAIChatCompletionsModelOptions,
} from '../src/index.js';
import { keeper } from './support/keeper.js';
import { modelOf, withServer } from './support/with-server.js';

const RUN_MODES: readonly Mode[] = ['plain', 'streamed', 'resumed'];
const OMITTED = '[tool output omitted]';
const REFUSAL =
  'Chat Completions tool outputs cannot be empty or contain only non-text content unless preserveToolOutputAllContent=true.';
const PLACEHOLDER = `${REFUSAL} Replacing the tool output with a placeholder; enable strict feature validation to raise an error instead.`;

const text = (said: string): ToolCallOutputContent => ({ type: 'input_text', text: said });
const image: ToolCallOutputContent = { type: 'input_image', image: 'https://example.com/x.png' };
const file: ToolCallOutputContent = { type: 'input_file', file: { id: 'file-1' } };
const audio: ToolCallOutputContent = {
  type: 'audio',
  audio: 'UklG',
  format: 'wav',
} as unknown as ToolCallOutputContent; // as a caller without types may write it

/** A conversation whose only call was answered with this. */
function answered(output: string | readonly ToolCallOutputContent[]): AgentInputItem[] {
  return [
    { role: 'user', content: 'Show me.' },
    { type: 'function_call', callId: 'call_a', name: 'show', arguments: '{}' },
    { type: 'function_call_result', callId: 'call_a', name: 'show', output },
  ];
}

/** The tool message that an output becomes, and what is said about it. */
function converted(
  output: string | readonly ToolCallOutputContent[],
  options: Pick<
    OpenAIChatCompletionsModelOptions,
    'strictFeatureValidation' | 'preserveToolOutputAllContent'
  > = {},
): { readonly message: unknown; readonly warnings: readonly string[] } {
  const logger = keeper();
  const messages = itemsToMessages(answered(output), { ...options, logger });
  expect(messages).toHaveLength(3);
  return { message: messages[2], warnings: logger.warnings };
}

const toolMessage = (content: unknown): object => ({
  role: 'tool',
  tool_call_id: 'call_a',
  content,
});
const strictFeatureValidation = true;
const preserveToolOutputAllContent = true;

describe('a tool output of which no text remains', () => {
  it.each([
    ['only a picture [S3-1, S3-9]', [image]],
    ['nothing at all [S3-2, S3-9]', []],
    ['only a file [S3-12]', [file]],
    ['only audio [S3-12]', [audio]],
    ['pictures and files [S3-12]', [image, file, image]],
  ])('is a placeholder and one warning: %s [CC-17, CHT-03]', (_what, output) => {
    expect(converted(output)).toEqual({
      message: toolMessage(OMITTED),
      warnings: [PLACEHOLDER],
    });
  });

  it.each([
    ['only a picture [S3-3, S3-9]', [image]],
    ['nothing at all [S3-4, S3-9]', []],
    ['only a file [S3-12]', [file]],
  ])('is refused in strict mode: %s', (_what, output) => {
    const convert = (): unknown => converted(output, { strictFeatureValidation });
    expect(convert).toThrow(UserError);
    expect(convert).toThrow(REFUSAL);
  });
});

describe('a tool output with text', () => {
  it('goes as it is where it is a string, also an empty one [S3-7, S3-12]', () => {
    for (const output of ['x', ''])
      for (const strict of [false, true])
        expect(converted(output, { strictFeatureValidation: strict })).toEqual({
          message: toolMessage(output),
          warnings: [],
        });
  });

  it('goes as a list of text parts, in order [S3-5, S3-12]', () => {
    const output = [text('one'), text(''), text('two')];
    expect(converted(output, { strictFeatureValidation })).toEqual({
      message: toolMessage([
        { type: 'text', text: 'one' },
        { type: 'text', text: '' },
        { type: 'text', text: 'two' },
      ]),
      warnings: [],
    });
  });

  it('keeps its text beside a picture, and the warning says what is lost, not that there is a placeholder [S3-5]', () => {
    const { message, warnings } = converted([text('visible text'), image, file]);
    expect(message).toEqual(toolMessage([{ type: 'text', text: 'visible text' }]));
    expect(warnings).toEqual([expect.stringContaining('(image, file)')]);
    expect(warnings[0]).not.toContain('placeholder');
  });

  it('is refused in strict mode where a picture would be lost [S3-5]', () => {
    const convert = (): unknown => converted([text('x'), image], { strictFeatureValidation });
    expect(convert).toThrow(UserError);
    expect(convert).toThrow('(image)');
  });
});

describe.each([false, true])('with all content preserved (strict: %s)', (strict) => {
  const options = { preserveToolOutputAllContent, strictFeatureValidation: strict };

  it('a picture is sent, in as much detail as the model likes [S3-6]', () => {
    expect(converted([image], options)).toEqual({
      message: toolMessage([
        { type: 'image_url', image_url: { url: 'https://example.com/x.png', detail: 'auto' } },
      ]),
      warnings: [],
    });
  });

  it('the detail that a picture asks for is kept [S3-6]', () => {
    const { message } = converted([{ ...image, detail: 'low' }], options);
    expect(message).toMatchObject({ content: [{ image_url: { detail: 'low' } }] });
  });

  it('nothing is still a placeholder, as nobody takes an empty list [S3-6]', () => {
    expect(converted([], options).message).toEqual(toolMessage(OMITTED));
  });
});

describe.each([false, true])('the model itself (streamed: %s)', (stream) => {
  const call = async (
    server: OpenAITestServer,
    options: OpenAIChatCompletionsModelOptions,
  ): Promise<void> => {
    const model = modelOf(server, 'gpt-4.1', { logger: keeper(), ...options });
    const request = aRequest({ input: answered([image]) });
    if (!stream) await model.getResponse(request);
    else for await (const _event of model.getStreamedResponse(request));
  };

  it('in strict mode throws before any request [S3-8]', async () => {
    const server = await withServer({ reply: () => 'Never said.' });
    await expect(call(server, { strictFeatureValidation })).rejects.toThrow(REFUSAL);
    expect(server.requests).toEqual([]);
  });

  it('passes its options on to the conversion [S3-10]', async () => {
    const server = await withServer({ reply: () => 'Fine.', compatible: { anyContent: true } });
    await call(server, {});
    await call(server, { strictFeatureValidation, preserveToolOutputAllContent });
    const contents = server.requests.map((request) => messagesOf(request)[2]?.content);
    expect(contents).toEqual([OMITTED, [expect.objectContaining({ type: 'image_url' })]]);
  });
});

it('a provider hands its strictness to its models [S3-10]', async () => {
  const server = await withServer();
  const provider = new OpenAIChatCompletionsProvider({
    apiKey: 'sk-test',
    baseURL: server.url,
    strictFeatureValidation,
  });
  const request = aRequest({ input: answered([]) });
  await expect(provider.getModel('gpt-4.1').getResponse(request)).rejects.toThrow(REFUSAL);
  expect(server.requests).toEqual([]);
});

describe.each(RUN_MODES)('a run whose tool shows a picture (%s)', (mode) => {
  it('goes on with a placeholder, and says so once for each output [S3-11]', async () => {
    const server = await withServer(twoPictures);
    const logger = keeper();
    const { finalOutput } = await play(
      { process: () => ({ agent: shower(server), options: { logger } }) },
      mode,
    );
    expect(finalOutput).toBe('Seen.');
    const contents = messagesOf(server.requests.at(-1))
      .filter(({ role }) => role === 'tool')
      .map(({ content }) => content);
    expect(contents).toEqual([OMITTED, OMITTED]);
    // Another process does not know what this one has said.
    if (mode !== 'resumed') expect(logger.warnings).toEqual([PLACEHOLDER, PLACEHOLDER]);
  });

  it('ends in strict mode, and no request has half of it [S3-8]', async () => {
    const server = await withServer(twoPictures);
    const { thrown } = await play(
      { process: () => ({ agent: shower(server, { strictFeatureValidation }) }) },
      mode,
    );
    expect(thrown).toBeInstanceOf(UserError);
    expect(String(thrown)).toContain(REFUSAL);
    expect(server.requests).toHaveLength(1);
  });

  it('shows it to a model whose endpoint takes pictures, strict or not [S3-6, CHT-20]', async () => {
    for (const strict of [false, true]) {
      const server = await withServer({ ...twoPictures, compatible: { anyContent: true } });
      const options = { preserveToolOutputAllContent, strictFeatureValidation: strict };
      const { finalOutput } = await play(
        { process: () => ({ agent: shower(server, options) }) },
        mode,
      );
      expect(finalOutput).toBe('Seen.');
      expect(JSON.stringify(server.requests.at(-1)?.body)).toContain('data:image/png;base64,aGk=');
    }
  });

  it('goes on after a handoff from an agent of the Responses API, which saw the picture [S3-11]', async () => {
    const server = await withServer({
      script: [functionCall('show', {}), functionCall('transfer_to_shower', {}), 'Seen.'],
    });
    const desk = (): Agent =>
      new Agent({
        name: 'Front desk',
        model: new OpenAIResponsesModel({ apiKey: 'sk-test', baseURL: server.url }, 'gpt-4.1'),
        tools: [show],
        handoffs: [shower(server)],
      });
    const options = { logger: keeper(), autoPreviousResponseId: true };
    const { finalOutput } = await play({ process: () => ({ agent: desk(), options }) }, mode);
    expect(finalOutput).toBe('Seen.');
    const [, responses, chat] = server.requests;
    expect(JSON.stringify(responses?.body['input'])).toContain('data:image/png;base64,aGk=');
    expect(chat?.body['messages']).toContainEqual({
      role: 'tool',
      tool_call_id: 'call_1',
      content: OMITTED,
    });
  });
});

const twoPictures: OpenAIServerOptions = {
  script: [functionCall('show', {}), functionCall('show', {}), 'Seen.'],
};

/** What a request for a chat completion says. */
function messagesOf(
  request: RecordedRequest | undefined,
): readonly { readonly role: string; readonly content: unknown }[] {
  return (request?.body['messages'] ?? []) as readonly { role: string; content: unknown }[];
}

const show = tool({
  name: 'show',
  parameters: { type: 'object', properties: {}, required: [], additionalProperties: false },
  execute: () => ({ type: 'image' as const, image: { data: 'aGk=', mediaType: 'image/png' } }),
});

function shower(server: OpenAITestServer, options: OpenAIChatCompletionsModelOptions = {}): Agent {
  return new Agent({
    name: 'Shower',
    model: modelOf(server, 'gpt-4.1', { logger: keeper(), ...options }),
    tools: [show],
  });
}
