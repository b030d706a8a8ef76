import { NestedInterruption } from '../tool/index.js';
import type { ToolResult } from '../tool/index.js';
import type { ToolInvocation } from './run-ports.js';

/** The port's own way to run a tool: here and now. */
export async function executeTool(invocation: ToolInvocation): Promise<ToolResult> {
  const { tool, runContext, input, details } = invocation;
  const value = await tool.invoke(runContext, input, details);
  if (value instanceof NestedInterruption) return { value: undefined, output: '', interrupted: true };
  return tool.toResult(value);
}
