import type { AgentOutputItem, ItemStatus, ModelStreamEvent } from '@baton/core/model';
import type { ProviderMark } from '../provider-mark.js';

/** Gets the events of a streamed answer; a whole one has nobody to tell. */
export type Emit = (event: ModelStreamEvent) => void;

/** What an item is finished with. */
export interface ItemLabel {
  readonly mark: ProviderMark;
  readonly status: ItemStatus;
}

/** An item while it comes. Its index says when it began, and never changes [D9, S4]. */
export interface ItemDraft {
  readonly itemIndex: number;
  /** Ends what is still open of it. */
  end(): void;
  toItem(label: ItemLabel): AgentOutputItem;
}
