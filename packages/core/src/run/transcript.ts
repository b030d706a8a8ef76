import {
  RunCompactionItem,
  RunHandoffCallItem,
  RunHandoffOutputItem,
  RunMessageOutputItem,
  RunReasoningItem,
  RunToolCallItem,
  RunToolCallOutputItem,
} from '../agent/index.js';
import type { AnyAgent, RunItem } from '../agent/index.js';
import { findUnpairedItems, isToolCall, isToolCallResult } from '../item/index.js';
import type { AgentInputItem, ToolCallItem } from '../item/index.js';
import type { AgentGraph } from './agent-graph.js';

/** Where an entry comes from: earlier runs, the caller, the model, tools, a handoff, or Baton itself. */
export type EntryOrigin = 'session' | 'input' | 'model' | 'tool' | 'handoff' | 'injected';

/** One item of the conversation, in its place. Entries are only ever added, never changed. */
export interface TranscriptEntry {
  /** Position in the transcript. */
  readonly seq: number;
  /** The turn it belongs to; 0 before the first. */
  readonly turn: number;
  /** Key of the agent whose turn it was; empty for input. */
  readonly agent: string;
  readonly origin: EntryOrigin;
  readonly item: AgentInputItem;
  /** What a tool returned, where that differs from what the model is shown. */
  readonly output?: unknown;
  /** On an answer: position of the call it answers, as ids alone do not tell calls of one turn apart. */
  readonly call?: number;
  /** On a call that asks for a handoff: marks it. */
  readonly handoff?: true;
  /** Its content was refused by an output guardrail and is no longer here. */
  readonly withheld?: true;
  /** Reasoning at the end of a response: what it led to never came. */
  readonly stranded?: true;
  /** On the output of a handoff that happened: key of the agent that took over. */
  readonly target?: string;
}

/** A call that has no output yet. */
export type OpenCall = TranscriptEntry & { readonly item: ToolCallItem };

function isCallEntry(entry: TranscriptEntry): entry is OpenCall {
  return isToolCall(entry.item);
}

/** The calls among the entries of a turn that have no output yet, in call order. */
export function findOpenCalls(entries: readonly TranscriptEntry[]): OpenCall[] {
  if (!entries.some((entry) => entry.call === undefined && isToolCall(entry.item))) return [];
  if (!entries.some((entry) => isToolCallResult(entry.item))) return entries.filter(isCallEntry);
  const answered = new Set(entries.map((entry) => entry.call));
  const rest = entries.filter((entry) => entry.call === undefined && !answered.has(entry.seq));
  const { calls } = findUnpairedItems(rest.map((entry) => entry.item));
  const open: OpenCall[] = [];
  for (const index of calls) {
    const entry = rest[index];
    if (entry !== undefined && isCallEntry(entry)) open.push(entry);
  }
  return open;
}

/** The entry as a run item; `undefined` for what the run was given. */
export function toRunItem(entry: TranscriptEntry, graph: AgentGraph): RunItem | undefined {
  if (isHidden(entry)) return undefined;
  switch (entry.origin) {
    case 'session':
    case 'input':
      return undefined;
    case 'injected':
      return answerItem(entry, graph) ?? modelItem(entry, graph.agentOf(entry.agent));
    case 'model':
      return modelItem(entry, graph.agentOf(entry.agent));
    case 'tool':
    case 'handoff':
      return answerItem(entry, graph);
    default:
      return entry.origin satisfies never;
  }
}

/** What the model is shown of a function's output. */
export function resultText(item: AgentInputItem): unknown {
  return item.type === 'function_call_result' ? item.output : undefined;
}

/** Whether an entry is part of the conversation: what models are given and sessions keep. */
export function isSaid(entry: TranscriptEntry): boolean {
  return entry.stranded !== true && !isHidden(entry);
}

/** Whether an entry has no place in the record any more: a withheld message, or thoughts that led to it. */
export function isHidden(entry: TranscriptEntry): boolean {
  return entry.withheld === true && !isToolCallResult(entry.item);
}

function modelItem(entry: TranscriptEntry, agent: AnyAgent): RunItem | undefined {
  const { item } = entry;
  switch (item.type) {
    case 'reasoning':
      return new RunReasoningItem(item, agent);
    case 'compaction':
      return new RunCompactionItem(item, agent);
    case 'function_call':
      return entry.handoff === true
        ? new RunHandoffCallItem(item, agent)
        : new RunToolCallItem(item, agent);
    case 'computer_call':
    case 'shell_call':
    case 'apply_patch_call':
    case 'hosted_approval_request':
    case 'hosted_tool_call':
    case 'unknown':
      return new RunToolCallItem(item, agent);
    case 'message':
    case undefined:
      return item.role === 'assistant' ? new RunMessageOutputItem(item, agent) : undefined;
    default:
      return undefined; // models do not produce tool outputs
  }
}

function answerItem(entry: TranscriptEntry, graph: AgentGraph): RunItem | undefined {
  const { item } = entry;
  const agent = graph.agentOf(entry.agent);
  switch (item.type) {
    case 'function_call_result':
      return entry.target === undefined
        ? new RunToolCallOutputItem(item, agent, entry.output ?? item.output)
        : new RunHandoffOutputItem(item, agent, graph.agentOf(entry.target));
    case 'computer_call_result':
    case 'shell_call_output':
    case 'apply_patch_call_output':
      return new RunToolCallOutputItem(item, agent, entry.output ?? item.output);
    case 'hosted_approval_response':
      return new RunToolCallOutputItem(item, agent, item.approve);
    default:
      return undefined;
  }
}
