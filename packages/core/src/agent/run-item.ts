import type {
  AgentInputItem,
  AssistantMessageItem,
  CompactionItem,
  FunctionCallItem,
  FunctionCallResultItem,
  HostedToolCallItem,
  ReasoningItem,
  ToolCallItem,
  ToolCallResultItem,
  UnknownItem,
} from '../item/index.js';
import { messageText, toolCallInput, toolCallName } from '../item/index.js';
import type { AnyAgent } from './agent.js';

/** What a model said. */
export class RunMessageOutputItem {
  readonly type = 'message_output_item';
  readonly rawItem: AssistantMessageItem;
  readonly agent: AnyAgent;

  constructor(rawItem: AssistantMessageItem, agent: AnyAgent) {
    this.rawItem = rawItem;
    this.agent = agent;
  }

  /** The text of the message. */
  get content(): string {
    return messageText(this.rawItem) ?? '';
  }
}

/** A tool call, answered here or by the provider. */
export class RunToolCallItem {
  readonly type = 'tool_call_item';
  readonly rawItem: ToolCallItem | HostedToolCallItem | UnknownItem;
  readonly agent: AnyAgent;

  constructor(rawItem: ToolCallItem | HostedToolCallItem | UnknownItem, agent: AnyAgent) {
    this.rawItem = rawItem;
    this.agent = agent;
  }
}

/** The output of a tool; `output` is what the tool returned, `rawItem` what the model is shown. */
export class RunToolCallOutputItem {
  readonly type = 'tool_call_output_item';
  readonly rawItem: ToolCallResultItem;
  readonly agent: AnyAgent;
  readonly output: unknown;

  constructor(rawItem: ToolCallResultItem, agent: AnyAgent, output: unknown) {
    this.rawItem = rawItem;
    this.agent = agent;
    this.output = output;
  }
}

/** What a model thought. */
export class RunReasoningItem {
  readonly type = 'reasoning_item';
  readonly rawItem: ReasoningItem;
  readonly agent: AnyAgent;

  constructor(rawItem: ReasoningItem, agent: AnyAgent) {
    this.rawItem = rawItem;
    this.agent = agent;
  }
}

/** The provider's summary of older items. */
export class RunCompactionItem {
  readonly type = 'compaction_item';
  readonly rawItem: CompactionItem;
  readonly agent: AnyAgent;

  constructor(rawItem: CompactionItem, agent: AnyAgent) {
    this.rawItem = rawItem;
    this.agent = agent;
  }
}

/** A model asks to hand over to another agent. */
export class RunHandoffCallItem {
  readonly type = 'handoff_call_item';
  readonly rawItem: FunctionCallItem;
  readonly agent: AnyAgent;

  constructor(rawItem: FunctionCallItem, agent: AnyAgent) {
    this.rawItem = rawItem;
    this.agent = agent;
  }
}

/** A handoff has happened. */
export class RunHandoffOutputItem {
  readonly type = 'handoff_output_item';
  readonly rawItem: FunctionCallResultItem;
  readonly sourceAgent: AnyAgent;
  readonly targetAgent: AnyAgent;

  constructor(rawItem: FunctionCallResultItem, sourceAgent: AnyAgent, targetAgent: AnyAgent) {
    this.rawItem = rawItem;
    this.sourceAgent = sourceAgent;
    this.targetAgent = targetAgent;
  }

  /** The agent whose turn it was. */
  get agent(): AnyAgent {
    return this.sourceAgent;
  }
}

/** A tool call that waits for a human; given to `state.approve()` and `state.reject()`. */
export class RunToolApprovalItem {
  readonly type = 'tool_approval_item';
  readonly rawItem: ToolCallItem;
  readonly agent: AnyAgent;
  /** Which call of which run it is. */
  readonly callKey: string;

  constructor(rawItem: ToolCallItem, agent: AnyAgent, callKey: string) {
    this.rawItem = rawItem;
    this.agent = agent;
    this.callKey = callKey;
  }

  /** The name of the function, or the kind of the local tool. */
  get name(): string {
    return toolCallName(this.rawItem);
  }

  /** The arguments as the model wrote them; of a local tool the actions, commands or operation as JSON. */
  get arguments(): string {
    return toolCallInput(this.rawItem);
  }
}

/** What a run produced, with the agent that produced it; told apart by `type`. */
export type RunItem =
  | RunMessageOutputItem
  | RunToolCallItem
  | RunToolCallOutputItem
  | RunReasoningItem
  | RunCompactionItem
  | RunHandoffCallItem
  | RunHandoffOutputItem
  | RunToolApprovalItem;

/** The conversation items behind run items; those that wait for a human have no place in it yet. */
export function toConversationItems(items: Iterable<RunItem>): AgentInputItem[] {
  const list: AgentInputItem[] = [];
  for (const item of items) if (item.type !== 'tool_approval_item') list.push(item.rawItem);
  return list;
}
