import type { ReplyFunction } from '@baton/testing';

export const outputGuardrails: ReplyFunction = ({ lastUserText = '' }) =>
  JSON.stringify({
    text: lastUserText.includes('open')
      ? 'At eight, and at nine on Saturdays.'
      : 'Call +351 912 345 678.',
    isSure: true,
  });
