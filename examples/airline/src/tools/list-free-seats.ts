import { type FunctionTool, type RunContext, tool } from '@baton/agents';
import * as z from 'zod';
import type { AirlineContext } from '../airline-context.js';
import { kindOf, SEAT_KINDS } from '../data/seats.js';

export const listFreeSeats: FunctionTool<AirlineContext> = tool({
  name: 'list_free_seats',
  description: 'The free seats on the flight of a booking: all, or only those of one kind.',
  parameters: z.object({
    confirmationNumber: z.string(),
    kind: z.enum(['any', ...SEAT_KINDS]),
  }),
  effect: 'none',
  execute: ({ confirmationNumber, kind }, { context }: RunContext<AirlineContext>) => {
    const details = context.store.find(confirmationNumber);
    if (details === undefined) return { error: 'no_such_booking', confirmationNumber };
    const { booking, flight } = details;
    const kinds = SEAT_KINDS.filter((each) => kind === 'any' || each === kind);
    const seatsByKind = kinds.map((each) => [
      each,
      flight.freeSeats.filter((seat) => kindOf(seat) === each),
    ]);
    return {
      flight: flight.number,
      currentSeat: booking.seat,
      free: Object.fromEntries(seatsByKind),
    };
  },
});
