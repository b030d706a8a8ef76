import { describe, expect, it } from 'vitest';
import { post } from './support/post.js';
import { chatRow, itRefuses, model, type Refusal } from './support/refusals.js';
import { withServer } from './support/with-server.js';

const user = { role: 'user', content: 'Hi' };
const call = (id: string): object => ({
  id,
  type: 'function',
  function: { name: 'f', arguments: '{}' },
});
const calls = (...ids: readonly string[]): object => ({
  role: 'assistant',
  content: null,
  tool_calls: ids.map(call),
});
const output = (id: string, content: unknown = 'x'): object => ({
  role: 'tool',
  tool_call_id: id,
  content,
});
const said = (messages: readonly unknown[], rule: string, expected: Expected): Refusal =>
  chatRow(rule, { messages }, expected);
type Expected = Parameters<typeof chatRow>[2];

const UNANSWERED =
  "An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'. " +
  'The following tool_call_ids did not have response messages: ';
const ORPHAN =
  "Invalid parameter: messages with role 'tool' must be a response to a preceeding message with 'tool_calls'.";

describe('of a conversation,', () => {
  itRefuses([
    said([user, calls('call_a')], 'a call without its tool message', {
      message: `${UNANSWERED}call_a`,
      param: 'messages',
    }),
    said([user, calls('a', 'b', 'c'), output('b')], 'calls that are answered in part', {
      message: `${UNANSWERED}a, c`,
      param: 'messages',
    }),
    said([user, calls('a'), user, output('a')], 'a message between a call and its output', {
      message: `${UNANSWERED}a`,
      param: 'messages',
    }),
    said(
      [user, calls('a'), calls('b'), output('b')],
      'a second call before the first is answered',
      {
        message: `${UNANSWERED}a`,
        param: 'messages',
      },
    ),
    said([user, output('a')], 'a tool message without a call', {
      message: ORPHAN,
      param: 'messages.[1].role',
    }),
    said([user, calls('a'), output('a'), user, output('a')], 'a tool message that comes late', {
      message: ORPHAN,
      param: 'messages.[4].role',
    }),
    said([user, calls('a'), output('b')], 'a tool message for another call', {
      message: "'tool_call_id' of 'b' not found in 'tool_calls' of previous message.",
      param: 'messages.[2].tool_call_id',
    }),
    said([user, calls('a'), output('a'), output('a')], 'a second tool message for one call', {
      message: "Duplicate value for 'tool_call_id' of 'a'.",
      param: 'messages.[3].tool_call_id',
    }),
    said([user, calls('a', 'a'), output('a')], 'two calls with one id', {
      message: "Duplicate value for 'id' of 'a' in 'tool_calls'.",
      param: 'messages.[1].tool_calls',
    }),
  ]);

  it('parallel calls may be answered in any order, and an id may come back', async () => {
    const server = await withServer({ reply: () => 'Fine.' });
    const messages = [user, calls('a', 'b'), output('b'), output('a'), calls('a'), output('a', '')];
    const answer = await post(server.url, { model, messages }, { path: '/chat/completions' });
    expect(answer.status).toBe(200);
  });
});

const empty =
  'empty array. Expected an array with minimum length 1, but got an empty array instead.';

