import { describe, expect, it } from 'vitest';
import { customToolCall, functionCall, message, type OutputItem, reasoning } from '../src/index.js';
import { checkedFetch, post } from './support/checked-client.js';
import { withServer } from './support/with-server.js';

const model = 'gpt-test';
const user = { role: 'user', content: 'Hi' };

interface Row {
  /** What is wrong. */
  readonly rule: string;
  readonly body: unknown;
  readonly message: string;
  readonly param?: string;
  readonly code?: string;
  readonly status?: number;
}

/** A request with one thing wrong in it. */
function row(rule: string, fields: object, expected: Omit<Row, 'rule' | 'body'>): Row {
  return { rule, body: { model, input: 'Hi', ...fields }, ...expected };
}

const SHAPES: readonly Row[] = [
  { rule: 'a missing model', body: { input: 'Hi' }, message: "Missing required parameter: 'model'.", param: 'model', code: 'missing_required_parameter' },
  { rule: 'no input at all', body: { model }, message: "one of 'input', 'previous_response_id', 'prompt' or 'conversation'", param: 'input', code: 'missing_required_parameter' },
  { rule: 'a body that is not an object', body: [1], message: 'We could not parse the JSON body of your request' },
  { rule: 'a body that is not JSON', body: '{"model":', message: 'We could not parse the JSON body of your request' },
  row('an unknown parameter', { foo: 1 }, { message: "Unknown parameter: 'foo'.", param: 'foo', code: 'unknown_parameter' }),
  row('an unknown field of an input item', { input: [{ ...user, name: 'Ann' }] }, { message: "Unknown parameter: 'input[0].name'.", param: 'input[0].name', code: 'unknown_parameter' }),
  row('an unknown field of a content part', { input: [{ role: 'user', content: [{ type: 'input_text', text: 'x', cache: 1 }] }] }, { message: "Unknown parameter: 'input[0].content[0].cache'.", code: 'unknown_parameter' }),
  row('an unknown field of a tool', { tools: [{ type: 'web_search', depth: 3 }] }, { message: "Unknown parameter: 'tools[0].depth'.", param: 'tools[0].depth', code: 'unknown_parameter' }),
  row('an unknown field of the text format', { text: { format: { type: 'text', name: 'x' } } }, { message: "Unknown parameter: 'text.format.name'.", code: 'unknown_parameter' }),
  row('a missing field of an item', { input: [{ type: 'function_call_output', output: 'x' }] }, { message: "Missing required parameter: 'input[0].call_id'.", param: 'input[0].call_id', code: 'missing_required_parameter' }),
  row('an item without type or role', { input: [{ content: 'x' }] }, { message: "Missing required parameter: 'input[0].type'.", code: 'missing_required_parameter' }),
  row('a string for a number', { temperature: '1' }, { message: "Invalid type for 'temperature': expected a number, but got a string instead.", param: 'temperature', code: 'invalid_type' }),
  row('a decimal for an integer', { max_output_tokens: 20.5 }, { message: "Invalid type for 'max_output_tokens': expected an integer, but got a decimal instead.", code: 'invalid_type' }),
  row('a number for a boolean', { stream: 1 }, { message: "Invalid type for 'stream': expected a boolean, but got an integer instead.", code: 'invalid_type' }),
  row('an object for an array', { tools: {} }, { message: "Invalid type for 'tools': expected an array, but got an object instead.", code: 'invalid_type' }),
  row('an array for an object', { text: [] }, { message: "Invalid type for 'text': expected an object, but got an array instead.", code: 'invalid_type' }),
  row('null for content', { input: [{ role: 'user', content: null }] }, { message: "Invalid type for 'input[0].content': expected one of an array of objects or string, but got null instead.", code: 'invalid_type' }),
  row('a type that is no string', { input: [{ type: 1 }] }, { message: "Invalid type for 'input[0].type': expected a string, but got an integer instead.", code: 'invalid_type' }),
  row('a value above its maximum', { temperature: 3 }, { message: "Invalid 'temperature': decimal above maximum value. Expected a value <= 2, but got 3 instead.", code: 'decimal_above_max_value' }),
  row('a value below its minimum', { max_output_tokens: 1 }, { message: "Invalid 'max_output_tokens': integer below minimum value. Expected a value >= 16, but got 1 instead.", code: 'integer_below_min_value' }),
  row('an unknown value', { truncation: 'none' }, { message: "Invalid value: 'none'. Supported values are: 'auto' and 'disabled'.", param: 'truncation', code: 'invalid_value' }),
  row('an unknown type of item', { input: [{ type: 'tool_result' }] }, { message: "Invalid value: 'tool_result'. Supported values are: 'additional_tools', 'apply_patch_call', ", param: 'input[0]', code: 'invalid_value' }),
  row('an unknown type of tool', { tools: [{ type: 'retrieval' }] }, { message: "Invalid value: 'retrieval'. Supported values are: 'apply_patch', ", code: 'invalid_value' }),
  row('an unknown role', { input: [{ role: 'tool', content: 'x' }] }, { message: "Invalid value: 'tool'. Supported values are: 'assistant', 'system', 'developer', and 'user'.", code: 'invalid_value' }),
  row('input parts in an assistant message', { input: [{ role: 'assistant', content: [{ type: 'input_text', text: 'x' }] }] }, { message: "Invalid value: 'input_text'. Supported values are: 'output_text' and 'refusal'.", param: 'input[0].content[0]', code: 'invalid_value' }),
  row('an empty call id', { input: [{ type: 'function_call_output', call_id: '', output: 'x' }] }, { message: "Invalid 'input[0].call_id': empty string.", code: 'empty_string' }),
  row('a text that is too long', { safety_identifier: 'x'.repeat(65) }, { message: "Invalid 'safety_identifier': string too long. Expected a string with maximum length 64, but got a string with length 65 instead.", code: 'string_above_max_length' }),
  row('an empty list', { context_management: [] }, { message: "Invalid 'context_management': empty array.", code: 'empty_array' }),
  row('a list that is too long', { tools: [{ type: 'shell', environment: { type: 'container_auto', file_ids: Array(51).fill('x') } }] }, { message: "Invalid 'tools[0].environment.file_ids': array too long.", code: 'array_above_max_length' }),
  row('too much metadata', { metadata: Object.fromEntries(Array.from({ length: 17 }, (_, index) => [`k${index}`, 'v'])) }, { message: "Invalid 'metadata': too many properties.", code: 'object_above_max_properties' }),
  row('an id of another type of item', { input: [{ type: 'function_call', id: 'call_1', call_id: 'call_1', name: 'f', arguments: '{}' }] }, { message: "Invalid 'input[0].id': 'call_1'. Expected an ID that begins with 'fc'.", param: 'input[0].id', code: 'invalid_value' }),
  row('an image that is no URL', { input: [{ role: 'user', content: [{ type: 'input_image', image_url: 'cat.png' }] }] }, { message: "Invalid 'input[0].content[0].image_url'. Expected a valid URL", code: 'invalid_value' }),
];

