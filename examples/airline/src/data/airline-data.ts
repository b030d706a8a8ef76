import * as z from 'zod';

export interface Flight {
  number: string;
  from: string;
  to: string;
  departs: string;
  gate: string;
  /** Of six seats each. */
  rows: number;
  freeSeats: string[];
}

export interface Booking {
  confirmationNumber: string;
  passenger: string;
  /** The flight's number. */
  flight: string;
  seat: string;
}

/** What the store's file holds. */
export interface AirlineData {
  flights: Flight[];
  bookings: Booking[];
}

export const airlineDataSchema: z.ZodType<AirlineData> = z.object({
  flights: z.array(
    z.object({
      number: z.string(),
      from: z.string(),
      to: z.string(),
      departs: z.string(),
      gate: z.string(),
      rows: z.number(),
      freeSeats: z.array(z.string()),
    }),
  ),
  bookings: z.array(
    z.object({
      confirmationNumber: z.string(),
      passenger: z.string(),
      flight: z.string(),
      seat: z.string(),
    }),
  ),
});
