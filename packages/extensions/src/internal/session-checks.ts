import { UserError } from '@baton/core';

/** @throws UserError where the id is none that every store can hold. */
export function checkSessionId(id: unknown): string {
  // A database stores neither a NUL nor half a character as it is: two ids could become one.
  if (typeof id === 'string' && id !== '' && !/[\0\p{Cs}]/u.test(id)) return id;
  throw new UserError(
    `The session id is ${show(id)}. Pass a text that is not empty and has no NUL and no half characters.`,
  );
}

/** How many items are asked for: all without a limit, none for one below zero. */
export function checkLimit(limit: unknown, name = 'limit'): number {
  if (limit === undefined) return Number.POSITIVE_INFINITY;
  if (typeof limit === 'number' && (Number.isInteger(limit) || Math.abs(limit) === Infinity)) {
    return Math.max(0, limit);
  }
  throw new UserError(
    `\`${name}\` is ${show(limit)}. Pass a whole number, or leave it out for all items.`,
  );
}

/** @throws UserError where what shall be added is no list. */
export function checkItems(items: unknown): void {
  if (Array.isArray(items)) return;
  throw new UserError(
    `addItems() was given ${show(items)}. Pass a list of items, such as \`[user('Hello')]\`.`,
  );
}

/** Whether a value can be an item: an object that says what it is. */
export function isItemLike(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return ('type' in value && typeof value.type === 'string') || 'role' in value;
}

/** An item as the JSON text that is stored. @throws UserError where it has none. */
export function itemText(item: unknown, index: number): string {
  if (!isItemLike(item)) {
    throw new UserError(
      `Item ${index} of addItems() is ${show(item)}. An item is an object with a \`type\` or a \`role\`; nothing was added.`,
    );
  }
  try {
    // A `toJSON` of its own may make anything of it.
    const text: unknown = JSON.stringify(item);
    if (typeof text === 'string' && text.startsWith('{')) return text;
    throw new TypeError('its toJSON() gives no object');
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new UserError(
      `Item ${index} of addItems() cannot be stored as JSON (${why}). Nothing was added.`,
      { cause },
    );
  }
}

/** A value in the message of an error, without what it holds. */
export function show(value: unknown): string {
  if (typeof value === 'string') return value.length > 80 ? 'a long text' : JSON.stringify(value);
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'an object';
  return typeof value === 'function' ? 'a function' : String(value);
}
