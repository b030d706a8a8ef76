import {
  type AgentInputItem,
  type ComputerCallResultItem,
  type FunctionCallItem,
  type FunctionCallResultItem,
  type MessageItem,
  type ReasoningItem,
  type ShellCallResultItem,
  UserError,
} from '@baton/core/model';
import type { ConvertContext } from './convert-context.js';
import { convertHostedCall } from './convert-hosted-call.js';
import type { MessagePiece } from './message-piece.js';
import { toolCall, toolOutput } from './to-wire-call.js';
import { toolOutputContent } from './tool-output.js';
import { areTexts, unhandled } from './unhandled.js';

type ForeignItem = Exclude<
  AgentInputItem,
  MessageItem | ReasoningItem | FunctionCallItem | FunctionCallResultItem
>;

/**
 * Items that only the Responses API has, as a run has them after a handoff from an agent there [D15]. What has a
 * call and an output is told as a function call and its output, under the tool's name; what the model needs not
 * know of is left out.
 *
 * @throws UserError for what holds a part of the conversation that nothing else has, and in strict mode for all.
 */
export function convertForeignItem(item: ForeignItem, context: ConvertContext): MessagePiece {
  switch (item.type) {
    case 'hosted_tool_call':
      if (!areTexts(item.name)) throw unhandled(item);
      if (item.name === MCP_LIST) return leftOut(item.name, context);
      told(item.name, context);
      return convertHostedCall(item, context);
    case 'computer_call':
      told('computer', context);
      return call(item.callId, 'computer', item.actions ?? (item.action && [item.action]) ?? []);
    case 'shell_call':
      told('shell', context);
      return call(item.callId, 'shell', item.action);
    case 'apply_patch_call':
      told('apply_patch', context);
      return call(item.callId, 'apply_patch', item.operation);
    case 'computer_call_result':
      return toolOutput(item.callId, screenshot(item, context));
    case 'shell_call_output':
      return toolOutput(item.callId, shellText(item));
    case 'apply_patch_call_output':
      return toolOutput(item.callId, item.output ?? item.status);
    case 'hosted_approval_request':
    case 'hosted_approval_response':
      return leftOut('mcp', context);
    case 'compaction':
      throw new UserError(
        'Compaction items are not supported by Chat Completions: they are sealed, and stand for a part of the ' +
          'conversation that nothing else has. Keep the whole history for this model, or use a Responses model.',
      );
    case 'unknown':
      return unknownItem(item, context);
    default:
      item satisfies never;
      throw unhandled(item);
  }
}

/** In strict mode an error, else said once. */
function told(
  tool: string,
  { strict, warnings }: ConvertContext,
  instead = 'Telling the model of it as of a function call',
): void {
  const message = `Hosted tool calls are not supported for chat completions. Got item of the tool: ${tool}.`;
  if (strict) throw new UserError(message);
  warnings.once(
    `hosted_item:${tool}`,
    `${message} ${instead}; enable strict feature validation to raise an error instead.`,
  );
}

/** What is between the provider and the app is nothing to tell a model of that has no such tools. */
function leftOut(tool: string, context: ConvertContext): MessagePiece {
  told(tool, context, 'Leaving it out');
  return LEFT_OUT;
}

function call(callId: string, name: string, input: unknown): MessagePiece {
  const args = Array.isArray(input) ? { actions: input } : input;
  return toolCall(callId, { name, arguments: JSON.stringify(args) });
}

function screenshot(
  item: ComputerCallResultItem,
  context: ConvertContext,
): ReturnType<typeof toolOutputContent> {
  const parts = [{ type: 'input_image', image: item.output.data }] as const;
  return toolOutputContent(parts, item, context);
}

function shellText({ output }: ShellCallResultItem): string {
  return JSON.stringify(
    output.map(({ stdout, stderr, outcome }) => ({
      stdout,
      stderr,
      ...(outcome.type === 'exit' ? { exit_code: outcome.exitCode } : { timed_out: true }),
    })),
  );
}

function unknownItem(
  item: Extract<AgentInputItem, { readonly type: 'unknown' }>,
  { strict, warnings }: ConvertContext,
): MessagePiece {
  const data = item.providerData ?? {};
  const type = String(data['type'] ?? 'unknown');
  if (type === 'item_reference') {
    throw new UserError(
      'Encountered an item_reference, which is not supported: Chat Completions keeps no items. Pass the item itself.',
    );
  }
  // What no provider made is a mistake of the app.
  if (data.provider === undefined) throw unhandled(item);
  const message = `Items of the type ${JSON.stringify(type)} are not supported by Chat Completions.`;
  if (strict) throw new UserError(message);
  warnings.once(`unknown_item:${type}`, `${message} They are left out.`);
  return LEFT_OUT;
}

/** What an agent may call over there. */
const MCP_LIST = 'mcp_list_tools';
const LEFT_OUT: MessagePiece = { kind: 'nothing' };
