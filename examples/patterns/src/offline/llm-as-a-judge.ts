import type { ReplyFunction } from '@baton/testing';

const SLOGANS = [
  'Let there be light, wherever in the world you happen to be',
  'Light without limits',
  'The lamp that cut the cord',
];

export const llmAsAJudge: ReplyFunction = ({ body, conversation, lastUserText = '' }) => {
  if (body.instructions?.startsWith('Judge') === true) {
    const isLong = lastUserText.split(' ').length > 6;
    const whatIsWrong = isLong
      ? 'It is too long.'
      : lastUserText.includes('lamp')
        ? ''
        : 'It does not say that it is a lamp.';
    return JSON.stringify({ isGood: whatIsWrong === '', whatIsWrong });
  }
  const attempts = conversation.filter(({ role }) => role === 'assistant').length;
  return SLOGANS[attempts] ?? 'A lamp';
};
