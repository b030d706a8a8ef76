import { findSeats, withoutConfirmationNumber } from './find-tokens.js';
import type { Intent, SeatChoice, Talk } from './intent.js';
import {
  ASKS_ABOUT,
  CHANGE,
  COST,
  FREE,
  GOODBYE,
  GREETING,
  HELP,
  LIST,
  MY_FLIGHT,
  MY_SEAT,
  NO,
  POLICY,
  SEAT_KIND,
  SEATS,
  THANKS,
  YES,
} from './vocabulary.js';

/** What one message asks for, taken by itself; the conversation around it is `read-situation.ts`'s to add. */
export function understand(text: string): Intent[] {
  const intents = splitClauses(withoutConfirmationNumber(text)).flatMap(understandClause);
  if (intents.length > 0) return withoutRepeats(intents);
  const talk = SMALL_TALK.find(([pattern]) => pattern.test(text))?.[1];
  return talk === undefined ? [] : [{ type: 'talk', about: talk }];
}

/** Sentences, and what "and", a slash or a comma joins. */
function splitClauses(text: string): string[] {
  return text
    .split(
      /(?<=[.?!;\n])\s+|\s+\/\s+|,?\s+(?:and|also|then|plus)\s+|,\s+(?=(?:can|how|what|is|do|are|my)\b)/i,
    )
    .map((clause) => clause.trim())
    .filter((clause) => clause !== '');
}

/** The first rule that fits has it. */
function understandClause(clause: string): Intent[] {
  for (const rule of RULES) {
    const intent = rule(clause);
    if (intent !== undefined) return [intent];
  }
  return [];
}

type Rule = (clause: string) => Intent | undefined;

const RULES: readonly Rule[] = [
  costOrPolicy,
  namedSeat,
  kindOfSeat,
  freeSeats,
  policyOnBoard,
  ownSeat,
  anySeats,
  ownFlight,
];

function costOrPolicy(clause: string): Intent | undefined {
  const isPolicy = COST.test(clause) || (POLICY.test(clause) && !SEATS.test(clause));
  return isPolicy ? { type: 'policy', question: clause } : undefined;
}

function namedSeat(clause: string): Intent | undefined {
  const [seat] = findSeats(clause);
  if (seat === undefined) return undefined;
  const onlyAsks = FREE.test(clause) || ASKS_ABOUT.test(clause);
  return onlyAsks && !CHANGE.test(clause)
    ? { type: 'free_seats', kind: 'any', seat }
    : { type: 'change_seat', seat };
}

function kindOfSeat(clause: string): Intent | undefined {
  const kind = clause.match(SEAT_KIND)?.[0]?.toLowerCase();
  if (kind === undefined || /\b(?:is|am) (?:my|mine|i)\b/i.test(clause)) return undefined;
  return { type: 'free_seats', kind: kind as SeatChoice }; // the pattern knows no other words
}

function freeSeats(clause: string): Intent | undefined {
  const wanted = FREE.test(clause) || CHANGE.test(clause);
  return wanted && SEATS.test(clause) && !MY_SEAT.test(clause)
    ? { type: 'free_seats', kind: 'any' }
    : undefined;
}

function policyOnBoard(clause: string): Intent | undefined {
  return POLICY.test(clause) ? { type: 'policy', question: clause } : undefined;
}

function ownSeat(clause: string): Intent | undefined {
  return MY_SEAT.test(clause) ? { type: 'booking', about: 'seat' } : undefined;
}

function anySeats(clause: string): Intent | undefined {
  return SEATS.test(clause) && LIST.test(clause) ? { type: 'free_seats', kind: 'any' } : undefined;
}

function ownFlight(clause: string): Intent | undefined {
  return MY_FLIGHT.test(clause) ? { type: 'booking', about: 'flight' } : undefined;
}

function withoutRepeats(intents: readonly Intent[]): Intent[] {
  const seen = new Set<string>();
  return intents.filter((intent) => {
    const key = JSON.stringify(intent);
    return !seen.has(key) && seen.add(key);
  });
}

/** The first that fits. */
const SMALL_TALK: readonly (readonly [RegExp, Talk])[] = [
  [NO, 'no'],
  [THANKS, 'thanks'],
  [GOODBYE, 'goodbye'],
  [YES, 'yes'],
  [HELP, 'help'],
  [GREETING, 'greeting'],
];
