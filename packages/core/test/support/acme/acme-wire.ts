/** What Acme's made-up API says: one list of parts, each streamed as start, deltas, end. */
export interface AcmePart {
  readonly type: string;
  readonly [field: string]: unknown;
}

/** A whole answer. */
export interface AcmeAnswer {
  readonly id: string;
  readonly parts: readonly AcmePart[];
  readonly usage: AcmeUsage;
}

export interface AcmeUsage {
  readonly input: number;
  readonly output: number;
  readonly cached: number;
  readonly thinking: number;
}

/** One line of a streamed answer. */
export type AcmeLine =
  | { readonly kind: 'start'; readonly index: number; readonly part: AcmePart }
  | { readonly kind: 'delta'; readonly index: number; readonly text: string }
  | { readonly kind: 'end'; readonly index: number; readonly part: AcmePart }
  | { readonly kind: 'done'; readonly id: string; readonly usage: AcmeUsage };
