import type { SerializedHostedTool } from '@baton/core/model';
import type { JsonRecord } from '@baton/openai-shared';

/** A tool that OpenAI runs by itself, to be put among an agent's tools. */
export interface OpenAIHostedTool extends SerializedHostedTool {
  /** The tool as the wire takes it, plus what it wants of the request (`include_search_results`, …). */
  readonly providerData: JsonRecord & { readonly type: string };
}

/** Who may call a tool: the model itself, or the programs it writes (`programmaticToolCallingTool()`). */
export type ToolAllowedCaller = 'direct' | 'programmatic';

/** A hosted tool with the fields that are set. */
export function hostedTool(
  name: string,
  { type, ...fields }: JsonRecord & { readonly type: string },
): OpenAIHostedTool {
  const set = Object.entries(fields).filter(([, value]) => value !== undefined);
  return { type: 'hosted_tool', name, providerData: { type, ...Object.fromEntries(set) } };
}
