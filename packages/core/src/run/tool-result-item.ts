import { UserError } from '../error/index.js';
import { resultTypeOf } from '../item/index.js';
import type { FunctionCallItem, FunctionCallResultItem, ToolCallItem, ToolCallResultItem } from '../item/index.js';
import { isLocalToolOutput, toolOutputText } from '../tool/index.js';
import type { ToolOutput } from '../tool/index.js';

/** The output of a tool as the item that answers the call. */
export function toolResultItem(call: ToolCallItem, output: ToolOutput): ToolCallResultItem {
  if (isLocalToolOutput(output)) {
    if (output.type === resultTypeOf(call)) return { ...output, callId: call.callId };
    throw new UserError(
      `A ${call.type} was given the output of another kind of tool: expected ${resultTypeOf(call)} or a text, got ${output.type}. Check the tool middleware.`,
    );
  }
  return call.type === 'function_call'
    ? functionResultItem(call, output)
    : failureItem(call, toolOutputText(output));
}

/** The output of a function call as an item. */
export function functionResultItem(
  call: FunctionCallItem,
  output: FunctionCallResultItem['output'],
): FunctionCallResultItem {
  return {
    type: 'function_call_result',
    callId: call.callId,
    name: call.name,
    ...(call.namespace !== undefined && { namespace: call.namespace }),
    status: 'completed',
    output,
    ...(call.outputProviderData !== undefined && { providerData: call.outputProviderData }),
  };
}

/** A local tool's call that was not carried out, in the form its provider has for that. */
function failureItem(call: Exclude<ToolCallItem, FunctionCallItem>, text: string): ToolCallResultItem {
  const { callId } = call;
  switch (call.type) {
    case 'computer_call':
      return { type: 'computer_call_result', callId, output: { type: 'computer_screenshot', data: EMPTY_PNG } };
    case 'shell_call': {
      const outcome = { type: 'exit', exitCode: 1 } as const;
      return { type: 'shell_call_output', callId, output: [{ stdout: '', stderr: text, outcome }] };
    }
    case 'apply_patch_call':
      return { type: 'apply_patch_call_output', callId, status: 'failed', output: text };
    case 'hosted_approval_request':
      return { type: 'hosted_approval_response', callId, approve: false, reason: text };
    default:
      return call satisfies never;
  }
}

/** One transparent pixel: a picture is required, and there is no place for a text. */
const EMPTY_PNG =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
