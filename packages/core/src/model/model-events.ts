import type { AgentOutputItem } from '../item/index.js';
import type { ModelResponse } from './model-response.js';

/** Where in the response a delta belongs. */
interface PartEvent {
  /** Position of the item in the response's output; given in order of arrival, never reused. */
  readonly itemIndex: number;
  /** Position of the part in the item's content. */
  readonly contentIndex: number;
}

/** The model has begun to answer. */
export interface ResponseStartedEvent {
  readonly type: 'response_started';
  readonly responseId?: string | undefined;
}

/** A text part of a message begins. */
export interface OutputTextStartEvent extends PartEvent {
  readonly type: 'output_text_start';
}
/** The next piece of a text part. */
export interface OutputTextDeltaEvent extends PartEvent {
  readonly type: 'output_text_delta';
  readonly delta: string;
}
/** A text part is complete. */
export interface OutputTextEndEvent extends PartEvent {
  readonly type: 'output_text_end';
}

/** A refusal begins. */
export interface RefusalStartEvent extends PartEvent {
  readonly type: 'refusal_start';
}
/** The next piece of a refusal. */
export interface RefusalDeltaEvent extends PartEvent {
  readonly type: 'refusal_delta';
  readonly delta: string;
}
/** A refusal is complete. */
export interface RefusalEndEvent extends PartEvent {
  readonly type: 'refusal_end';
}

/** Whether a piece of reasoning is the provider's summary or the thoughts themselves. */
export type ReasoningPart = 'summary' | 'text';

/** A part of a reasoning item begins; summaries and thoughts count their own `contentIndex`. */
export interface ReasoningStartEvent extends PartEvent {
  readonly type: 'reasoning_start';
  readonly part: ReasoningPart;
}
/** The next piece of reasoning. */
export interface ReasoningDeltaEvent extends PartEvent {
  readonly type: 'reasoning_delta';
  readonly part: ReasoningPart;
  readonly delta: string;
}
/** A part of a reasoning item is complete. */
export interface ReasoningEndEvent extends PartEvent {
  readonly type: 'reasoning_end';
  readonly part: ReasoningPart;
}

/** A function call begins: its name and call id are known. */
export interface ToolCallStartEvent {
  readonly type: 'tool_call_start';
  readonly itemIndex: number;
  readonly callId: string;
  readonly name: string;
}
/** The next piece of a function call's arguments. */
export interface ToolCallArgumentsDeltaEvent {
  readonly type: 'tool_call_arguments_delta';
  readonly itemIndex: number;
  readonly delta: string;
}
/** A function call's arguments are complete. */
export interface ToolCallEndEvent {
  readonly type: 'tool_call_end';
  readonly itemIndex: number;
}

/** Audio begins. */
export interface AudioStartEvent extends PartEvent {
  readonly type: 'audio_start';
}
/** The next piece of audio (base64) or of its transcript. */
export interface AudioDeltaEvent extends PartEvent {
  readonly type: 'audio_delta';
  readonly delta?: string;
  readonly transcriptDelta?: string;
}
/** Audio is complete. */
export interface AudioEndEvent extends PartEvent {
  readonly type: 'audio_end';
}

/** An item of the response is complete; items of every type end with this event. */
export interface OutputItemDoneEvent {
  readonly type: 'output_item_done';
  readonly itemIndex: number;
  readonly item: AgentOutputItem;
}

/** The response is complete: the last event of every stream that did not fail. */
export interface ResponseDoneEvent {
  readonly type: 'response_done';
  readonly response: ModelResponse;
}

/** The provider's own event, untouched, for what the protocol does not say. */
export interface ProviderModelEvent {
  readonly type: 'model';
  readonly event: unknown;
}

/**
 * What a model streams: a protocol that is the same for every provider.
 *
 * The law: every `*_delta` stands between its `*_start` and its `*_end`, and folding the deltas
 * (`foldModelEvents`) gives the texts, arguments and audio of the items in `response_done`.
 */
export type ModelStreamEvent =
  | ResponseStartedEvent
  | OutputTextStartEvent
  | OutputTextDeltaEvent
  | OutputTextEndEvent
  | RefusalStartEvent
  | RefusalDeltaEvent
  | RefusalEndEvent
  | ReasoningStartEvent
  | ReasoningDeltaEvent
  | ReasoningEndEvent
  | ToolCallStartEvent
  | ToolCallArgumentsDeltaEvent
  | ToolCallEndEvent
  | AudioStartEvent
  | AudioDeltaEvent
  | AudioEndEvent
  | OutputItemDoneEvent
  | ResponseDoneEvent
  | ProviderModelEvent;
