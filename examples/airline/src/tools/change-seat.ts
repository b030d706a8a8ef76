import { type FunctionTool, type RunContext, tool } from '@baton/agents';
import * as z from 'zod';
import type { AirlineContext } from '../airline-context.js';
import { nearestSeats, normalizeSeat, SEAT_LETTERS } from '../data/seats.js';

export const changeSeat: FunctionTool<AirlineContext> = tool({
  name: 'change_seat',
  description: 'Moves a booking to another seat of its flight, such as 14C, if that seat is free.',
  parameters: z.object({ confirmationNumber: z.string(), seat: z.string() }),
  effect: 'idempotent',
  execute: (input, { context }: RunContext<AirlineContext>) => {
    const seat = normalizeSeat(input.seat);
    const change = context.store.changeSeat(input.confirmationNumber, seat);
    switch (change.type) {
      case 'changed': {
        const { booking, flight } = change.details;
        return {
          passenger: booking.passenger,
          seat,
          previousSeat: change.previousSeat,
          flight: flight.number,
        };
      }
      case 'taken': {
        const { booking, flight } = change.details;
        const nearest = nearestSeats(seat, flight.freeSeats, 4);
        return { error: change.type, seat, currentSeat: booking.seat, nearest };
      }
      case 'no_such_seat': {
        const { rows } = change.details.flight;
        return { error: change.type, seat, rows, letters: SEAT_LETTERS };
      }
      case 'same_seat':
        return { error: change.type, seat };
      case 'no_such_booking':
        return { error: change.type, confirmationNumber: input.confirmationNumber };
      default:
        return change satisfies never;
    }
  },
});
