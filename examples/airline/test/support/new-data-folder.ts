import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder for the bookings that no other test uses. */
export function newDataFolder(): string {
  return mkdtempSync(join(tmpdir(), 'airline-'));
}
