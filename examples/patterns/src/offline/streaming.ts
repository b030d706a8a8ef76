import { functionCall } from '@baton/testing';
import type { ReplyFunction } from '@baton/testing';

export const streaming: ReplyFunction = ({ toolOutputs: [stock] }) => {
  if (stock === undefined) return functionCall('count_stock', { thing: 'red kites' });
  return {
    output: `There are ${stock.output} red kites left, and the wind is good.`,
    eventDelayMs: 20,
  };
};
