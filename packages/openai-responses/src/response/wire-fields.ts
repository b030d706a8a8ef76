import type { ItemStatus } from '@baton/core/model';
import { type JsonRecord, textOf } from '@baton/openai-shared';

/** The `id` of a wire item, to spread. */
export function idOf(wire: JsonRecord): { id?: string } {
  const id = textOf(wire, 'id');
  return id === undefined ? {} : { id };
}

/** The `status` of a wire item, to spread. */
export function statusOf(wire: JsonRecord): { status?: ItemStatus } {
  const status = wire['status'];
  return status === 'completed' || status === 'in_progress' || status === 'incomplete'
    ? { status }
    : {};
}
