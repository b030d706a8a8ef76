import type { AnyAgent, RunItem } from '../agent/index.js';
import type { AgentInputItem, ToolCallItem } from '../item/index.js';
import type { ModelRequest, ModelResponse, ModelStreamEvent } from '../model/index.js';
import type { Tool } from '../tool/index.js';

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

/** What a streamed run yields, in the order it happens. */
export type RunStreamEvent =
  | RunRawModelStreamEvent
  | RunItemStreamEvent
  | RunAgentUpdatedStreamEvent
  | RunToolProgressStreamEvent;

/** A point in the life of a run; hooks are called from these. */
export type RunLifecycleEvent =
  | {
      readonly type: 'agent_start';
      readonly agent: AnyAgent;
      readonly turnInput: readonly AgentInputItem[];
    }
  | { readonly type: 'llm_start'; readonly agent: AnyAgent; readonly request: ModelRequest }
  | { readonly type: 'llm_end'; readonly agent: AnyAgent; readonly response: ModelResponse }
  | {
      readonly type: 'agent_tool_start';
      readonly agent: AnyAgent;
      readonly tool: Tool<never>;
      readonly toolCall: ToolCallItem;
    }
  | {
      readonly type: 'agent_tool_end';
      readonly agent: AnyAgent;
      readonly tool: Tool<never>;
      readonly toolCall: ToolCallItem;
      readonly result: string;
    }
  | { readonly type: 'agent_handoff'; readonly fromAgent: AnyAgent; readonly toAgent: AnyAgent }
  | { readonly type: 'agent_end'; readonly agent: AnyAgent; readonly output: string };

/** All that a run tells while it runs. */
export type RunEvent = RunStreamEvent | RunLifecycleEvent;

const EVENT_NAMES = {
  message_output_item: 'message_output_created',
  reasoning_item: 'reasoning_item_created',
  compaction_item: 'compaction_item_created',
  tool_call_item: 'tool_called',
  tool_call_output_item: 'tool_output',
  tool_approval_item: 'tool_approval_requested',
  handoff_call_item: 'handoff_requested',
  handoff_output_item: 'handoff_occurred',
} as const satisfies Record<RunItem['type'], RunItemStreamEventName>;

/** The event that tells of a run item. */
export function itemEvent(item: RunItem): RunItemStreamEvent {
  return { type: 'run_item_stream_event', name: EVENT_NAMES[item.type], item };
}
