import type { ReplyRequest, RequestTool } from '@baton/testing';
import { findConfirmationNumber, findSeats } from './find-tokens.js';
import { type Intent, needsBooking } from './intent.js';
import { type Exchange, readExchanges, type ToolResult } from './read-exchanges.js';
import { understand } from './understand.js';

/** Everything the rules decide by: what is wanted, what is known, what has been done, what can be done. */
export interface Situation {
  readonly intents: readonly Intent[];
  readonly confirmationNumber: string | undefined;
  /** Whether a tool has found that booking, in this answer or before. */
  readonly bookingIsKnown: boolean;
  /** Tool calls since the customer's message. */
  readonly results: readonly ToolResult[];
  /** Whether this answer has already asked for the confirmation number. */
  readonly askedForNumber: boolean;
  readonly tools: readonly RequestTool[];
}

export function readSituation({ conversation, body }: ReplyRequest): Situation {
  const exchanges = readExchanges(conversation);
  const current = exchanges.at(-1) ?? NOTHING_YET;
  const confirmationNumber = latestNumber(exchanges) ?? numberIn(body.instructions ?? '');
  return {
    intents: intentsAt(exchanges, exchanges.length - 1),
    confirmationNumber,
    bookingIsKnown: exchanges.some(({ results }) =>
      results.some(
        ({ args, output }) =>
          !('error' in output) && args['confirmationNumber'] === confirmationNumber,
      ),
    ),
    results: current.results,
    askedForNumber: asksForNumber(current.said),
    tools: body.tools ?? [],
  };
}

const NOTHING_YET: Exchange = { user: '', said: '', results: [] };

/** What a message asks for, with the help of what was said before it. */
function intentsAt(exchanges: readonly Exchange[], index: number): Intent[] {
  const { user } = exchanges[index] ?? NOTHING_YET;
  const before = exchanges[index - 1] ?? NOTHING_YET;
  const own = understand(user);
  const wants = own.filter(({ type }) => type !== 'talk');
  if (wants.length > 0) return wants;

  if (findConfirmationNumber(user) !== undefined) {
    const waiting = asksForNumber(before.said)
      ? intentsAt(exchanges, index - 1).filter(needsBooking)
      : [];
    return waiting.length > 0 ? waiting : [{ type: 'booking', about: 'flight' }];
  }
  const offered = pickSeat(user, before.said, own[0]);
  if (offered !== undefined) return [{ type: 'change_seat', seat: offered }];
  if (saysYes(own[0]) && before.said.endsWith('list them?')) {
    return [{ type: 'free_seats', kind: 'any' }];
  }
  if (own.length > 0) return own;
  return isQuestion(user) ? [{ type: 'policy', question: user }] : [UNKNOWN];
}

const UNKNOWN: Intent = { type: 'talk', about: 'unknown' };

/** The seat that "yes", "that one" or "the second one" means. */
function pickSeat(user: string, saidBefore: string, own: Intent | undefined): string | undefined {
  const seats = findSeats(saidBefore.slice(saidBefore.lastIndexOf(':') + 1));
  const offered = saidBefore.match(/move you to (\d+[A-F])\?/)?.[1];
  if (saysYes(own) && offered !== undefined) return offered;
  const word = user.match(/\b(first|second|third|last|that|this) (?:one|seat)\b/i)?.[1];
  switch (word?.toLowerCase()) {
    case 'first':
      return seats[0];
    case 'second':
      return seats[1];
    case 'third':
      return seats[2];
    case 'last':
      return seats.at(-1);
    case 'that':
    case 'this':
      return offered ?? (seats.length === 1 ? seats[0] : undefined);
    default:
      return undefined;
  }
}

function saysYes(intent: Intent | undefined): boolean {
  return intent?.type === 'talk' && intent.about === 'yes';
}

/** The newest number the customer gave, passing over older ones that no booking has. */
function latestNumber(exchanges: readonly Exchange[]): string | undefined {
  const results = exchanges.flatMap((exchange) => exchange.results);
  const wrong = results
    .filter(({ output }) => output['error'] === 'no_such_booking')
    .map(({ args }) => args['confirmationNumber']);
  const numbers = exchanges.map(({ user }) => findConfirmationNumber(user));
  const usable = numbers.filter((number, index) => {
    return number !== undefined && (index === numbers.length - 1 || !wrong.includes(number));
  });
  return usable.at(-1);
}

function numberIn(instructions: string): string | undefined {
  return instructions.match(/confirmation number is ([A-Z0-9]{6})\b/)?.[1];
}

function asksForNumber(said: string): boolean {
  return /confirmation number[^.]*\?/i.test(said);
}

function isQuestion(text: string): boolean {
  return text.trim().split(/\s+/).length > 3 && (text.includes('?') || QUESTION.test(text));
}

const QUESTION =
  /^\W*(?:who|what|which|when|where|why|how|is|are|do|does|did|can|could|may|will|would)\b/i;
