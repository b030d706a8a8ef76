import type { AirlineData, Booking, Flight } from './airline-data.js';

/** What a new store starts with. */
export function seedData(): AirlineData {
  return { flights: FLIGHTS.map(toFlight), bookings: BOOKINGS.map(toBooking) };
}

/** Flight, route, departure, gate; then the seats that are free, of 20 rows. */
const FLIGHTS = [
  [
    'BN412',
    'Oslo',
    'Lisbon',
    '09:40',
    'B12',
    '3C 5A 5F 7D 8B 9E 11A 11F 12C 14C 14D 15A 15E 17F 18C',
  ],
  ['BN118', 'Berlin', 'Dublin', '13:05', 'A4', '1B 2A 4E 6F 7A 8C 10D 13B 16A 16F 19C 20D'],
  ['BN530', 'Paris', 'Athens', '18:25', 'C7', '2B 4D 9A 9B 12F 16E 17C 20A'],
] as const;

const BOOKINGS = [
  ['LL0EG6', 'Iris Holm', 'BN412', '12F'],
  ['K7Q2MX', 'Omar Haddad', 'BN412', '14B'],
  ['ZP4T9R', 'Mei Tan', 'BN118', '7C'],
  ['HN3W8C', 'Jonas Weber', 'BN118', '2D'],
  ['B5DV1J', 'Ana Souza', 'BN530', '18A'],
] as const;

function toFlight([number, from, to, departs, gate, seats]: (typeof FLIGHTS)[number]): Flight {
  return { number, from, to, departs, gate, rows: 20, freeSeats: seats.split(' ') };
}

function toBooking([
  confirmationNumber,
  passenger,
  flight,
  seat,
]: (typeof BOOKINGS)[number]): Booking {
  return { confirmationNumber, passenger, flight, seat };
}
