import { findConfirmationNumber } from './find-tokens.js';
import { understand } from './understand.js';
import { SMALL_WORDS, TRADE } from './vocabulary.js';

/** Whether a message belongs to an airline's customer service. */
export interface Verdict {
  readonly onTopic: boolean;
  readonly reason: string;
}

/** Lets through what is understood, what has a word of the trade in it, and what is too short to be a topic. */
export function judgeTopic(text: string): Verdict {
  if (understand(text).length > 0) return { onTopic: true, reason: 'a request for the airline' };
  if (findConfirmationNumber(text) !== undefined || TRADE.test(text)) {
    return { onTopic: true, reason: 'about travelling' };
  }
  const words = text.match(/[\p{L}\p{N}']+/gu) ?? [];
  if (words.length <= 2 || words.every((word) => isSmall(word))) {
    return { onTopic: true, reason: 'part of the conversation' };
  }
  return { onTopic: false, reason: 'not about flights, bookings or travelling' };
}

function isSmall(word: string): boolean {
  return word.match(SMALL_WORDS)?.[0] === word;
}
