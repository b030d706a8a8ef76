/** Where in its row a seat is. */
export type SeatKind = 'window' | 'middle' | 'aisle';

export const SEAT_KINDS: readonly ['window', 'middle', 'aisle'] = ['window', 'middle', 'aisle'];

/** The seats of a row, left to right: three, the aisle, three. */
export const SEAT_LETTERS = 'ABCDEF';

const KIND_OF_LETTER: Readonly<Record<string, SeatKind>> = {
  A: 'window',
  B: 'middle',
  C: 'aisle',
  D: 'aisle',
  E: 'middle',
  F: 'window',
};

/** A seat as it is stored, however it was typed: ` 14 c` becomes `14C`. */
export function normalizeSeat(text: string): string {
  return text.replaceAll(/[\s-]/g, '').toUpperCase().replace(/^0+/, '');
}

export function isSeat(seat: string, rows: number): boolean {
  const letter = seat.slice(-1);
  return /^\d+[A-Z]$/.test(seat) && letter in KIND_OF_LETTER && inRange(rowOf(seat), rows);
}

export function kindOf(seat: string): SeatKind | undefined {
  return KIND_OF_LETTER[seat.slice(-1)];
}

/** Front to back, then left to right. */
export function inSeatOrder(seats: readonly string[]): string[] {
  return seats.toSorted((a, b) => rowOf(a) - rowOf(b) || a.localeCompare(b));
}

/** The seats with the fewest rows between them and the given one. */
export function nearestSeats(seat: string, among: readonly string[], count: number): string[] {
  const distance = (other: string): number => Math.abs(rowOf(other) - rowOf(seat));
  const nearest = inSeatOrder(among).toSorted((a, b) => distance(a) - distance(b));
  return inSeatOrder(nearest.slice(0, count));
}

function rowOf(seat: string): number {
  return Number.parseInt(seat, 10);
}

function inRange(row: number, rows: number): boolean {
  return row >= 1 && row <= rows;
}
