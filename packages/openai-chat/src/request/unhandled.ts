import { UserError } from '@baton/core/model';
import { isRecord } from '@baton/openai-shared';

/** For an item that nobody knows. */
export function unhandled(item: unknown): UserError {
  const { type, role } = isRecord(item) ? item : { type: undefined, role: undefined };
  return new UserError(
    `Unhandled item type or structure: ${JSON.stringify({ type, role })}. Pass items as \`result.history\` has them.`,
  );
}

/** Callers without types may leave out what has to be there. */
export function areTexts(...values: readonly unknown[]): boolean {
  return values.every((value) => typeof value === 'string');
}
