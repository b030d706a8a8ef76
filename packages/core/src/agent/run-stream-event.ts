import type { ToolCallItem } from '../item/index.js';
import type { ModelStreamEvent } from '../model/index.js';
import type { AnyAgent } from './agent.js';
import type { RunItem } from './run-item.js';

/** An event of the model, as it comes. */
export interface RunRawModelStreamEvent {
  readonly type: 'raw_model_stream_event';
  readonly data: ModelStreamEvent;
}

/** What has happened to a run item. */
export type RunItemStreamEventName =
  | 'message_output_created'
  | 'reasoning_item_created'
  | 'compaction_item_created'
  | 'tool_called'
  | 'tool_output'
  | 'tool_approval_requested'
  | 'handoff_requested'
  | 'handoff_occurred';

/** A run item has come to be. */
export interface RunItemStreamEvent {
  readonly type: 'run_item_stream_event';
  readonly name: RunItemStreamEventName;
  readonly item: RunItem;
}

/** An agent has become active: the starting one first. */
export interface RunAgentUpdatedStreamEvent {
  readonly type: 'agent_updated_stream_event';
  readonly agent: AnyAgent;
}

/** A running tool tells how far it is: one yield of its generator. */
export interface RunToolProgressStreamEvent {
  readonly type: 'tool_progress';
  readonly toolCall: ToolCallItem;
  readonly agent: AnyAgent;
  readonly progress: unknown;
}

/** An event of a run inside a tool call: an agent used as a tool. */
export interface RunNestedStreamEvent {
  readonly type: 'nested_stream_event';
  /** The calls that lead to the nested run, outermost first. */
  readonly path: readonly { readonly agent: string; readonly callId: string }[];
  readonly event: Exclude<RunStreamEvent, RunNestedStreamEvent>;
}

/** What a streamed run yields, in the order it happens. */
export type RunStreamEvent =
  | RunRawModelStreamEvent
  | RunItemStreamEvent
  | RunAgentUpdatedStreamEvent
  | RunToolProgressStreamEvent
  | RunNestedStreamEvent;
