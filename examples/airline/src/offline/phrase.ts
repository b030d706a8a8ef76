import type { Intent, Talk } from './intent.js';
import type { Fields, ToolResult } from './read-exchanges.js';

export const ASK_FOR_NUMBER =
  'Gladly. What is your confirmation number? It has six letters and digits.';

export const OUT_OF_REACH = 'That is more than I can do here.';

/** What a tool said, as a sentence for the customer. */
export function phraseResult({ name, output }: ToolResult, intent?: Intent): string {
  if (output['error'] === 'no_such_booking') {
    return `I find no booking under ${text(output, 'confirmationNumber')}. Could you check your confirmation number? A zero is easily taken for an O.`;
  }
  if (output['error'] === 'failed') return 'I am sorry, that did not work. Please try it again.';
  switch (name) {
    case 'look_up_booking':
      return phraseBooking(output, intent);
    case 'list_free_seats':
      return phraseFreeSeats(output, intent);
    case 'change_seat':
      return phraseChange(output);
    case 'search_policies':
      return phrasePolicies(output);
    default:
      return `I have no words for what ${name} said.`;
  }
}

export function phraseTalk(about: Talk): string {
  switch (about) {
    case 'greeting':
      return `Hello and welcome to Baton Air! ${ABILITIES}`;
    case 'thanks':
      return 'You are welcome. Is there anything else I can do for you?';
    case 'goodbye':
      return 'Goodbye, and have a good flight!';
    case 'yes':
      return `Gladly, but what shall I do? ${ABILITIES}`;
    case 'no':
      return 'All right, everything stays as it is.';
    case 'help':
      return `I am a small set of rules that plays the model while there is no API key. ${ABILITIES}`;
    case 'unknown':
      return `I did not understand that. ${ABILITIES}`;
    default:
      return about satisfies never;
  }
}

const ABILITIES =
  'I can look up a booking, list free seats, change your seat, and answer questions about baggage, pets, Wi-Fi, refunds or check-in.';

function phraseBooking(output: Fields, intent: Intent | undefined): string {
  const { flight, from, to, departs, gate, seat, seatKind } = texts(output);
  const route = `${flight} from ${from} to ${to}`;
  if (intent?.type === 'booking' && intent.about === 'flight') {
    return `${firstName(output)}, your flight ${route} leaves at ${departs} from gate ${gate}. You are in seat ${seat}.`;
  }
  const kind = seatKind === 'aisle' ? 'an aisle seat' : `a ${seatKind} seat`;
  return `${firstName(output)}, you are in seat ${seat}, ${kind}, on flight ${route}.`;
}

function phraseFreeSeats(output: Fields, intent: Intent | undefined): string {
  const { flight = '', currentSeat } = texts(output);
  const byKind = Object.entries(output['free'] ?? {}).map(([kind, seats]) => ({
    kind,
    seats: listOf(seats),
  }));
  const all = byKind.flatMap(({ seats }) => seats);
  const asked = intent?.type === 'free_seats' ? intent.seat : undefined;
  if (asked === currentSeat) return `You are in seat ${asked} already.`;
  if (asked !== undefined) {
    return all.includes(asked)
      ? `Seat ${asked} is free. Shall I move you to ${asked}?`
      : `Seat ${asked} is not free. ${all.length} other seats are; shall I list them?`;
  }
  if (all.length === 0) return `I am sorry, no such seat is free on flight ${flight}.`;
  const lists = byKind.map(({ kind, seats }) => `${kind} ${seats.join(', ')}`);
  const [only] = byKind;
  if (only !== undefined && byKind.length === 1) {
    return `Free ${only.kind} seats on flight ${flight}: ${only.seats.join(', ')}. Which one would you like?`;
  }
  return `${all.length} seats are free on flight ${flight}: ${lists.join('; ')}. Which one would you like?`;
}

function phraseChange(output: Fields): string {
  const { error, seat, previousSeat, currentSeat, flight, rows } = texts(output);
  switch (error) {
    case undefined:
      return `Done, ${firstName(output)}: you have moved from ${previousSeat} to seat ${seat} on flight ${flight}.`;
    case 'taken':
      return `Seat ${seat} is taken, so you are still in ${currentSeat}. The nearest free seats: ${listOf(output['nearest']).join(', ')}. Which one would you like?`;
    case 'no_such_seat':
      return `There is no seat ${seat}: the rows go from 1 to ${rows}, the letters from A to ${text(output, 'letters').slice(-1)}.`;
    case 'same_seat':
      return `You are already in seat ${seat}.`;
    default:
      return `I could not change to seat ${seat}.`;
  }
}

function phrasePolicies(output: Fields): string {
  const policies = listOf(output['policies']);
  if (policies.length === 0) {
    return 'I find nothing about that in our policies. Ask me about baggage, pets, Wi-Fi, refunds, check-in and the like.';
  }
  return policies.map((policy) => policy.replace(/^[^:]+: /, '')).join(' ');
}

function text(output: Fields, field: string): string {
  return String(output[field] ?? '');
}

function firstName(output: Fields): string {
  return text(output, 'passenger').split(' ', 1)[0] ?? '';
}

/** All fields as text, for sentences. */
function texts(output: Fields): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.keys(output).map((field) => [field, text(output, field)]));
}

function listOf(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : [];
}
