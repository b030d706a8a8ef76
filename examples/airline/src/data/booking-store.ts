import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type AirlineData, airlineDataSchema, type Booking, type Flight } from './airline-data.js';
import { inSeatOrder, isSeat, normalizeSeat } from './seats.js';
import { seedData } from './seed.js';

/** A booking together with its flight. */
export interface BookingDetails {
  readonly booking: Booking;
  readonly flight: Flight;
}

/** What came of a wish for another seat. */
export type SeatChange =
  | { readonly type: 'changed'; readonly details: BookingDetails; readonly previousSeat: string }
  | { readonly type: 'same_seat' | 'taken' | 'no_such_seat'; readonly details: BookingDetails }
  | { readonly type: 'no_such_booking' };

/**
 * Flights and bookings in one JSON file. Reading and writing are synchronous: the file is small, and a change
 * that nothing can come between needs no lock.
 */
export class BookingStore {
  readonly file: string;
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
    this.file = join(folder, 'bookings.json');
  }

  all(): BookingDetails[] {
    const data = this.#read();
    return data.bookings.map((booking) => withFlight(data, booking));
  }

  find(confirmationNumber: string): BookingDetails | undefined {
    const wanted = confirmationNumber.trim().toUpperCase();
    return this.all().find(({ booking }) => booking.confirmationNumber === wanted);
  }

  /** Moves a booking to a free seat and gives its old one free. */
  changeSeat(confirmationNumber: string, wish: string): SeatChange {
    const details = this.find(confirmationNumber);
    if (details === undefined) return { type: 'no_such_booking' };
    const seat = normalizeSeat(wish);
    const { booking, flight } = details;
    if (!isSeat(seat, flight.rows)) return { type: 'no_such_seat', details };
    if (booking.seat === seat) return { type: 'same_seat', details };
    if (!flight.freeSeats.includes(seat)) return { type: 'taken', details };

    const free = [...flight.freeSeats.filter((other) => other !== seat), booking.seat];
    const moved = { ...booking, seat };
    const changed = { ...flight, freeSeats: inSeatOrder(free) };
    const data = this.#read();
    this.#write({
      flights: data.flights.map((each) => (each.number === flight.number ? changed : each)),
      bookings: data.bookings.map((each) =>
        each.confirmationNumber === booking.confirmationNumber ? moved : each,
      ),
    });
    return {
      type: 'changed',
      details: { booking: moved, flight: changed },
      previousSeat: booking.seat,
    };
  }

  /** Forgets every change. */
  reset(): void {
    this.#write(seedData());
  }

  #read(): AirlineData {
    if (!existsSync(this.file)) this.reset();
    const parsed = airlineDataSchema.safeParse(parseJson(readFileSync(this.file, 'utf8')));
    if (parsed.success) return parsed.data;
    throw new Error(
      `${this.file} does not hold flights and bookings any more. Start once with --reset to restore it.`,
    );
  }

  /** Writes beside the file and renames, so that a crash leaves the old file or the new one, never half of one. */
  #write(data: AirlineData): void {
    const next = `${this.file}.${process.pid}.next`;
    try {
      mkdirSync(this.#folder, { recursive: true });
      // The folder keeps itself out of git, wherever the demo is started.
      writeFileSync(join(this.#folder, '.gitignore'), '*\n');
      writeFileSync(next, `${JSON.stringify(data, null, 2)}\n`);
      renameSync(next, this.file);
    } catch (cause) {
      throw new Error(
        `The bookings cannot be written to ${this.#folder}: ${String(cause)}. Set AIRLINE_DATA to a folder that can be written to.`,
        { cause },
      );
    }
  }
}

function withFlight(data: AirlineData, booking: Booking): BookingDetails {
  const flight = data.flights.find((each) => each.number === booking.flight);
  if (flight === undefined) {
    throw new Error(
      `Booking ${booking.confirmationNumber} is on the unknown flight ${booking.flight}.`,
    );
  }
  return { booking, flight };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // the schema's check tells the reader
  }
}
