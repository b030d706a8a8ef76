import type { ReplyFunction } from '@baton/testing';

const NAMES = ['Velo Lago', 'The Saddle', 'Pedalo'];

export const parallelization: ReplyFunction = ({ body, index }) => {
  if (body.instructions?.startsWith('Pick') === true) {
    return JSON.stringify({ number: 1, reason: 'Three syllables, and one of them is the pedal.' });
  }
  return NAMES[index % NAMES.length] ?? '';
};
