import { functionCall } from '@baton/testing';
import type { ReplyFunction } from '@baton/testing';

const HISTORIAN =
  'The first railways took over the width of the wagons in the mines around Newcastle.';
const ENGINEER = 'It is wide enough to be stable and narrow enough for tight curves.';

export const agentsAsTools: ReplyFunction = ({ body, lastUserText = '', toolOutputs }) => {
  if (body.instructions?.includes('history') === true) return HISTORIAN;
  if (body.instructions?.includes('engineering') === true) return ENGINEER;
  if (toolOutputs.length > 0) {
    return `An accident that works. ${toolOutputs.map(({ output }) => output).join(' ')}`;
  }
  return ['ask_historian', 'ask_engineer'].map((name) =>
    functionCall(name, { input: lastUserText }),
  );
};
