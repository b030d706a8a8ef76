import { expect, it } from 'vitest';
import { checkedFetch } from './support/checked-fetch.js';
import { post } from './support/post.js';
import { itRefuses, model, type Refusal, row } from './support/refusals.js';
import { withServer } from './support/with-server.js';

const user = { role: 'user', content: 'Hi' };

const SHAPES: readonly Refusal[] = [
  {
    rule: 'a missing model',
    body: { input: 'Hi' },
    message: "Missing required parameter: 'model'.",
    param: 'model',
    code: 'missing_required_parameter',
  },
  {
    rule: 'no input at all',
    body: { model },
    message: "one of 'input', 'previous_response_id', 'prompt' or 'conversation'",
    param: 'input',
    code: 'missing_required_parameter',
  },
  {
    rule: 'a body that is not an object',
    body: [1],
    message: 'We could not parse the JSON body of your request',
  },
  {
    rule: 'a body that is not JSON',
    body: '{"model":',
    message: 'We could not parse the JSON body of your request',
  },
  row(
    'an unknown parameter',
    { foo: 1 },
    { message: "Unknown parameter: 'foo'.", param: 'foo', code: 'unknown_parameter' },
  ),
  row(
    'an unknown field of an input item',
    { input: [{ ...user, name: 'Ann' }] },
    {
      message: "Unknown parameter: 'input[0].name'.",
      param: 'input[0].name',
      code: 'unknown_parameter',
    },
  ),
  row(
    'an unknown field of a content part',
    { input: [{ role: 'user', content: [{ type: 'input_text', text: 'x', cache: 1 }] }] },
    { message: "Unknown parameter: 'input[0].content[0].cache'.", code: 'unknown_parameter' },
  ),
  row(
    'an unknown field of a tool',
    { tools: [{ type: 'web_search', depth: 3 }] },
    {
      message: "Unknown parameter: 'tools[0].depth'.",
      param: 'tools[0].depth',
      code: 'unknown_parameter',
    },
  ),
  row(
    'an unknown field of the text format',
    { text: { format: { type: 'text', name: 'x' } } },
    { message: "Unknown parameter: 'text.format.name'.", code: 'unknown_parameter' },
  ),
  row(
    'a missing field of an item',
    { input: [{ type: 'function_call_output', output: 'x' }] },
    {
      message: "Missing required parameter: 'input[0].call_id'.",
      param: 'input[0].call_id',
      code: 'missing_required_parameter',
    },
  ),
  row(
    'an item without type or role',
    { input: [{ content: 'x' }] },
    { message: "Missing required parameter: 'input[0].type'.", code: 'missing_required_parameter' },
  ),
  row(
    'a string for a number',
    { temperature: '1' },
    {
      message: "Invalid type for 'temperature': expected a number, but got a string instead.",
      param: 'temperature',
      code: 'invalid_type',
    },
  ),
  row(
    'a decimal for an integer',
    { max_output_tokens: 20.5 },
    {
      message:
        "Invalid type for 'max_output_tokens': expected an integer, but got a decimal instead.",
      code: 'invalid_type',
    },
  ),
  row(
    'a number for a boolean',
    { stream: 1 },
    {
      message: "Invalid type for 'stream': expected a boolean, but got an integer instead.",
      code: 'invalid_type',
    },
  ),
  row(
    'an object for an array',
    { tools: {} },
    {
      message: "Invalid type for 'tools': expected an array, but got an object instead.",
      code: 'invalid_type',
    },
  ),
  row(
    'an array for an object',
    { text: [] },
    {
      message: "Invalid type for 'text': expected an object, but got an array instead.",
      code: 'invalid_type',
    },
  ),
  row(
    'null for content',
    { input: [{ role: 'user', content: null }] },
    {
      message:
        "Invalid type for 'input[0].content': expected one of an array of objects or string, but got null instead.",
      code: 'invalid_type',
    },
  ),
  row(
    'a type that is no string',
    { input: [{ type: 1 }] },
    {
      message: "Invalid type for 'input[0].type': expected a string, but got an integer instead.",
      code: 'invalid_type',
    },
  ),
  row(
    'a value above its maximum',
    { temperature: 3 },
    {
      message:
        "Invalid 'temperature': decimal above maximum value. Expected a value <= 2, but got 3 instead.",
      code: 'decimal_above_max_value',
    },
  ),
  row(
    'a value below its minimum',
    { max_output_tokens: 1 },
    {
      message:
        "Invalid 'max_output_tokens': integer below minimum value. Expected a value >= 16, but got 1 instead.",
      code: 'integer_below_min_value',
    },
  ),
  row(
    'an unknown value',
    { truncation: 'none' },
    {
      message: "Invalid value: 'none'. Supported values are: 'auto' and 'disabled'.",
      param: 'truncation',
      code: 'invalid_value',
    },
  ),
  row(
    'an unknown type of item',
    { input: [{ type: 'tool_result' }] },
    {
      message:
        "Invalid value: 'tool_result'. Supported values are: 'additional_tools', 'apply_patch_call', ",
      param: 'input[0]',
      code: 'invalid_value',
    },
  ),
  row(
    'an unknown type of tool',
    { tools: [{ type: 'retrieval' }] },
    {
      message: "Invalid value: 'retrieval'. Supported values are: 'apply_patch', ",
      code: 'invalid_value',
    },
  ),
  row(
    'an unknown role',
    { input: [{ role: 'tool', content: 'x' }] },
    {
      message:
        "Invalid value: 'tool'. Supported values are: 'assistant', 'system', 'developer', and 'user'.",
      code: 'invalid_value',
    },
  ),
  row(
    'input parts in an assistant message',
    { input: [{ role: 'assistant', content: [{ type: 'input_text', text: 'x' }] }] },
    {
      message: "Invalid value: 'input_text'. Supported values are: 'output_text' and 'refusal'.",
      param: 'input[0].content[0]',
      code: 'invalid_value',
    },
  ),
  row(
    'an empty call id',
    { input: [{ type: 'function_call_output', call_id: '', output: 'x' }] },
    { message: "Invalid 'input[0].call_id': empty string.", code: 'empty_string' },
  ),
  row(
    'a text that is too long',
    { safety_identifier: 'x'.repeat(65) },
    {
      message:
        "Invalid 'safety_identifier': string too long. Expected a string with maximum length 64, but got a string with length 65 instead.",
      code: 'string_above_max_length',
    },
  ),
  row(
    'an empty list',
    { context_management: [] },
    { message: "Invalid 'context_management': empty array.", code: 'empty_array' },
  ),
  row(
    'a list that is too long',
    {
      tools: [
        { type: 'shell', environment: { type: 'container_auto', file_ids: Array(51).fill('x') } },
      ],
    },
    {
      message: "Invalid 'tools[0].environment.file_ids': array too long.",
      code: 'array_above_max_length',
    },
  ),
  row(
    'too much metadata',
    { metadata: Object.fromEntries(Array.from({ length: 17 }, (_, index) => [`k${index}`, 'v'])) },
    { message: "Invalid 'metadata': too many properties.", code: 'object_above_max_properties' },
  ),
  row(
    'an id of another type of item',
    {
      input: [
        { type: 'function_call', id: 'call_1', call_id: 'call_1', name: 'f', arguments: '{}' },
      ],
    },
    {
      message: "Invalid 'input[0].id': 'call_1'. Expected an ID that begins with 'fc'.",
      param: 'input[0].id',
      code: 'invalid_value',
    },
  ),
  row(
    'an image that is no URL',
    { input: [{ role: 'user', content: [{ type: 'input_image', image_url: 'cat.png' }] }] },
    {
      message: "Invalid 'input[0].content[0].image_url'. Expected a valid URL",
      code: 'invalid_value',
    },
  ),
];

