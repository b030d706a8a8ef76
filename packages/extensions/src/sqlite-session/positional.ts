import type { SqlRow, SqlValue } from '../internal/sql-session/sql-database.js';

/** A statement with `?` and its values in the order in which they stand, which all drivers understand. */
export function positional(
  sql: string,
  values: readonly SqlValue[],
): { readonly sql: string; readonly args: SqlValue[] } {
  const args: SqlValue[] = [];
  const marked = sql.replaceAll(/\$(\d)/g, (_mark, place: string) => {
    args.push(values[Number(place) - 1] ?? '');
    return '?';
  });
  return { sql: marked, args };
}

/** Rows are objects, unless the user has told the driver otherwise. */
export function rowsOf(rows: readonly unknown[]): readonly SqlRow[] {
  return rows.map((row) => (isRow(row) ? row : {}));
}

function isRow(value: unknown): value is SqlRow {
  return typeof value === 'object' && value !== null;
}
