import type {
  ApplyPatchCallResultItem,
  ComputerCallResultItem,
  HostedApprovalResponseItem,
  ShellCallResultItem,
  ToolCallOutputContent,
} from '../item/index.js';

/** The output of a local tool: the item that answers its call, without the call's id. */
export type LocalToolOutput =
  | Omit<ComputerCallResultItem, 'id' | 'callId'>
  | Omit<ShellCallResultItem, 'id' | 'callId'>
  | Omit<ApplyPatchCallResultItem, 'id' | 'callId'>
  | Omit<HostedApprovalResponseItem, 'id' | 'callId'>;

/**
 * What the model is shown of a tool: a text or parts from a function tool, an item's fields from a local tool.
 * A text answers a local tool's call, too, as its failure.
 */
export type ToolOutput = string | readonly ToolCallOutputContent[] | LocalToolOutput;

/** What running a tool gave: plain data, so that an engine can store it. */
export interface ToolResult {
  /** What the tool returned. */
  readonly value: unknown;
  /** What the model is shown. */
  readonly output: ToolOutput;
  /** A run inside the tool waits for a human: there is no output yet. */
  readonly interrupted?: true;
}

/** Whether the output is that of a local tool, and no text or parts. */
export function isLocalToolOutput(output: ToolOutput): output is LocalToolOutput {
  return typeof output === 'object' && 'type' in output;
}