const together = { message: "Mutually exclusive parameters. Ensure you are only providing one of: 'previous_response_id' or 'conversation'." };
const PARAMETERS: readonly Row[] = [
  row('a conversation and a previous response', { conversation: 'conv_1', previous_response_id: 'resp_1' }, { ...together, code: 'mutually_exclusive_parameters' }),
  row('an unknown conversation', { conversation: { id: 'conv_1' } }, { status: 404, message: "Conversation with id 'conv_1' not found." }),
  row('an unknown previous response', { previous_response_id: 'resp_9' }, { status: 404, message: "Previous response with id 'resp_9' not found.", param: 'previous_response_id', code: 'previous_response_not_found' }),
  row('stream options without a stream', { stream_options: { include_obfuscation: false } }, { message: "The 'stream_options' parameter is only allowed when 'stream' is enabled.", param: 'stream_options' }),
  row('JSON mode without the word', { text: { format: { type: 'json_object' } } }, { message: "must contain the word 'json'", param: 'input' }),
];

const parameters = { type: 'object', properties: {}, additionalProperties: false, required: [] };
const tool = { type: 'function', name: 'f', parameters };

const TOOLS: readonly Row[] = [
  row('a function tool without a name', { tools: [{ type: 'function', parameters }] }, { message: "Missing required parameter: 'tools[0].name'.", code: 'missing_required_parameter' }),
  row('a function tool without parameters', { tools: [{ type: 'function', name: 'f' }] }, { message: "Missing required parameter: 'tools[0].parameters'.", code: 'missing_required_parameter' }),
  row('a tool in the form of Chat Completions', { tools: [{ type: 'function', function: { name: 'f' } }] }, { message: "Missing required parameter: 'tools[0].name'.", code: 'missing_required_parameter' }),
  row('an empty tool name', { tools: [{ ...tool, name: '' }] }, { message: "Invalid 'tools[0].name': empty string.", code: 'empty_string' }),
  row('a tool name with a space', { tools: [{ ...tool, name: 'get weather' }] }, { message: "Invalid 'tools[0].name': string does not match pattern. Expected a string that matches the pattern '^[a-zA-Z0-9_-]+$'.", code: 'invalid_value' }),
  row('a tool name that is too long', { tools: [{ ...tool, name: 'x'.repeat(129) }] }, { message: "Invalid 'tools[0].name': string too long.", code: 'string_above_max_length' }),
  row('two tools of one name', { tools: [tool, { type: 'custom', name: 'f' }] }, { message: "Duplicate tool name 'f'.", param: 'tools[1].name' }),
  row('two MCP servers of one label', { tools: [1, 2].map(() => ({ type: 'mcp', server_label: 's', server_url: 'https://s' })) }, { message: "Duplicate tool server_label 's'.", param: 'tools[1].server_label' }),
  row('a choice of a function that is not there', { tools: [tool], tool_choice: { type: 'function', name: 'g' } }, { message: "Tool choice 'g' not found in 'tools' parameter.", param: 'tool_choice' }),
  row('a choice of a hosted tool that is not there', { tools: [tool], tool_choice: { type: 'file_search' } }, { message: "Tool choice 'file_search' not found in 'tools' parameter.", param: 'tool_choice' }),
  row('a choice of an MCP server that is not there', { tools: [tool], tool_choice: { type: 'mcp', server_label: 's' } }, { message: "Tool choice 's' not found in 'tools' parameter.", param: 'tool_choice' }),
  row('an allowed tool that is not there', { tools: [tool], tool_choice: { type: 'allowed_tools', mode: 'auto', tools: [{ type: 'function', name: 'g' }] } }, { message: "Tool choice 'g' not found in 'tools' parameter.", param: 'tool_choice' }),
  row('a required choice without tools', { tool_choice: 'required' }, { message: "Tool choice 'required' must be specified with 'tools' parameter.", param: 'tool_choice' }),
  row('a strict tool whose schema is open', { tools: [{ ...tool, strict: true, parameters: { type: 'object', properties: {} } }] }, { message: "Invalid schema for function 'f': In context=(), 'additionalProperties' is required to be supplied and to be false.", param: 'tools[0].parameters', code: 'invalid_function_parameters' }),
  row('a strict tool in a namespace whose schema is open', { tools: [{ type: 'namespace', name: 'n', description: 'd', tools: [{ ...tool, strict: true, parameters: { type: 'object', properties: {} } }] }] }, { message: "Invalid schema for function 'f': In context=()", param: 'tools[0].tools[0].parameters', code: 'invalid_function_parameters' }),
  row('a strict text format whose schema is open', { text: { format: { type: 'json_schema', name: 'final_output', strict: true, schema: { type: 'object', properties: { y: { type: 'string' } }, additionalProperties: false } } } }, { message: "Invalid schema for response_format 'final_output': In context=(), 'required' is required to be supplied and to be an array including every key in properties. Missing 'y'.", param: 'text.format.schema', code: 'invalid_json_schema' }),
];

