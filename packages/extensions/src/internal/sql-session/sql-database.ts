/** A value that a statement is given. */
export type SqlValue = string | number;

/** A row by the names of its columns. */
export type SqlRow = Readonly<Record<string, unknown>>;

/** What a session needs of a database: each call is atomic, and no two need the same connection. */
export interface SqlDatabase {
  /** Runs one statement that gives rows; `$1`, `$2`, … stand for the values. */
  query(sql: string, values: readonly SqlValue[]): Promise<readonly SqlRow[]>;
  /** Runs one statement that gives none. */
  run(sql: string, values: readonly SqlValue[]): Promise<void>;
  /** Runs statements without values, all of them or none. */
  apply(statements: readonly string[]): Promise<void>;
}

/** How one kind of database keeps items. Each statement is atomic by itself, under any number of writers. */
export interface SqlDialect {
  /** Finds the table named `$1`: a row whose `name` is null, or no row, where there is none. */
  readonly findTable: string;
  /** The number that changes whenever an item is added to session `$1` or taken away; an expression. */
  readonly revision: string;
  /** Adds the texts of the JSON list `$2` to session `$1`. */
  readonly append: string;
  /** Removes item `$2` of session `$1` if the revision still is `$3`, and gives its id if it did. */
  readonly remove: string;
  /** Removes everything of session `$1`. */
  readonly clear: string;
  /** What brings the tables from each version to the next, from none to the first to begin with. */
  readonly migrations: readonly (readonly string[])[];
}
