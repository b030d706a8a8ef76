import type { BookingStore } from './data/booking-store.js';

/** What the tools share. The model never sees it, except for what instructions and tools tell of it. */
export interface AirlineContext {
  readonly store: BookingStore;
  /** Of the booking that was looked up last. */
  confirmationNumber?: string;
}
