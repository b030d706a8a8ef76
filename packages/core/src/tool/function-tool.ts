import type { JsonSchema } from '../model/index.js';
import type { ExecutableTool } from './executable-tool.js';

/** A function that the model can call by name: made by `tool()`. */
export interface FunctionTool<TContext = unknown> extends ExecutableTool<TContext> {
  readonly type: 'function';
  readonly answers: 'function_call';
  readonly description: string;
  /** JSON Schema of the arguments, as the model is shown it. */
  readonly parameters: JsonSchema;
  readonly strict: boolean;
  /** Whether the model is only shown the tool once a tool search has found it; not every provider can. */
  readonly deferLoading?: boolean;
  /** The group it is in; see `toolNamespace()`. */
  readonly namespace?: string;
  readonly namespaceDescription?: string;
  /** The agent behind an agent used as a tool, and of a tool that runs one itself: a stored run inside is found by it. */
  readonly agent?: { readonly name: string };
  /** The MCP server it is of, for traces and errors. */
  readonly mcpServer?: string;
  /** Goes to the provider beside the tool; not every provider reads it. */
  readonly providerData?: Readonly<Record<string, unknown>>;
}
