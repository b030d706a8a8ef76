import type { ReplyFunction } from '@baton/testing';

export const inputGuardrails: ReplyFunction = ({ body, lastUserText = '' }) => {
  if (body.instructions?.includes('homework') === true) {
    const isHomework = lastUserText.includes('for my class');
    return JSON.stringify({
      isHomework,
      reason: isHomework ? 'An equation for a class.' : 'A wish for a book.',
    });
  }
  return 'Three Men in a Boat, by Jerome K. Jerome. It is a river, but you will not mind.';
};
