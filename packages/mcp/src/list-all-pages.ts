import { MCPServerError } from './mcp-server-error.js';

/** A page of a list. */
export interface ListPage<T> {
  readonly items: readonly T[];
  readonly nextCursor?: string | undefined;
}

/** Which list, and how long it may be. */
export interface ListAllPagesOptions {
  readonly serverName: string;
  readonly what: string;
  readonly maxPages: number;
}

/**
 * All items of a list that comes in pages.
 *
 * @throws MCPServerError where the server leads back to a page that was there before, or never to an end; a list
 * is whole or none.
 */
export async function listAllPages<T>(
  fetchPage: (cursor: string | undefined) => Promise<ListPage<T>>,
  { serverName, what, maxPages }: ListAllPagesOptions,
): Promise<T[]> {
  const items: T[] = [];
  const seen = new Set<string>();
  let cursor: string | undefined;
  for (let pages = 1; ; pages++) {
    const page = await fetchPage(cursor);
    items.push(...page.items);
    cursor = page.nextCursor;
    // Some servers end a list with an empty cursor.
    if (cursor === undefined || cursor === '') return items;
    if (seen.has(cursor)) {
      throw new MCPServerError(`MCP server "${serverName}" failed to ${what}: its pages go round in a circle.`, { serverName });
    }
    if (pages >= maxPages) {
      throw new MCPServerError(
        `MCP server "${serverName}" failed to ${what}: there are more than ${maxPages} pages. Raise maxListPages if that is right.`,
        { serverName },
      );
    }
    seen.add(cursor);
  }
}
