import { Agent, type RunContext } from '@baton/agents';
import type { AirlineContext } from './airline-context.js';
import { changeSeat } from './tools/change-seat.js';
import { listFreeSeats } from './tools/list-free-seats.js';
import { lookUpBooking } from './tools/look-up-booking.js';
import { searchPolicies } from './tools/search-policies.js';

const STYLE =
  'You work for Baton Air, an airline. Answer in two or three friendly sentences of plain text, without Markdown. ' +
  'Say only what the tools told you or what the customer said.';

/** Greets, and sends each request to the agent that can do it. */
export const triage: Agent<AirlineContext> = new Agent<AirlineContext>({
  name: 'Triage',
  handoffDescription: 'Back to the front desk, for whatever you cannot do yourself.',
  instructions: `${STYLE} You are the front desk: hand every request over to the agent that can do it, at once and without a word. Greetings and thanks you answer yourself.`,
  // Functions, so that the three agents can name each other.
  handoffs: [() => seatBooking, () => faq],
});

/** Looks up bookings and changes seats. */
export const seatBooking: Agent<AirlineContext> = new Agent<AirlineContext>({
  name: 'Seat Booking',
  handoffDescription: 'Looks up bookings and flights, lists free seats and changes seats.',
  instructions: ({ context }: RunContext<AirlineContext>) =>
    `${STYLE} You look up bookings and change seats. You need the confirmation number: ask for it if you do not have it. ` +
    `${customer(context)} Look the booking up before you change a seat. If a seat is not free, offer the nearest ones. ` +
    'Questions about policies are for the front desk: hand those back, after telling the customer what you have done.',
  tools: [lookUpBooking, listFreeSeats, changeSeat],
  handoffs: [() => triage],
});

/** Answers from the policies. */
export const faq: Agent<AirlineContext> = new Agent<AirlineContext>({
  name: 'FAQ',
  handoffDescription:
    'Answers questions about policies: baggage, pets, Wi-Fi, refunds, check-in and the like.',
  instructions: `${STYLE} You answer questions about the airline's policies, only from what search_policies finds. Bookings and seats are for the front desk: hand those back, after answering what is yours.`,
  tools: [searchPolicies],
  handoffs: [() => triage],
});

/** All who can be talking when the next message comes. */
export const agents: readonly Agent<AirlineContext>[] = [triage, seatBooking, faq];

function customer({ confirmationNumber }: AirlineContext): string {
  return confirmationNumber === undefined
    ? ''
    : `The customer's confirmation number is ${confirmationNumber}.`;
}
