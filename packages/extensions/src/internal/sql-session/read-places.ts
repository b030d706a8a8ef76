import type { AgentInputItem } from '@baton/core';
import { isItemLike } from '../session-checks.js';
import type { Place } from '../whole-items.js';
import type { StoredItems, StoredRow } from './stored-items.js';

/** A stored item that is none, or not any more: someone wrote to the table by hand, or the file is damaged. */
export interface UnreadableItem {
  readonly sessionId: string;
  /** The `id` of its row. */
  readonly rowId: string;
}

/** One row, read. */
export interface ReadRow {
  readonly row: StoredRow;
  readonly place: Place;
}

/** Rows of one moment, newest first. */
export interface ReadRows {
  readonly rows: readonly ReadRow[];
  readonly revision: string;
}

/**
 * Reads rows, newest first, until there are as many readable ones as wanted. Page by page, and still what was stored
 * at one moment: items go away from the newest on, so while an item that was read is there, all older ones are.
 */
export async function readPlaces(stored: StoredItems, wanted: number): Promise<ReadRows> {
  for (;;) {
    const read = await tryRead(stored, wanted);
    if (read !== undefined) return read;
  }
}

/** Nothing where items went away while pages were read. */
async function tryRead(stored: StoredItems, wanted: number): Promise<ReadRows | undefined> {
  const rows: ReadRow[] = [];
  let revision: string | undefined;
  let anchor: ReadRow | undefined;
  let readable = 0;
  while (readable < wanted) {
    const before = rows.at(-1)?.row.id;
    const count = Math.min(PAGE, wanted - readable);
    const page = await stored.read(
      count,
      before === undefined ? undefined : { before, anchor: anchor?.row.id ?? before },
    );
    revision ??= page.revision;
    const anchorId = anchor?.row.id;
    if (anchorId !== undefined && page.rows[0]?.id !== anchorId) return undefined;
    const older = page.rows.filter((row) => before === undefined || isOlder(row.id, before));
    for (const row of older) {
      const one = { row, place: readItem(row.text) };
      rows.push(one);
      if (one.place === undefined) continue;
      readable++;
      anchor = one;
    }
    if (older.length < count) break;
  }
  return { rows, revision: revision ?? '' };
}

function readItem(text: string): Place {
  try {
    const item: unknown = JSON.parse(text);
    // What has the looks of an item was written by `addItems`, which takes items only.
    return isItemLike(item) ? (item as AgentInputItem) : undefined;
  } catch {
    return undefined;
  }
}

function isOlder(id: string, than: string): boolean {
  return BigInt(id) < BigInt(than);
}

/** Rows to read with one statement. */
const PAGE = 500;
