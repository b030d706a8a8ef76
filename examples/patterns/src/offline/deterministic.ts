import type { ReplyFunction } from '@baton/testing';

export const deterministic: ReplyFunction = ({ body, lastUserText = '' }) => {
  const { instructions = '' } = body;
  if (instructions?.startsWith('Plan')) {
    return lastUserText === 'Lisbon'
      ? '1. The castle\n2. The cathedral\n3. The river'
      : '1. The beach\n2. The observatory\n3. The studios';
  }
  if (instructions?.startsWith('Estimate')) {
    const isLisbon = lastUserText.includes('cathedral');
    return JSON.stringify({ kilometres: isLisbon ? 3 : 42, fitsAnAfternoon: isLisbon });
  }
  return 'Come up to the castle and down past the cathedral. The river is where it ends, and dinner begins.';
};
