import type { RunContext } from '../context/index.js';
import { toJsonText } from '../internal/json.js';
import type { AgentInputItem, ToolCallItem } from '../item/index.js';
import type { ModelResponse } from '../model/index.js';
import { tool, toFunctionName } from '../tool/index.js';
import type { AnySchema, FunctionTool, NestedRunOptions, ToolInput, ToolOptions } from '../tool/index.js';
import type { AnyAgent } from './agent.js';
import type { RunItem } from './run-item.js';
import type { RunStreamEvent } from './run-stream-event.js';

/** The result of a nested run, for `customOutputExtractor`: the parts of a `RunResult`. */
export interface AgentToolResult<TFinalOutput = unknown> {
  readonly finalOutput: TFinalOutput | undefined;
  readonly newItems: RunItem[];
  readonly history: AgentInputItem[];
  readonly rawResponses: ModelResponse[];
  readonly lastAgent: AnyAgent;
  readonly runContext: RunContext<never>;
}

/** How an agent is used as a tool. */
export interface AgentToolOptions<TContext, TParameters extends AnySchema | undefined, TFinalOutput>
  extends Pick<ToolOptions<TParameters, TContext, unknown>, 'needsApproval' | 'isEnabled'> {
  /** Default: the agent's name in lower case. */
  readonly toolName?: string;
  readonly toolDescription?: string;
  /** What the model passes along; default: one text named `input`. */
  readonly parameters?: TParameters;
  /** Makes the nested run's input of it; default: the text, or the arguments as JSON. */
  readonly inputBuilder?: (
    input: ToolInput<TParameters>,
  ) => string | readonly AgentInputItem[] | Promise<string | readonly AgentInputItem[]>;
  /** Makes the tool output of the nested result; default: its final output. */
  readonly customOutputExtractor?: (result: AgentToolResult<TFinalOutput>) => unknown;
  /** Told what happens in the nested run; awaited. */
  readonly onStream?: (event: {
    readonly event: RunStreamEvent;
    readonly agent: AnyAgent;
    readonly toolCall: ToolCallItem;
  }) => void | Promise<void>;
  readonly runOptions?: NestedRunOptions;
}

/** A function tool that runs an agent and gives its final output; see `agent.asTool()`. */
export function createAgentTool<TContext, TParameters extends AnySchema | undefined, TFinalOutput>(
  agent: AnyAgent,
  options: AgentToolOptions<TContext, TParameters, TFinalOutput>,
): FunctionTool<TContext> {
  const { needsApproval, isEnabled, onStream, runOptions, customOutputExtractor } = options;
  // Without parameters of its own the tool takes INPUT, whose type no schema carries.
  const parameters = (options.parameters ?? INPUT) as TParameters;
  const made = tool<TParameters, TContext>({
    name: options.toolName ?? toFunctionName(agent.name).toLowerCase(),
    description: options.toolDescription ?? '',
    parameters,
    ...(needsApproval !== undefined && { needsApproval }),
    ...(isEnabled !== undefined && { isEnabled }),
    execute: async (input, _runContext, { runAgent, toolCall }) => {
      const outcome = await runAgent({
        agent,
        input: await (options.inputBuilder ?? defaultInput)(input),
        ...(runOptions !== undefined && { options: runOptions }),
        ...(onStream !== undefined && {
          onEvent: (event: RunStreamEvent) => onStream({ event, agent, toolCall }),
        }),
      });
      if (outcome.type === 'interrupted') return outcome.interruption;
      const result = outcome.result as AgentToolResult<TFinalOutput>; // the run gives a RunResult
      return customOutputExtractor === undefined
        ? (result.finalOutput ?? '')
        : customOutputExtractor(result);
    },
  });
  return { ...made, agent };
}

const INPUT = {
  type: 'object',
  properties: { input: { type: 'string' } },
  required: ['input'],
  additionalProperties: false,
} as const;

function defaultInput(input: unknown): string {
  const keys = typeof input === 'object' && input !== null ? Object.keys(input) : [];
  // One text named input is what INPUT asks for.
  const text = keys.length === 1 ? (input as { readonly input?: unknown }).input : undefined;
  return typeof text === 'string' ? text : toJsonText(input);
}