const call = { type: 'function_call', call_id: 'call_a', name: 'f', arguments: '{}' };
const output = { type: 'function_call_output', call_id: 'call_a', output: 'x' };
const screenshot = { type: 'computer_screenshot', image_url: 'https://example.com/x.png' };
const shellAction = { type: 'exec', command: ['ls'], env: {} };

/** A call of every kind that a client has to answer, its output, and OpenAI's words for it. */
const PAIRS: readonly [words: string, call: object, output: object][] = [
  ['function call', call, output],
  ['custom tool call', { type: 'custom_tool_call', call_id: 'call_a', name: 't', input: 'x' }, { type: 'custom_tool_call_output', call_id: 'call_a', output: 'x' }],
  ['computer call', { type: 'computer_call', id: 'cu_a', call_id: 'call_a', pending_safety_checks: [], status: 'completed' }, { type: 'computer_call_output', call_id: 'call_a', output: screenshot }],
  ['local shell call', { type: 'local_shell_call', id: 'lsh_a', call_id: 'call_a', action: shellAction, status: 'completed' }, { type: 'local_shell_call_output', call_id: 'call_a', output: 'x' }],
  ['shell call', { type: 'shell_call', call_id: 'call_a', action: { commands: ['ls'] } }, { type: 'shell_call_output', call_id: 'call_a', output: [{ stdout: 'x', stderr: '', outcome: { type: 'exit', exit_code: 0 } }] }],
  ['apply patch call', { type: 'apply_patch_call', call_id: 'call_a', status: 'completed', operation: { type: 'delete_file', path: 'x' } }, { type: 'apply_patch_call_output', call_id: 'call_a', status: 'completed' }],
  ['tool search call', { type: 'tool_search_call', call_id: 'call_a', arguments: {}, execution: 'client' }, { type: 'tool_search_output', call_id: 'call_a', tools: [], execution: 'client' }],
];

