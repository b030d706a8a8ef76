import { type ModelSettingsToolChoice, UserError } from '@baton/core/model';
import type { JsonRecord } from '@baton/openai-shared';
import type { ConvertedTools } from './convert-tools.js';

/** What `tool_choice` is made from. */
export interface ToolChoiceOptions {
  readonly tools: ConvertedTools;
  /** With a prompt template the tools may be in the template, so a tool can not be chosen by name [R2]. */
  readonly prompt: boolean;
}

/**
 * The wire's `tool_choice`: a rule, a hosted tool's type, an MCP server by its label, or a function by name
 * [RSP-7, R5].
 *
 * @throws UserError where the choice names something that can not be chosen.
 */
export function toWireToolChoice(
  choice: ModelSettingsToolChoice | undefined,
  { tools, prompt }: ToolChoiceOptions,
): string | JsonRecord | undefined {
  if (choice === undefined) return undefined;
  if (choice === 'auto' || choice === 'required' || choice === 'none') return choice;
  if (prompt && tools.json === undefined) return undefined;
  const { functions, customs, servers, computer, refused } = tools.choosable;
  if (functions.has(choice)) return { type: 'function', name: choice };
  if (customs.has(choice)) return { type: 'custom', name: choice };
  if (servers.has(choice)) return { type: 'mcp', server_label: choice };
  const why = refused.get(choice);
  if (why !== undefined) {
    throw new UserError(
      `The tool choice "${choice}" ${why}, so the model can not be told to call it. Choose 'auto', 'required' or another tool.`,
    );
  }
  if (COMPUTER.has(choice)) return { type: computer ?? choice };
  if (choice === 'mcp') return oneServer(servers);
  return HOSTED.has(choice) ? { type: choice } : { type: 'function', name: choice };
}

function oneServer(servers: ReadonlySet<string>): JsonRecord {
  const [label, ...others] = servers;
  if (others.length > 0) {
    throw new UserError(
      `The tool choice "mcp" could mean any of these servers: ${[...servers].join(', ')}. Choose one by its label.`,
    );
  }
  return { type: 'mcp', ...(label !== undefined && { server_label: label }) };
}

const COMPUTER: ReadonlySet<string> = new Set(['computer', 'computer_use', 'computer_use_preview']);

const HOSTED: ReadonlySet<string> = new Set([
  'file_search',
  'web_search',
  'web_search_preview',
  'web_search_preview_2025_03_11',
  'image_generation',
  'code_interpreter',
  'shell',
  'apply_patch',
  'programmatic_tool_calling',
]);
