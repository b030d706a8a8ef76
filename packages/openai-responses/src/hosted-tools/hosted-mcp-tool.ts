import { UserError } from '@baton/core/model';
import type { JsonRecord } from '@baton/openai-shared';
import { hostedTool, type OpenAIHostedTool, type ToolAllowedCaller } from './hosted-tool.js';

/** Some tools of a server, by name or by whether they only read. */
export interface HostedMCPToolFilter {
  readonly toolNames?: readonly string[];
  /** Tools that their server marks as reading only. */
  readonly readOnly?: boolean;
}

/** Options of {@link hostedMcpTool}. */
export interface HostedMCPToolOptions<TContext = unknown> {
  /** What the model, tool choices and approvals call the server. */
  readonly serverLabel: string;
  /** Where the server is. This or `connectorId`. */
  readonly serverUrl?: string;
  /** One of OpenAI's connectors, e.g. `connector_gmail`. This or `serverUrl`. */
  readonly connectorId?: string;
  /** An OAuth access token for the server. */
  readonly authorization?: string;
  /** Headers of the calls to the server. */
  readonly headers?: Readonly<Record<string, string>>;
  /** What the server is for. */
  readonly serverDescription?: string;
  /** The tools the model may call. Default: all of them. */
  readonly allowedTools?: readonly string[] | HostedMCPToolFilter;
  /** Default: the model only. */
  readonly allowedCallers?: readonly ToolAllowedCaller[];
  /** Whether the tools are only loaded when a tool search finds them; needs `toolSearchTool()`. */
  readonly deferLoading?: boolean;
  /** Which calls wait for an approval. Default `never`. */
  readonly requireApproval?:
    | 'never'
    | 'always'
    | { readonly always?: HostedMCPToolFilter; readonly never?: HostedMCPToolFilter };
  /** Decides at once on a call that waits for an approval; without it the run is interrupted. */
  readonly onApproval?: (
    runContext: { readonly context: TContext },
    request: HostedMCPApprovalRequest,
  ) => HostedMCPApprovalAnswer | Promise<HostedMCPApprovalAnswer>;
}

/** A call that waits for an approval. */
export interface HostedMCPApprovalRequest {
  /** The server's label and the tool's name, e.g. `docs.search`. */
  readonly name: string;
  /** JSON text as the model wrote it. */
  readonly arguments: string;
}

/** What `onApproval` says; `reason` is what the model reads of a refusal. */
export interface HostedMCPApprovalAnswer {
  readonly approve: boolean;
  readonly reason?: string;
}

/** A hosted MCP server: made by `hostedMcpTool()`. */
export interface HostedMCPTool<TContext = unknown> extends OpenAIHostedTool {
  readonly serverLabel: string;
  readonly onApproval?: HostedMCPToolOptions<TContext>['onApproval'] & {};
}

/**
 * Lets the model call the tools of an MCP server; OpenAI talks to the server, this process does not.
 *
 * @throws UserError where the label is empty, or where there is not exactly one of `serverUrl` and
 *   `connectorId`.
 *
 * @example
 * ```ts
 * import { Agent, hostedMcpTool } from '@baton/agents';
 *
 * const docs = hostedMcpTool({ serverLabel: 'docs', serverUrl: 'https://example.com/mcp' });
 * export const helper = new Agent({ name: 'Helper', tools: [docs] });
 * ```
 */
export function hostedMcpTool<TContext = unknown>(
  options: HostedMCPToolOptions<TContext>,
): HostedMCPTool<TContext> {
  const { serverLabel, serverUrl, connectorId, requireApproval = 'never' } = options;
  if (serverLabel === '') {
    throw new UserError('hostedMcpTool() has an empty serverLabel. Name the server.');
  }
  if ((serverUrl === undefined) === (connectorId === undefined)) {
    throw new UserError(
      `hostedMcpTool() of "${serverLabel}" has ${serverUrl === undefined ? 'neither' : 'both'} serverUrl and connectorId. ` +
        'Pass one of them.',
    );
  }
  const tool = hostedTool('hosted_mcp', {
    type: 'mcp',
    server_label: serverLabel,
    server_url: serverUrl,
    connector_id: connectorId,
    authorization: options.authorization,
    headers: options.headers,
    server_description: options.serverDescription,
    allowed_tools: toAllowedTools(options.allowedTools),
    allowed_callers: options.allowedCallers,
    defer_loading: options.deferLoading === true ? true : undefined,
    require_approval: toRequireApproval(serverLabel, requireApproval),
  });
  const { onApproval } = options;
  return { ...tool, serverLabel, ...(onApproval !== undefined && { onApproval }) };
}

/** A list of names goes as a filter: OpenAI answers with one either way. */
function toAllowedTools(allowed: HostedMCPToolOptions['allowedTools']): JsonRecord | undefined {
  if (allowed === undefined) return undefined;
  return isNames(allowed) ? { tool_names: allowed } : toFilter(allowed);
}

function isNames(allowed: readonly string[] | HostedMCPToolFilter): allowed is readonly string[] {
  return Array.isArray(allowed);
}

function toFilter({ toolNames, readOnly }: HostedMCPToolFilter): JsonRecord {
  return {
    ...(toolNames !== undefined && { tool_names: toolNames }),
    ...(readOnly !== undefined && { read_only: readOnly }),
  };
}

/** A policy that says nothing would approve nothing or everything, whoever reads it [JS-50]. */
function toRequireApproval(
  label: string,
  policy: NonNullable<HostedMCPToolOptions['requireApproval']>,
): string | JsonRecord {
  if (policy === 'never' || policy === 'always') return policy;
  const { always, never } = policy;
  if (always === undefined && never === undefined) {
    throw new UserError(
      `requireApproval of hostedMcpTool() of "${label}" says nothing. Pass 'always', 'never', or { always, never } with tools.`,
    );
  }
  const both = always?.toolNames?.find((name) => never?.toolNames?.includes(name));
  if (both !== undefined) {
    throw new UserError(
      `requireApproval of hostedMcpTool() of "${label}" has "${both}" under always and under never. Decide on one.`,
    );
  }
  return {
    ...(always !== undefined && { always: toFilter(always) }),
    ...(never !== undefined && { never: toFilter(never) }),
  };
}