itRefuses(SHAPES);

const together = {
  message:
    "Mutually exclusive parameters. Ensure you are only providing one of: 'previous_response_id' or 'conversation'.",
};
const PARAMETERS: readonly Refusal[] = [
  row(
    'a conversation and a previous response',
    { conversation: 'conv_1', previous_response_id: 'resp_1' },
    { ...together, code: 'mutually_exclusive_parameters' },
  ),
  row(
    'an unknown conversation',
    { conversation: { id: 'conv_1' } },
    { status: 404, message: "Conversation with id 'conv_1' not found." },
  ),
  row(
    'an unknown previous response',
    { previous_response_id: 'resp_9' },
    {
      status: 404,
      message: "Previous response with id 'resp_9' not found.",
      param: 'previous_response_id',
      code: 'previous_response_not_found',
    },
  ),
  row(
    'stream options without a stream',
    { stream_options: { include_obfuscation: false } },
    {
      message: "The 'stream_options' parameter is only allowed when 'stream' is enabled.",
      param: 'stream_options',
    },
  ),
  row(
    'JSON mode without the word',
    { text: { format: { type: 'json_object' } } },
    { message: "must contain the word 'json'", param: 'input' },
  ),
];

itRefuses(PARAMETERS);

it.each([
  ['no key', {}],
  ['an empty key', { authorization: 'Bearer ' }],
  ['another scheme', { authorization: 'Basic abc' }],
])('the server refuses %s', async (_what, headers) => {
  const server = await withServer({ reply: () => 'Never sent.' });
  const { status, json } = await post(server.url, { model, input: 'Hi' }, { headers });
  expect([status, json()]).toMatchObject([
    401,
    { error: { type: 'invalid_request_error', code: null } },
  ]);
});

it.each([
  ['GET', '/responses/resp_9', 404, "Response with id 'resp_9' not found.", null],
  ['DELETE', '/responses/resp_9', 404, "Response with id 'resp_9' not found.", null],
  ['GET', '/responses/resp_9/input_items', 404, "Response with id 'resp_9' not found.", null],
  ['GET', '/nothing', 404, 'Invalid URL (GET /v1/nothing)', null],
  ['POST', '/responses/', 404, 'Invalid URL (POST /v1/responses/)', null],
  ['DELETE', '/responses', 405, 'Not allowed to DELETE on /v1/responses.', 'method_not_supported'],
  [
    'GET',
    '/models/x',
    404,
    'The model `x` does not exist or you do not have access to it.',
    'model_not_found',
  ],
])('the server refuses %s %s', async (method, path, status, text, code) => {
  const server = await withServer({ models: ['gpt-test'] });
  const answer = await checkedFetch(server.url + path, {
    method,
    headers: { authorization: 'Bearer test-key' },
  });
  expect(await answer.json()).toMatchObject({ error: { message: text, code } });
  expect(answer.status).toBe(status);
});

it('the server refuses a model that is not among those it was given', async () => {
  const server = await withServer({ models: ['other'], reply: () => 'Never sent.' });
  const { status, json } = await post(server.url, { model, input: 'Hi' });
  expect([status, json()]).toMatchObject([
    404,
    { error: { param: 'model', code: 'model_not_found' } },
  ]);
});
