import type {
  AnyAgent,
  RunItem,
  RunItemStreamEvent,
  RunItemStreamEventName,
  RunStreamEvent,
} from '../agent/index.js';
import type { AgentInputItem, ToolCallItem } from '../item/index.js';
import type { ModelRequest, ModelResponse } from '../model/index.js';
import type { Tool } from '../tool/index.js';

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

/** Whether an event is for those who iterate over the run. */
export function isStreamEvent(event: RunEvent): event is RunStreamEvent {
  return event.type in STREAM_EVENTS;
}

const STREAM_EVENTS: Readonly<Record<RunStreamEvent['type'], true>> = {
  raw_model_stream_event: true,
  run_item_stream_event: true,
  agent_updated_stream_event: true,
  tool_progress: true,
  nested_stream_event: true,
};
