import {
  anyObject,
  anything,
  boolean,
  type Fields,
  integer,
  list,
  nullable,
  number,
  object,
  oneOf,
  record,
  string,
  tagged,
} from '../../shape/shape.js';
import { longText, url, variant } from '../../shape/common-shapes.js';
import { callId, itemId, itemStatus, optionalId } from './common.js';
import { tools } from './tools.js';

const fileSearchResult = object(
  {},
  {
    file_id: string(),
    text: string(),
    filename: string(),
    attributes: nullable(record(anything)),
    score: number(),
  },
);

const webSearchAction = tagged({
  search: variant(
    {},
    { query: string(), queries: list(string()), sources: list(tagged({ url: variant({ url }) })) },
  ),
  open_page: variant({}, { url: nullable(url) }),
  find_in_page: variant({ url, pattern: string() }),
});

const mcpError = tagged({
  mcp_protocol_error: variant({ code: integer(), message: string() }),
  mcp_tool_execution_error: variant({ content: anything }),
  http_error: variant({ code: integer(), message: string() }),
});

/** What the model did by itself, or with the provider's own tools, and the markers around it. */
export const modelItems: Fields = {
  reasoning: variant(
    { id: itemId('rs'), summary: list(tagged({ summary_text: variant({ text: string() }) })) },
    {
      encrypted_content: nullable(string()),
      content: list(tagged({ reasoning_text: variant({ text: string() }) })),
      status: itemStatus,
    },
  ),
  file_search_call: variant(
    {
      id: itemId('fs'),
      queries: list(string()),
      status: oneOf('in_progress', 'searching', 'completed', 'incomplete', 'failed'),
    },
    { results: nullable(list(fileSearchResult)) },
  ),
  web_search_call: variant({
    id: itemId('ws'),
    action: webSearchAction,
    status: oneOf('in_progress', 'searching', 'completed', 'failed'),
  }),
  image_generation_call: variant({
    id: itemId('ig'),
    result: nullable(string()),
    status: oneOf('in_progress', 'completed', 'generating', 'failed'),
  }),
  code_interpreter_call: variant({
    id: itemId('ci'),
    container_id: string(),
    code: nullable(string()),
    outputs: nullable(list(tagged({ logs: variant({ logs: string() }), image: variant({ url }) }))),
    status: oneOf('in_progress', 'completed', 'incomplete', 'interpreting', 'failed'),
  }),
  mcp_list_tools: variant(
    {
      id: itemId('mcpl'),
      server_label: string(),
      tools: list(
        object(
          { name: string(), input_schema: anyObject },
          { description: nullable(string()), annotations: nullable(anyObject) },
        ),
      ),
    },
    { error: nullable(string()) },
  ),
  mcp_approval_request: variant({
    id: itemId('mcpr'),
    server_label: string(),
    name: string(),
    arguments: string(),
  }),
  mcp_approval_response: variant(
    { approval_request_id: string(), approve: boolean },
    { id: optionalId, reason: nullable(string()) },
  ),
  mcp_call: variant(
    { id: itemId('mcp'), server_label: string(), name: string(), arguments: string() },
    {
      output: nullable(string()),
      error: nullable(mcpError),
      status: oneOf('in_progress', 'completed', 'incomplete', 'calling', 'failed'),
      approval_request_id: nullable(string()),
    },
  ),
  program: variant({ id: string(), call_id: callId, code: longText, fingerprint: longText }),
  program_output: variant({
    id: string(),
    call_id: callId,
    result: longText,
    status: oneOf('completed', 'incomplete'),
  }),
  additional_tools: variant({ role: oneOf('developer'), tools }, { id: optionalId }),
  compaction: variant({ encrypted_content: string({ max: 20_971_520 }) }, { id: optionalId }),
  compaction_trigger: variant({}),
  item_reference: variant({ id: string() }),
};
