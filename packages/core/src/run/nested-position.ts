/** Where a nested run stands in the outer one. */
export interface NestedPosition {
  /** Position of the tool call it is inside of. */
  readonly seq: number;
  /** Which of the runs inside that call it is, in the order the tool starts them; from 0. */
  readonly ordinal: number;
}

/** The position as text: the call's, and the run's own where it is not the first. */
export function toNestedKey({ seq, ordinal }: NestedPosition): string {
  return ordinal === 0 ? String(seq) : `${seq}.${ordinal}`;
}

/** Reads what `toNestedKey` gave. */
export function readNestedKey(key: string): NestedPosition {
  const [seq, ordinal = '0'] = key.split('.');
  return { seq: Number(seq), ordinal: Number(ordinal) };
}