const CONVERSATIONS: readonly Row[] = [
  ...PAIRS.flatMap(([words, one, answer]) => [
    row(`a ${words} without its output`, { input: [user, one] }, { message: `No tool output found for ${words} call_a.`, param: 'input' }),
    row(`a ${words} output without its call`, { input: [user, answer] }, { message: `No tool call found for ${words} output with call_id call_a.`, param: 'input' }),
    row(`a second output of a ${words}`, { input: [user, one, answer, answer] }, { message: `Duplicate tool output found for ${words} call_a.`, param: 'input' }),
  ]),
  row('an output before its call', { input: [user, output, call] }, { message: 'No tool call found for function call output with call_id call_a.', param: 'input' }),
  row('an output of another kind than its call', { input: [user, call, { ...output, type: 'custom_tool_call_output' }] }, { message: 'No tool call found for custom tool call output', param: 'input' }),
  row('a call id that still waits, again', { input: [user, call, call, output] }, { message: 'Duplicate function call found with call_id call_a.', param: 'input' }),
  row('an item that is there twice', { input: [{ ...call, id: 'fc_a' }, output, { ...call, id: 'fc_a' }, output] }, { message: 'Duplicate item found with id fc_a. Remove duplicate items from your input and try again.', param: 'input' }),
  row('a reference to nothing', { input: [user, { type: 'item_reference', id: 'msg_9' }] }, { status: 404, message: "Item with id 'msg_9' not found. Items are not persisted when `store` is set to false.", param: 'input' }),
  row('reasoning that only its id could bring back', { input: [user, { type: 'reasoning', id: 'rs_9', summary: [] }, { role: 'assistant', content: 'x' }] }, { status: 404, message: "Item with id 'rs_9' not found.", param: 'input' }),
  row('reasoning at the end', { input: [user, { type: 'reasoning', id: 'rs_9', summary: [], encrypted_content: 'x' }] }, { message: "Item 'rs_9' of type 'reasoning' was provided without its required following item.", param: 'input' }),
  row('reasoning before a user message', { input: [{ type: 'reasoning', id: 'rs_9', summary: [], encrypted_content: 'x' }, user] }, { message: "Item 'rs_9' of type 'reasoning' was provided without its required following item.", param: 'input' }),
];

describe('the server refuses', () => {
  it.each([...SHAPES, ...PARAMETERS, ...TOOLS, ...CONVERSATIONS])('$rule', async ({ body, status = 400, message: text, param, code = null }) => {
    const server = await withServer({ reply: () => 'Never sent.' });
    const answer = await post(server.url, body);
    expect(answer.json()).toMatchObject({
      error: { message: expect.stringContaining(text), type: 'invalid_request_error', ...(param && { param }), code },
    });
    expect(answer.status).toBe(status);
  });

  it.each([
    ['no key', {}],
    ['an empty key', { authorization: 'Bearer ' }],
    ['another scheme', { authorization: 'Basic abc' }],
  ])('%s', async (_what, headers) => {
    const server = await withServer({ reply: () => 'Never sent.' });
    const { status, json } = await post(server.url, { model, input: 'Hi' }, headers);
    expect([status, json()]).toMatchObject([401, { error: { type: 'invalid_request_error', code: null } }]);
  });

  it.each([
    ['GET', '/responses/resp_9', 404, "Response with id 'resp_9' not found.", null],
    ['DELETE', '/responses/resp_9', 404, "Response with id 'resp_9' not found.", null],
    ['GET', '/responses/resp_9/input_items', 404, "Response with id 'resp_9' not found.", null],
    ['GET', '/nothing', 404, 'Invalid URL (GET /v1/nothing)', null],
    ['POST', '/responses/', 404, 'Invalid URL (POST /v1/responses/)', null],
    ['DELETE', '/responses', 405, 'Not allowed to DELETE on /v1/responses.', 'method_not_supported'],
    ['GET', '/models/x', 404, 'The model `x` does not exist or you do not have access to it.', 'model_not_found'],
  ])('%s %s', async (method, path, status, text, code) => {
    const server = await withServer({ models: ['gpt-test'] });
    const answer = await checkedFetch(server.url + path, { method, headers: { authorization: 'Bearer test-key' } });
    expect(await answer.json()).toMatchObject({ error: { message: text, code } });
    expect(answer.status).toBe(status);
  });

  it('a model that is not among those it was given', async () => {
    const server = await withServer({ models: ['other'], reply: () => 'Never sent.' });
    const { status, json } = await post(server.url, { model, input: 'Hi' });
    expect([status, json()]).toMatchObject([404, { error: { param: 'model', code: 'model_not_found' } }]);
  });
});

