import {
  anyObject,
  type Fields,
  integer,
  list,
  nullable,
  object,
  oneOf,
  record,
  string,
  tagged,
} from '../../shape/shape.js';
import { longText, url, variant } from '../../shape/common-shapes.js';
import { callId, itemId, itemStatus, localSkill, namespaceName, optionalId } from './common.js';
import { toolOutput } from './content.js';
import { tools } from './tools.js';

const caller = nullable(tagged({ direct: variant({}), program: variant({ caller_id: callId }) }));
const status = nullable(itemStatus);
const execution = oneOf('server', 'client');
const safetyChecks = list(
  object({ id: string() }, { code: nullable(string()), message: nullable(string()) }),
);

const keys = nullable(list(string()));
const point = { x: integer(), y: integer() };
const computerAction = tagged({
  click: variant(
    { ...point, button: oneOf('left', 'right', 'wheel', 'back', 'forward') },
    { keys },
  ),
  double_click: variant({ ...point, keys }),
  drag: variant({ path: list(object(point)) }, { keys }),
  keypress: variant({ keys: list(string()) }),
  move: variant(point, { keys }),
  screenshot: variant({}),
  scroll: variant({ ...point, scroll_x: integer(), scroll_y: integer() }, { keys }),
  type: variant({ text: string() }),
  wait: variant({}),
});

const commandLimits = { timeout_ms: nullable(integer()), max_output_length: nullable(integer()) };
const shellOutput = object({
  stdout: longText,
  stderr: longText,
  outcome: tagged({ timeout: variant({}), exit: variant({ exit_code: integer() }) }),
});
const shellEnvironment = nullable(
  tagged({
    local: variant({}, { skills: list(localSkill, { max: 200 }) }),
    container_reference: variant({ container_id: string() }),
  }),
);

const path = string({ min: 1 });
const patchOperation = tagged({
  create_file: variant({ path, diff: longText }),
  delete_file: variant({ path }),
  update_file: variant({ path, diff: longText }),
});

/** Calls that the client answers, and its answers. */
export const clientCallItems: Fields = {
  function_call: variant(
    { call_id: callId, name: string({ min: 1 }), arguments: string() },
    { id: itemId('fc'), caller, namespace: string(), status: itemStatus },
  ),
  function_call_output: variant(
    { call_id: callId, output: toolOutput },
    {
      id: optionalId,
      name: nullable(string({ min: 1, max: 128 })),
      namespace: nullable(namespaceName),
      caller,
      status,
    },
  ),
  custom_tool_call: variant(
    { call_id: callId, name: string({ min: 1 }), input: string() },
    { id: itemId('ctc'), caller, namespace: string() },
  ),
  custom_tool_call_output: variant(
    { call_id: callId, output: toolOutput },
    { id: string(), caller },
  ),
  computer_call: variant(
    { id: itemId('cu'), call_id: callId, pending_safety_checks: safetyChecks, status: itemStatus },
    { action: computerAction, actions: list(computerAction) },
  ),
  computer_call_output: variant(
    {
      call_id: callId,
      output: tagged({ computer_screenshot: variant({}, { image_url: url, file_id: string() }) }),
    },
    { id: optionalId, acknowledged_safety_checks: nullable(safetyChecks), status },
  ),
  local_shell_call: variant({
    id: string(),
    call_id: callId,
    action: tagged({
      exec: variant(
        { command: list(string()), env: record(string()) },
        {
          timeout_ms: nullable(integer()),
          working_directory: nullable(string()),
          user: nullable(string()),
        },
      ),
    }),
    status: itemStatus,
  }),
  // The schema knows only `id`, the guides only `call_id`; the API takes either.
  local_shell_call_output: variant({ output: string() }, { id: string(), call_id: callId, status }),
  shell_call: variant(
    { call_id: callId, action: object({ commands: list(string()) }, commandLimits) },
    { id: optionalId, caller, status, environment: shellEnvironment },
  ),
  shell_call_output: variant(
    { call_id: callId, output: list(shellOutput) },
    { id: optionalId, caller, status, max_output_length: nullable(integer()) },
  ),
  apply_patch_call: variant(
    { call_id: callId, status: oneOf('in_progress', 'completed'), operation: patchOperation },
    { id: optionalId, caller },
  ),
  apply_patch_call_output: variant(
    { call_id: callId, status: oneOf('completed', 'failed') },
    { id: optionalId, caller, output: nullable(longText) },
  ),
  tool_search_call: variant(
    { arguments: anyObject },
    { id: optionalId, call_id: nullable(callId), execution, status },
  ),
  tool_search_output: variant(
    { tools },
    { id: optionalId, call_id: nullable(callId), execution, status },
  ),
};
