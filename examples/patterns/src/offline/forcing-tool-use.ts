import { functionCall } from '@baton/testing';
import type { ReplyFunction } from '@baton/testing';

export const forcingToolUse: ReplyFunction = ({ body, toolOutputs }) => {
  if (body['tool_choice'] === 'required') return functionCall('get_tide', { harbour: 'Cascais' });
  return toolOutputs.length > 0
    ? 'The tide is high at 14:20; sail before that.'
    : 'I would have to guess.';
};
