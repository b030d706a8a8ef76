import type { ModelSettingsToolChoice } from '@baton/core/model';
import type { JsonRecord } from '@baton/openai-shared';
import type { ConvertedTools } from './convert-tools.js';

/** What `tool_choice` is made from. */
export interface ToolChoiceOptions {
  readonly tools: ConvertedTools;
  /** With a prompt template the tools may be in the template, so a tool can not be chosen by name [R2]. */
  readonly prompt: boolean;
}

/** The wire's `tool_choice`: a rule, a hosted tool's type, or a function by name [RSP-7, R5]. */
export function toWireToolChoice(
  choice: ModelSettingsToolChoice | undefined,
  { tools, prompt }: ToolChoiceOptions,
): string | JsonRecord | undefined {
  if (choice === undefined) return undefined;
  if (choice === 'auto' || choice === 'required' || choice === 'none') return choice;
  if (prompt && tools.json === undefined) return undefined;
  if (tools.functions.has(choice)) return { type: 'function', name: choice };
  if (COMPUTER.has(choice)) return { type: tools.computer ?? choice };
  return HOSTED.has(choice) ? { type: choice } : { type: 'function', name: choice };
}

const COMPUTER: ReadonlySet<string> = new Set(['computer', 'computer_use', 'computer_use_preview']);

const HOSTED: ReadonlySet<string> = new Set([
  'file_search',
  'web_search',
  'web_search_preview',
  'web_search_preview_2025_03_11',
  'image_generation',
  'code_interpreter',
  'mcp',
  'shell',
  'apply_patch',
  'programmatic_tool_calling',
]);
