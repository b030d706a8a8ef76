import type {
  AssistantContent,
  InputText,
  ProviderData,
  ToolCallOutputContent,
  UserContent,
} from './content.js';

/** How far an item has come. */
export type ItemStatus = 'in_progress' | 'completed' | 'incomplete';

interface ItemBase {
  /** The provider's id of the item, where it has one. */
  readonly id?: string;
  readonly providerData?: ProviderData;
}

/** What a user said. */
export interface UserMessageItem extends ItemBase {
  readonly type?: 'message';
  readonly role: 'user';
  readonly content: string | readonly UserContent[];
}

/** A message from whoever runs the app; `developer` is OpenAI's newer name for it. */
export interface SystemMessageItem extends ItemBase {
  readonly type?: 'message';
  readonly role: 'system' | 'developer';
  readonly content: string;
}

/** What a model said. */
export interface AssistantMessageItem extends ItemBase {
  readonly type?: 'message';
  readonly role: 'assistant';
  readonly status?: ItemStatus;
  readonly content: readonly AssistantContent[];
  /** Whether the text comments on the work or is the answer, where the provider says so. */
  readonly phase?: 'commentary' | 'final_answer' | null;
}

/** A message of any role. */
export type MessageItem = UserMessageItem | SystemMessageItem | AssistantMessageItem;

/** The model asks for a function tool, or for a handoff, which is a function to the model. */
export interface FunctionCallItem extends ItemBase {
  readonly type: 'function_call';
  readonly callId: string;
  readonly name: string;
  readonly namespace?: string;
  /** JSON text as the model wrote it. */
  readonly arguments: string;
  readonly status?: ItemStatus;
  /** What the provider needs back with the output of this call; the output's `providerData`. */
  readonly outputProviderData?: ProviderData;
}

/** The output of a function call. */
export interface FunctionCallResultItem extends ItemBase {
  readonly type: 'function_call_result';
  readonly callId: string;
  readonly name: string;
  readonly namespace?: string;
  readonly status?: ItemStatus;
  readonly output: string | readonly ToolCallOutputContent[];
}

/** A tool the provider runs by itself: web search, file search, code interpreter, hosted MCP, … */
export interface HostedToolCallItem extends ItemBase {
  readonly type: 'hosted_tool_call';
  readonly name: string;
  readonly arguments?: string;
  readonly status?: string;
  readonly output?: string | null;
}

/** One action on a computer, as the model names it (`click`, `type`, `screenshot`, …). */
export interface ComputerAction {
  readonly type: string;
  readonly [key: string]: unknown;
}

/** The model asks for actions on a computer. */
export interface ComputerUseCallItem extends ItemBase {
  readonly type: 'computer_call';
  readonly callId: string;
  readonly status?: ItemStatus;
  readonly action?: ComputerAction;
  readonly actions?: readonly ComputerAction[];
}

/** The screen after a computer call, as a data URL. */
export interface ComputerCallResultItem extends ItemBase {
  readonly type: 'computer_call_result';
  readonly callId: string;
  readonly output: { readonly type: 'computer_screenshot'; readonly data: string };
}

/** The model asks for shell commands. */
export interface ShellCallItem extends ItemBase {
  readonly type: 'shell_call';
  readonly callId: string;
  readonly status?: ItemStatus;
  readonly action: {
    readonly commands: readonly string[];
    readonly timeoutMs?: number;
    readonly maxOutputLength?: number;
  };
}

/** What one shell command printed and how it ended. */
export interface ShellOutput {
  readonly stdout: string;
  readonly stderr: string;
  readonly outcome:
    | { readonly type: 'exit'; readonly exitCode: number | null }
    | { readonly type: 'timeout' };
}

/** The output of a shell call. */
export interface ShellCallResultItem extends ItemBase {
  readonly type: 'shell_call_output';
  readonly callId: string;
  readonly output: readonly ShellOutput[];
  readonly maxOutputLength?: number;
}

/** One change to one file, as the model wants it. */
export type ApplyPatchOperation =
  | { readonly type: 'create_file'; readonly path: string; readonly diff: string }
  | {
      readonly type: 'update_file';
      readonly path: string;
      readonly diff: string;
      readonly moveTo?: string;
    }
  | { readonly type: 'delete_file'; readonly path: string };

/** The model asks for a change to a file. */
export interface ApplyPatchCallItem extends ItemBase {
  readonly type: 'apply_patch_call';
  readonly callId: string;
  readonly status?: ItemStatus;
  readonly operation: ApplyPatchOperation;
}

/** What became of a change to a file. */
export interface ApplyPatchCallResultItem extends ItemBase {
  readonly type: 'apply_patch_call_output';
  readonly callId: string;
  readonly status: 'completed' | 'failed';
  readonly output?: string;
}

/** A tool that the provider runs asks whether it may: a call of a tool on a hosted MCP server. */
export interface HostedApprovalRequestItem extends ItemBase {
  readonly type: 'hosted_approval_request';
  /** What the answer is told apart by. */
  readonly callId: string;
  /** The server as the app has labelled it. */
  readonly serverLabel: string;
  /** The tool on that server. */
  readonly name: string;
  /** JSON text as the model wrote it. */
  readonly arguments: string;
}

/** Whether a tool that the provider runs may. */
export interface HostedApprovalResponseItem extends ItemBase {
  readonly type: 'hosted_approval_response';
  readonly callId: string;
  readonly approve: boolean;
  /** Why not, for the model. */
  readonly reason?: string;
}

/** What a model thought: a summary in `content`, the thoughts themselves in `rawContent`. */
export interface ReasoningItem extends ItemBase {
  readonly type: 'reasoning';
  readonly content: readonly InputText[];
  readonly rawContent?: readonly { readonly type: 'reasoning_text'; readonly text: string }[];
}

/** The provider's summary of older items that it no longer needs. */
export interface CompactionItem extends ItemBase {
  readonly type: 'compaction';
  readonly encryptedContent: string;
}

/** An item of a type that Baton does not know: kept as it came, sent back as it came. */
export interface UnknownItem extends ItemBase {
  readonly type: 'unknown';
}

/** A call that somebody outside the model has to answer. */
export type ToolCallItem =
  | FunctionCallItem
  | ComputerUseCallItem
  | ShellCallItem
  | ApplyPatchCallItem
  | HostedApprovalRequestItem;

/** The answer to a tool call. */
export type ToolCallResultItem =
  | FunctionCallResultItem
  | ComputerCallResultItem
  | ShellCallResultItem
  | ApplyPatchCallResultItem
  | HostedApprovalResponseItem;

/** What a model can produce. */
export type AgentOutputItem =
  | AssistantMessageItem
  | ReasoningItem
  | ToolCallItem
  | HostedToolCallItem
  | CompactionItem
  | UnknownItem;

/** What a model can be given: everything. */
export type AgentInputItem = MessageItem | AgentOutputItem | ToolCallResultItem;
