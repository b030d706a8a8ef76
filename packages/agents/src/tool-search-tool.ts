import { tool, UserError } from '@baton/core';
import type { FunctionTool, RunContext, SerializedTool, ToolCallDetails } from '@baton/core';
import { toolSearchOutput, toolSearchTool as hostedToolSearchTool } from '@baton/openai-responses';
import type { OpenAIHostedTool, ToolSearchToolOptions } from '@baton/openai-responses';

/** What names a tool: its own name, with its namespace where it has one; of an MCP server its label. */
export interface ToolReference {
  readonly name: string;
  readonly namespace?: string | undefined;
}

/** What a search in this process is asked. */
export interface ClientToolSearchExecutorArgs<TContext = unknown> {
  /** What the model looks for, as `parameters` say. */
  readonly arguments: Readonly<Record<string, unknown>>;
  /** The tools with `deferLoading` that the agent has. */
  readonly availableTools: readonly SerializedTool[];
  /** Those of them with these names; a name may be that of a namespace, of a tool, or of both with a dot between. */
  readonly loadDefault: (paths: readonly string[]) => readonly SerializedTool[];
  readonly runContext: RunContext<TContext>;
  readonly toolCall: ToolCallDetails['toolCall'];
}

/** Finds tools among those that the agent has; also by their names, or none. */
export type ClientToolSearchExecutor<TContext = unknown> = (
  args: ClientToolSearchExecutorArgs<TContext>,
) => ClientToolSearchExecutorResult | Promise<ClientToolSearchExecutorResult>;

/** What a search in this process finds. */
export type ClientToolSearchExecutorResult =
  | ToolReference
  | readonly ToolReference[]
  | null
  | undefined;

/** Options of a {@link toolSearchTool} that searches in this process. */
export interface ClientToolSearchToolOptions<TContext = unknown> {
  readonly execution: 'client';
  /** What the search is for, for the model. */
  readonly description?: string | null;
  /** JSON Schema of what the model says when it searches. Default: a list `paths` of names. */
  readonly parameters?: Readonly<Record<string, unknown>>;
  /** Does the search. Default: finds the tools at the `paths`. */
  readonly execute?: ClientToolSearchExecutor<TContext>;
}

/**
 * Lets the model find tools that are not loaded yet: those with `deferLoading`. OpenAI searches, or with
 * `execution: 'client'` this process does. For agents with so many tools that showing all of them would cost more
 * than a search.
 *
 * A search of yours finds tools that the agent has; one that it does not have is a `UserError`, which ends the run.
 *
 * @example
 * ```ts
 * import { Agent, toolSearchTool, type FunctionTool } from '@baton/agents';
 *
 * const search = toolSearchTool({
 *   execution: 'client',
 *   parameters: { type: 'object', properties: { topic: { type: 'string' } }, required: ['topic'] },
 *   execute: ({ arguments: { topic }, availableTools }) =>
 *     availableTools.filter(({ name }) => name.startsWith(String(topic))),
 * });
 * export const clerk = (tools: readonly FunctionTool[]): Agent =>
 *   new Agent({ name: 'Clerk', tools: [...tools, search] });
 * ```
 */
export function toolSearchTool(options?: ToolSearchToolOptions): OpenAIHostedTool;
export function toolSearchTool<TContext = unknown>(
  options: ClientToolSearchToolOptions<TContext>,
): FunctionTool<TContext>;
export function toolSearchTool<TContext = unknown>(
  options: ToolSearchToolOptions | ClientToolSearchToolOptions<TContext> = {},
): OpenAIHostedTool | FunctionTool<TContext> {
  if (options.execution !== 'client') {
    if (!('execute' in options)) return hostedToolSearchTool(options);
    throw new UserError(
      "toolSearchTool() has an `execute`, but OpenAI searches. Set execution: 'client', or leave it out.",
    );
  }
  const { execute = findPaths, parameters = PATHS, description } = options;
  return tool<Readonly<Record<string, unknown>>, TContext>({
    name: 'tool_search',
    description: description ?? 'Load tools by namespace or tool name before calling them.',
    parameters,
    strict: false,
    providerData: { type: 'tool_search', execution: 'client' },
    effect: 'none',
    execute: async (input, runContext, { tools, toolCall }) => {
      const availableTools = tools.filter(isDeferred);
      const loadDefault = (paths: readonly string[]): readonly SerializedTool[] =>
        availableTools.filter((each) => paths.some((path) => namesOf(each).includes(path)));
      // What the model said, as the schema has it.
      const args = input as Readonly<Record<string, unknown>>;
      const found = await execute({
        arguments: args,
        availableTools,
        loadDefault,
        runContext,
        toolCall,
      });
      return toolSearchOutput(among(availableTools, found));
    },
    errorFunction: null,
  });
}

/** The agent's own tools that were found, each once, in the order of the agent. */
function among(
  available: readonly SerializedTool[],
  found: ClientToolSearchExecutorResult,
): readonly SerializedTool[] {
  const references = found === undefined || found === null ? [] : [found].flat();
  const keys = new Set(references.map(keyOf));
  const kept = available.filter((each) => keys.delete(keyOf(each)));
  const [unknown] = keys;
  if (unknown === undefined) return kept;
  throw new UserError(
    `The tool search found "${unknown}", which is no tool with deferLoading of the agent. Give it to the agent, with deferLoading: true.`,
  );
}

function findPaths({
  arguments: args,
  loadDefault,
}: Pick<ClientToolSearchExecutorArgs, 'arguments' | 'loadDefault'>): readonly SerializedTool[] {
  const { paths } = args;
  return loadDefault(Array.isArray(paths) ? paths.map(String) : []);
}

/** Everything a tool may be asked for by. */
function namesOf(each: SerializedTool): readonly string[] {
  if (each.type === 'function' && each.namespace !== undefined) {
    return [each.namespace, keyOf(each)];
  }
  return [keyOf(each)];
}

function keyOf(each: ToolReference | SerializedTool): string {
  const label = 'providerData' in each ? each.providerData?.['server_label'] : undefined;
  if (typeof label === 'string') return label;
  const namespace = 'namespace' in each ? each.namespace : undefined;
  return namespace === undefined ? each.name : `${namespace}.${each.name}`;
}

function isDeferred(each: SerializedTool): boolean {
  if (each.type === 'function') return each.deferLoading === true;
  return each.type === 'hosted_tool' && each.providerData?.['defer_loading'] === true;
}

const PATHS = {
  type: 'object',
  properties: { paths: { type: 'array', items: { type: 'string' } } },
  required: ['paths'],
  additionalProperties: false,
} as const;