describe('of a message,', () => {
  itRefuses([
    said([], 'that there is none', {
      message: `Invalid 'messages': ${empty}`,
      param: 'messages',
      code: 'empty_array',
    }),
    said([{ content: 'x' }], 'that nobody says it', {
      message: "Missing required parameter: 'messages[0].role'.",
      code: 'missing_required_parameter',
    }),
    said([{ role: 'agent', content: 'x' }], 'that somebody unknown says it', {
      message: "Invalid value: 'agent'. Supported values are: 'assistant'",
      code: 'invalid_value',
    }),
    said([user, calls('a'), output('a', [])], 'a tool message without parts', {
      message: `Invalid 'messages[2].content': ${empty}`,
      param: 'messages[2].content',
      code: 'empty_array',
    }),
    said([user, calls('a'), output('a', null)], 'a tool message without content', {
      message: "Invalid value for 'content': expected a string, got null.",
      param: 'messages[2].content',
    }),
    said(
      [user, calls('a'), output('a', [{ type: 'image_url', image_url: { url: 'https://x' } }])],
      'an image of a tool',
      {
        message: "Invalid value: 'image_url'. Supported values are: 'text'.",
        code: 'invalid_value',
      },
    ),
    said([user, calls('a'), { ...output('a'), name: 'f' }], 'the name of a tool in its message', {
      message: "Unknown parameter: 'messages[2].name'.",
      code: 'unknown_parameter',
    }),
    said([user, { role: 'assistant' }], 'an assistant that says nothing', {
      message: "Invalid value for 'content': expected a string, got null.",
      param: 'messages[1].content',
    }),
    said([user, { role: 'assistant', content: 'x', tool_calls: [] }], 'an empty list of calls', {
      message: `Invalid 'messages[1].tool_calls': ${empty}`,
      code: 'empty_array',
    }),
    said([user, calls('x'.repeat(41))], 'a call id of more than 40 characters', {
      message: "Invalid 'messages[1].tool_calls[0].id': string too long.",
      code: 'string_above_max_length',
    }),
    said([user, { ...calls('a'), reasoning_content: 'x' }], 'a field of another endpoint', {
      message: "Unknown parameter: 'messages[1].reasoning_content'.",
      code: 'unknown_parameter',
    }),
    said([{ type: 'message', ...user }], 'an item of the Responses API', {
      message: "Unknown parameter: 'messages[0].type'.",
      code: 'unknown_parameter',
    }),
    said([{ role: 'user', content: [{ type: 'input_text', text: 'x' }] }], 'its content, too', {
      message:
        "Invalid value: 'input_text'. Supported values are: 'file', 'image_url', 'input_audio', and 'text'.",
      code: 'invalid_value',
    }),
    said([{ role: 'user', content: [{ type: 'file', file: { filename: 'x' } }] }], 'no file', {
      message: "Missing required parameter: 'messages[0].content[0].file.file_id'.",
      code: 'missing_required_parameter',
    }),
    said([{ ...user, name: 'Ann Lee' }], 'a name with a space', {
      message: "Invalid 'messages[0].name': string does not match pattern.",
      code: 'invalid_value',
    }),
    said([{ role: 'user', content: 1 }], 'a number for content', {
      message:
        "Invalid type for 'messages[0].content': expected one of an array of objects or string, but got an integer instead.",
      code: 'invalid_type',
    }),
  ]);
});

describe('of the parameters,', () => {
  itRefuses([
    chatRow(
      'one that is unknown',
      { previous_response_id: 'resp_1' },
      {
        message: "Unknown parameter: 'previous_response_id'.",
        code: 'unknown_parameter',
      },
    ),
    chatRow(
      'an input',
      { input: 'Hi' },
      {
        message: "Unknown parameter: 'input'.",
        code: 'unknown_parameter',
      },
    ),
    chatRow(
      'a string for a number',
      { temperature: '1' },
      {
        message: "Invalid type for 'temperature': expected a number, but got a string instead.",
        code: 'invalid_type',
      },
    ),
    chatRow(
      'options of a stream without a stream',
      { stream_options: { include_usage: true } },
      {
        message: "The 'stream_options' parameter is only allowed when 'stream' is enabled.",
        param: 'stream_options',
      },
    ),
    chatRow(
      'alternatives without log probabilities',
      { top_logprobs: 2 },
      {
        message: "The 'top_logprobs' parameter is only allowed when 'logprobs' is enabled.",
        param: 'top_logprobs',
      },
    ),
    chatRow(
      'JSON mode without the word',
      { response_format: { type: 'json_object' } },
      {
        message: "'messages' must contain the word 'json' in some form",
        param: 'messages',
      },
    ),
    chatRow(
      'two limits',
      { max_tokens: 1, max_completion_tokens: 1 },
      {
        message: "Setting 'max_tokens' and 'max_completion_tokens' at the same time",
        code: 'invalid_parameter_combination',
      },
    ),
    chatRow(
      'the old limit for a reasoning model',
      { model: 'gpt-5.4', max_tokens: 10 },
      {
        message:
          "'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
        param: 'max_tokens',
        code: 'unsupported_parameter',
      },
    ),
    chatRow(
      'audio that nobody described',
      { modalities: ['text', 'audio'] },
      {
        message: "Missing required parameter: 'audio'.",
        code: 'missing_required_parameter',
      },
    ),
    chatRow(
      'a response format of no schema',
      { response_format: { type: 'json_schema' } },
      {
        message: "Missing required parameter: 'response_format.json_schema'.",
        code: 'missing_required_parameter',
      },
    ),
    chatRow(
      'a strict response format whose schema is open',
      {
        response_format: {
          type: 'json_schema',
          json_schema: { name: 'x', strict: true, schema: { type: 'object', properties: {} } },
        },
      },
      {
        message:
          "Invalid schema for response_format 'x': In context=(), 'additionalProperties' is required",
        param: 'response_format',
      },
    ),
    {
      rule: 'no messages',
      path: '/chat/completions',
      body: { model },
      message: "'messages'",
      code: 'missing_required_parameter',
    },
    {
      rule: 'no model, whatever else there is',
      path: '/chat/completions',
      body: { messages: [user] },
      message: "Missing required parameter: 'model'.",
      code: 'missing_required_parameter',
    },
  ]);

  it('JSON mode is fine where a message has the word', async () => {
    const server = await withServer({ reply: () => '{}' });
    const messages = [{ role: 'system', content: 'Answer in JSON.' }, user];
    const body = { model, messages, response_format: { type: 'json_object' } };
    expect((await post(server.url, body, { path: '/chat/completions' })).status).toBe(200);
  });
});