/** Runs two requests: the first gets the output, the second is made from the first response and must be refused or not. */
async function second(
  output: readonly OutputItem[],
  next: (first: { id: string; output: readonly Record<string, unknown>[] }) => object,
  settings: object = {},
): Promise<string> {
  const server = await withServer({ script: [output, 'Fine.'] });
  const first = (await post(server.url, { model, input: 'Hi', ...settings })).json();
  const answer = await post(server.url, { model, ...next(first as Parameters<typeof next>[0]) });
  if (answer.status === 200) return 'accepted';
  return (answer.json() as { error: { message: string } }).error.message;
}

const answer = (callId: string): object => ({ type: 'function_call_output', call_id: callId, output: 'x' });

describe('what came before decides: the server', () => {
  it('refuses a continued response whose call has no output', async () => {
    const refusal = await second([functionCall('f')], ({ id }) => ({ previous_response_id: id, input: 'Go on' }));
    expect(refusal).toBe('No tool output found for function call call_1.');
  });

  it('refuses one of two outputs missing', async () => {
    const next = ({ id }: { id: string }): object => ({ previous_response_id: id, input: [answer('call_2')] });
    expect(await second([functionCall('f'), functionCall('g')], next)).toBe('No tool output found for function call call_1.');
  });

  it('accepts outputs in any order', async () => {
    const next = ({ id }: { id: string }): object => ({ previous_response_id: id, input: [answer('call_2'), answer('call_1')] });
    expect(await second([functionCall('f'), functionCall('g')], next)).toBe('accepted');
  });

  it('refuses an item that it already has', async () => {
    const next = ({ id, output }: { id: string; output: readonly object[] }): object => ({ previous_response_id: id, input: [...output, answer('call_1')] });
    expect(await second([functionCall('f')], next)).toContain('Duplicate item found with id fc_1.');
  });

  it('refuses to continue what it was told not to store', async () => {
    const refusal = await second([message('Hi')], ({ id }) => ({ previous_response_id: id, input: 'Go on' }), { store: false });
    expect(refusal).toBe("Previous response with id 'resp_1' not found.");
  });

  it('accepts a call id that comes back in a later turn', async () => {
    const turn = [call, output];
    expect(await second([message('Hi')], () => ({ input: [user, ...turn, user, ...turn] }))).toBe('accepted');
  });

  it('accepts everything it said, replayed', async () => {
    const said = [reasoning('Hm.'), message('One moment.'), functionCall('f'), customToolCall('t', 'x')];
    const custom = { type: 'custom_tool_call_output', call_id: 'call_2', output: 'x' };
    expect(await second(said, ({ output }) => ({ input: [user, ...output, answer('call_1'), custom] }))).toBe('accepted');
  });

  it('refuses a call without the reasoning it came with', async () => {
    const refusal = await second([reasoning('Hm.'), functionCall('f')], ({ output }) => ({ input: [user, output[1], answer('call_1')] }));
    expect(refusal).toBe("Item 'fc_1' of type 'function_call' was provided without its required 'reasoning' item: 'rs_1'.");
  });

  it('refuses a message without the reasoning it came with', async () => {
    const refusal = await second([reasoning('Hm.'), message('Hi')], ({ output }) => ({ input: [user, output[1], user] }));
    expect(refusal).toBe("Item 'msg_1' of type 'message' was provided without its required 'reasoning' item: 'rs_1'.");
  });

  it('refuses reasoning followed by another item than the one it led to', async () => {
    const said = [reasoning('Hm.'), message('Hi'), functionCall('f')];
    const refusal = await second(said, ({ output }) => ({ input: [user, output[0], output[2], answer('call_1')] }));
    expect(refusal).toBe("Item 'rs_1' of type 'reasoning' was provided without its required following item.");
  });

  it('accepts a call without its reasoning when it comes without its id', async () => {
    const said = [reasoning('Hm.'), functionCall('f')];
    expect(await second(said, () => ({ input: [user, { ...call, call_id: 'call_1' }, answer('call_1')] }))).toBe('accepted');
  });

  it('accepts reasoning that it did not store when its content is there, encrypted', async () => {
    const said = [reasoning('Hm.'), functionCall('f')];
    const settings = { store: false, include: ['reasoning.encrypted_content'] };
    expect(await second(said, ({ output }) => ({ input: [user, ...output, answer('call_1')] }), settings)).toBe('accepted');
    expect(await second(said, ({ output }) => ({ input: [user, ...output, answer('call_1')] }), { store: false })).toContain("Item with id 'rs_1' not found.");
  });
});
