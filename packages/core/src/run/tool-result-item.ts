import type { FunctionCallItem, FunctionCallResultItem } from '../item/index.js';

/** The output of a function call as an item. */
export function toolResultItem(
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
  };
}
