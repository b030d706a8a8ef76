import { type FunctionTool, type RunContext, tool } from '@baton/agents';
import * as z from 'zod';
import type { AirlineContext } from '../airline-context.js';
import { kindOf } from '../data/seats.js';

export const lookUpBooking: FunctionTool<AirlineContext> = tool({
  name: 'look_up_booking',
  description: 'The passenger, flight, gate, departure and seat of a booking.',
  parameters: z.object({ confirmationNumber: z.string() }),
  effect: 'none',
  execute: ({ confirmationNumber }, { context }: RunContext<AirlineContext>) => {
    const details = context.store.find(confirmationNumber);
    if (details === undefined) return { error: 'no_such_booking', confirmationNumber };
    const { booking, flight } = details;
    context.confirmationNumber = booking.confirmationNumber;
    return {
      passenger: booking.passenger,
      seat: booking.seat,
      seatKind: kindOf(booking.seat),
      flight: flight.number,
      from: flight.from,
      to: flight.to,
      departs: flight.departs,
      gate: flight.gate,
    };
  },
});