const tool = (fields: object = {}): object => ({
  type: 'function',
  function: { name: 'f', ...fields },
});

describe('of the tools,', () => {
  itRefuses([
    chatRow(
      'an empty list',
      { tools: [] },
      { message: `Invalid 'tools': ${empty}`, code: 'empty_array' },
    ),
    chatRow(
      'more than 128',
      { tools: Array.from({ length: 129 }, (_, i) => tool({ name: `f${i}` })) },
      {
        message: "Invalid 'tools': array too long.",
        code: 'array_above_max_length',
      },
    ),
    chatRow(
      'one in the form of the Responses API',
      { tools: [{ type: 'function', name: 'f' }] },
      {
        message: "Missing required parameter: 'tools[0].function'.",
        code: 'missing_required_parameter',
      },
    ),
    chatRow(
      'a hosted one',
      { tools: [{ type: 'web_search' }] },
      {
        message: "Invalid value: 'web_search'. Supported values are: 'custom' and 'function'.",
        code: 'invalid_value',
      },
    ),
    chatRow(
      'a name with a space',
      { tools: [tool({ name: 'get weather' })] },
      {
        message: "Invalid 'tools[0].function.name': string does not match pattern.",
        code: 'invalid_value',
      },
    ),
    chatRow(
      'a name of more than 64 characters',
      { tools: [tool({ name: 'x'.repeat(65) })] },
      {
        message: "Invalid 'tools[0].function.name': string too long.",
        code: 'string_above_max_length',
      },
    ),
    chatRow(
      'two of one name',
      { tools: [tool(), tool()] },
      {
        message: "Duplicate tool name 'f'.",
        param: 'tools[1].function.name',
      },
    ),
    chatRow(
      'a schema that is no object',
      { tools: [tool({ parameters: { type: 'string' } })] },
      {
        message: "Invalid schema for function 'f': schema must be a JSON Schema of 'type:",
        param: 'tools[0].function.parameters',
        code: 'invalid_function_parameters',
      },
    ),
    chatRow(
      'a strict one whose schema is open',
      { tools: [tool({ strict: true, parameters: { type: 'object', properties: {} } })] },
      {
        message:
          "Invalid schema for function 'f': In context=(), 'additionalProperties' is required",
        param: 'tools[0].function.parameters',
        code: 'invalid_function_parameters',
      },
    ),
    chatRow(
      'a choice without tools',
      { tool_choice: 'auto' },
      {
        message: "'tool_choice' is only allowed when 'tools' are specified.",
        param: 'tool_choice',
      },
    ),
    chatRow(
      'parallel calls without tools',
      { parallel_tool_calls: false },
      {
        message: "'parallel_tool_calls' is only allowed when 'tools' are specified.",
        param: 'parallel_tool_calls',
      },
    ),
    chatRow(
      'a choice that is not there',
      { tools: [tool()], tool_choice: { type: 'function', function: { name: 'g' } } },
      { message: "Tool choice 'g' not found in 'tools' parameter.", param: 'tool_choice' },
    ),
    chatRow(
      'an allowed tool that is not there',
      {
        tools: [tool()],
        tool_choice: {
          type: 'allowed_tools',
          allowed_tools: { mode: 'auto', tools: [{ type: 'custom', custom: { name: 'f' } }] },
        },
      },
      { message: "Tool choice 'f' not found in 'tools' parameter.", param: 'tool_choice' },
    ),
  ]);
});
