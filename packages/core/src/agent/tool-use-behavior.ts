import type { RunContext } from '../context/index.js';
import type { FunctionTool } from '../tool/index.js';
import type { RunToolCallOutputItem } from './run-item.js';

/** One function tool's output of a turn. */
export interface FunctionToolResult {
  readonly tool: FunctionTool<never>;
  /** What the tool returned. */
  readonly output: unknown;
  readonly runItem: RunToolCallOutputItem;
}

/** Whether the tools of a turn have given the final output. */
export type ToolsToFinalOutputResult =
  | { readonly isFinalOutput: false; readonly finalOutput?: undefined }
  | { readonly isFinalOutput: true; readonly finalOutput: unknown };

/**
 * What follows the function tools of a turn: the model is called again (default), the first tool's
 * output is final, the first output of a listed tool is final, or a function decides. All tools of the
 * turn run in every case.
 */
export type ToolUseBehavior<TContext = unknown> =
  | 'run_llm_again'
  | 'stop_on_first_tool'
  | { readonly stopAtToolNames: readonly string[] }
  | ((
      runContext: RunContext<TContext>,
      results: readonly FunctionToolResult[],
    ) => ToolsToFinalOutputResult | Promise<ToolsToFinalOutputResult>);
