/** Something a customer wants, as far as plain rules can tell. */
export type Intent =
  | { readonly type: 'change_seat'; readonly seat: string }
  | { readonly type: 'free_seats'; readonly kind: SeatChoice; readonly seat?: string }
  | { readonly type: 'booking'; readonly about: 'seat' | 'flight' }
  | { readonly type: 'policy'; readonly question: string }
  | { readonly type: 'talk'; readonly about: Talk };

export type SeatChoice = 'any' | 'window' | 'middle' | 'aisle';

/** What needs no tool. */
export type Talk = 'greeting' | 'thanks' | 'goodbye' | 'help' | 'yes' | 'no' | 'unknown';

/** The tool that serves an intent; none for talk. */
export function toolFor(intent: Intent): string | undefined {
  switch (intent.type) {
    case 'change_seat':
      return 'change_seat';
    case 'free_seats':
      return 'list_free_seats';
    case 'booking':
      return 'look_up_booking';
    case 'policy':
      return 'search_policies';
    case 'talk':
      return undefined;
    default:
      return intent satisfies never;
  }
}

/** Whether it is about one booking, so that its number has to be known. */
export function needsBooking({ type }: Intent): boolean {
  return type === 'change_seat' || type === 'free_seats' || type === 'booking';
}
