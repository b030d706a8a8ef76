import { functionCall } from '@baton/testing';
import type { ReplyFunction } from '@baton/testing';

export const messageFilter: ReplyFunction = ({ body, lastUserText = '', toolOutputs }) => {
  if (body.instructions?.includes('couplet') === true)
    return 'The storm came in and took the pier, / and left the gulls, and left us here.';
  if (lastUserText.includes('poem')) return functionCall('transfer_to_poet');
  if (toolOutputs.length > 0) return 'Twelve pages, all of them wet.';
  return functionCall('search_archive', { words: 'the great storm' });
};
