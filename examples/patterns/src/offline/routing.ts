import { functionCall } from '@baton/testing';
import type { ReplyFunction } from '@baton/testing';

export const routing: ReplyFunction = ({ body, lastUserText = '' }) => {
  if (body.instructions?.startsWith('Hand over') === true) {
    return functionCall(/rent/.test(lastUserText) ? 'transfer_to_rentals' : 'transfer_to_repairs');
  }
  return lastUserText.includes('chain')
    ? 'A new chain takes twenty minutes. When can you bring it in?'
    : 'Tomorrow at nine it is. Bring the old chain, too.';
};
