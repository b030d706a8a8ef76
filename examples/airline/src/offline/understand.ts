import { findSeats } from './find-tokens.js';
import type { Intent, SeatChoice, Talk } from './intent.js';

/** What one message asks for, taken by itself; the conversation around it is `read-situation.ts`'s to add. */
export function understand(text: string): Intent[] {
  const clauses = splitClauses(text.replace(NUMBER_PHRASE, ' '));
  const intents = clauses.flatMap(understandClause);
  if (intents.length > 0) return withoutRepeats(intents);
  const talk = smallTalk(text);
  return talk === undefined ? [] : [{ type: 'talk', about: talk }];
}

function understandClause(clause: string): Intent[] {
  const policy = POLICY.test(clause);
  const aboutSeats = SEATS.test(clause);
  if ((policy && !aboutSeats) || COST.test(clause)) return [{ type: 'policy', question: clause }];
  const seat = findSeats(clause)[0];
  if (seat !== undefined) {
    const asks = FREE.test(clause) || /^\W*(?:and\s+)?(?:what|how) about\b/i.test(clause);
    return asks && !CHANGE.test(clause)
      ? [{ type: 'free_seats', kind: 'any', seat }]
      : [{ type: 'change_seat', seat }];
  }
  const kind = clause.match(KIND)?.[1]?.toLowerCase();
  if (kind !== undefined && !/\b(?:is|am) (?:my|mine|i)\b/i.test(clause)) {
    return [{ type: 'free_seats', kind: kind as SeatChoice }]; // KIND knows no other words
  }
  if (aboutSeats && !MY_SEAT.test(clause) && (FREE.test(clause) || CHANGE.test(clause))) {
    return [{ type: 'free_seats', kind: 'any' }];
  }
  if (policy) return [{ type: 'policy', question: clause }];
  if (MY_SEAT.test(clause)) return [{ type: 'booking', about: 'seat' }];
  if (aboutSeats && LIST.test(clause)) return [{ type: 'free_seats', kind: 'any' }];
  if (FLIGHT.test(clause)) return [{ type: 'booking', about: 'flight' }];
  return [];
}

/** Sentences, and questions joined by "and" or a slash; "and" between two nouns does no harm. */
function splitClauses(text: string): string[] {
  return text
    .split(
      /[.?!;\n]+(?:\s+|$)|\s+\/\s+|,?\s+(?:and|also|then|plus)\s+|,\s+(?=(?:can|how|what|is|do|are|my)\b)/i,
    )
    .map((clause) => clause.trim())
    .filter((clause) => clause !== '');
}

function smallTalk(text: string): Talk | undefined {
  return SMALL_TALK.find(([pattern]) => pattern.test(text))?.[1];
}

function withoutRepeats(intents: readonly Intent[]): Intent[] {
  const seen = new Set<string>();
  return intents.filter((intent) => {
    const key = JSON.stringify(intent);
    return !seen.has(key) && seen.add(key);
  });
}

const CHANGE =
  /\b(move|change|switch|swap|put|give|book|reserve|assign|take|want|prefer|rather|instead|get me|sit|upgrade)\b/i;
/** A confirmation number that is introduced as such: not a request by itself. */
const NUMBER_PHRASE =
  /(?:\b(?:my|the)\s+)?\b(?:confirmation|booking|reference)\s*(?:number|code|no\.?|nr\.?|#)?\s*(?:is|:|=|#)?\s*(?=\S*\d)[a-z0-9]{4,8}\b/gi;
const KIND = /\b(window|aisle|middle)\b/i;
const FREE = /\b(?:free|available|availability|open|taken|occupied|left)\b/i;
const COST = /\b(?:cost|costs|fee|fees|charge|charged|price|how much|pay)\b/i;
const SEATS = /\b(seats?|row|place)\b/i;
const LIST = /\b(what|which|any|list|show|other|another|options)\b/i;
const MY_SEAT =
  /\b(?:what|which|where|tell me|show me|check|know|is)\b.*\b(?:my|our)\b.*\bseats?\b|\bwhere (?:do|am|will) i (?:sit|sitting|seated)\b|^my seat\b|\bseat (?:do|am|did) i\b|\bam i in\b/i;
const FLIGHT =
  /\b(?:my|our) (?:flight|booking|reservation|trip|gate|ticket|details|departure)\b|\b(?:which|what|when|where)\b.*\b(?:flight|gate|depart\w*|leave|leaving|take off|fly|flying|boarding)\b|\blook up\b/i;
const POLICY =
  /\b(?:bags?|baggage|luggage|suitcases?|carry[- ]?ons?|backpacks?|pets?|dogs?|cats?|animals?|puppy|kitten|wi-?fi|internet|refunds?|refundable|cancel\w*|money back|check(?:ing)?[- ]?in|passport|visa|child(?:ren)?|kids?|bab(?:y|ies)|infants?|strollers?|meals?|food|drinks?|eat|coffee|vegan|vegetarian|snacks?|delay\w*|compensation|missed|wheelchairs?|assistance|pregnant|allerg\w*|medicine|skis?|bikes?|bicycles?|surfboards?|golf|guitars?|instruments?|legroom|power socket|usb|plane|aircraft|liquids?|security|batter(?:y|ies)|power ?banks?|smok\w*|policy|policies|rebook|reschedule|name change|change (?:my|the) (?:name|date|flight)|where (?:do|can) i find|(?:my|a|the) confirmation number)\b/i;

/** The first that fits. */
const SMALL_TALK: readonly (readonly [RegExp, Talk])[] = [
  [/\b(?:thanks?|thank you|thx|cheers|great|perfect|awesome|appreciate)\b/i, 'thanks'],
  [/\b(?:bye|goodbye|see you|that'?s all|that is all)\b/i, 'goodbye'],
  [/^\W*(?:yes|yeah|yep|yup|sure|ok|okay|please|please do|do it|go ahead|take it)\b/i, 'yes'],
  [/^\W*(?:no|nope|nah|never mind|not now)\b/i, 'no'],
  [/\b(?:help|what can you do|who are you|are you (?:a|an|real|human))\b|^\W*\?+\W*$/i, 'help'],
  [
    /^\W*(?:hi|hello|hey|hiya|howdy|good (?:morning|afternoon|evening|day)|greetings)\b/i,
    'greeting',
  ],
];
