import { findConfirmationNumber } from './find-tokens.js';
import { understand } from './understand.js';

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
  if (words.length <= 2 || words.every((word) => SMALL_WORDS.test(word))) {
    return { onTopic: true, reason: 'part of the conversation' };
  }
  return { onTopic: false, reason: 'not about flights, bookings or travelling' };
}

const TRADE =
  /\b(?:air(?:line|port|craft)\w*|flights?|fly|flying|flew|plane|seats?|bookings?|booked|tickets?|travel\w*|trips?|gates?|board\w*|passengers?|pilots?|crew|confirmation|reservations?|row|landing|take-?off|fares?|upgrade)\b/i;

/** Words that only make sense in what was said before. */
const SMALL_WORDS =
  /^(?:a|the|it|its|is|that|this|one|ones|first|second|third|last|other|another|any|some|i|i'?m|i'?ll|we|you|me|my|mine|what|which|how|why|when|where|about|and|or|but|so|then|now|not|no|yes|ok|okay|please|sorry|do|does|did|can|could|would|will|should|like|want|need|have|take|try|again|more|else|there|here|for|to|of|on|in|with|same|else|really|wait|hm+|well|good|fine|sounds|right|wrong|know|don'?t|think)$/i;
