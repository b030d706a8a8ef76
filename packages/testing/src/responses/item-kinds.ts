import type { JsonObject } from '../json.js';

/** What the server has to know to make an item of one type out of what a test left open. */
export interface ItemKind {
  readonly idPrefix: string;
  /** Fields the item gets unless it has them. */
  readonly defaults: JsonObject;
  /** Whether the item is a call whose output names its `call_id`. */
  readonly hasCallId?: true;
}

const COMPLETED = { status: 'completed' };

/** Every type of schema `OutputItem`, with the id prefixes that OpenAI uses. */
const ITEM_KINDS: Readonly<Record<string, ItemKind>> = {
  message: { idPrefix: 'msg', defaults: { role: 'assistant', ...COMPLETED } },
  reasoning: { idPrefix: 'rs', defaults: { summary: [] } },
  function_call: { idPrefix: 'fc', defaults: COMPLETED, hasCallId: true },
  function_call_output: { idPrefix: 'fco', defaults: COMPLETED },
  custom_tool_call: { idPrefix: 'ctc', defaults: {}, hasCallId: true },
  custom_tool_call_output: { idPrefix: 'ctco', defaults: COMPLETED },
  computer_call: {
    idPrefix: 'cu',
    defaults: { pending_safety_checks: [], ...COMPLETED },
    hasCallId: true,
  },
  computer_call_output: { idPrefix: 'cuo', defaults: COMPLETED },
  local_shell_call: { idPrefix: 'lsh', defaults: COMPLETED, hasCallId: true },
  local_shell_call_output: { idPrefix: 'lsho', defaults: COMPLETED },
  shell_call: {
    idPrefix: 'sh',
    defaults: { environment: { type: 'local' }, ...COMPLETED },
    hasCallId: true,
  },
  shell_call_output: { idPrefix: 'sho', defaults: { max_output_length: null, ...COMPLETED } },
  apply_patch_call: { idPrefix: 'apc', defaults: COMPLETED, hasCallId: true },
  apply_patch_call_output: { idPrefix: 'apco', defaults: COMPLETED },
  web_search_call: { idPrefix: 'ws', defaults: COMPLETED },
  file_search_call: { idPrefix: 'fs', defaults: { queries: [], results: null, ...COMPLETED } },
  code_interpreter_call: {
    idPrefix: 'ci',
    defaults: { container_id: 'cntr_1', outputs: null, ...COMPLETED },
  },
  image_generation_call: { idPrefix: 'ig', defaults: { result: null, ...COMPLETED } },
  mcp_list_tools: { idPrefix: 'mcpl', defaults: {} },
  mcp_approval_request: { idPrefix: 'mcpr', defaults: {} },
  mcp_approval_response: { idPrefix: 'mcprr', defaults: {} },
  mcp_call: {
    idPrefix: 'mcp',
    defaults: { approval_request_id: null, error: null, output: null, ...COMPLETED },
  },
  tool_search_call: {
    idPrefix: 'tsc',
    defaults: { call_id: null, execution: 'server', arguments: {}, ...COMPLETED },
  },
  tool_search_output: {
    idPrefix: 'tso',
    defaults: { call_id: null, execution: 'server', tools: [], ...COMPLETED },
  },
  additional_tools: { idPrefix: 'at', defaults: { role: 'developer' } },
  program: { idPrefix: 'prog', defaults: {}, hasCallId: true },
  program_output: { idPrefix: 'po', defaults: COMPLETED },
  compaction: { idPrefix: 'cmp', defaults: {} },
};

export function itemKind(type: string): ItemKind {
  return ITEM_KINDS[type] ?? { idPrefix: 'item', defaults: {} };
}
