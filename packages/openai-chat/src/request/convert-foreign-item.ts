import {
  type AgentInputItem,
  type ComputerCallResultItem,
  type FunctionCallItem,
  type FunctionCallResultItem,
  type HostedToolCallItem,
  type MessageItem,
  type ReasoningItem,
  type ShellCallResultItem,
  UserError,
} from '@baton/core/model';
import type { ConvertContext } from './convert-context.js';
import type { MessagePiece } from './message-piece.js';
import { functionName, toolCall, toolOutput } from './to-wire-call.js';
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
      told(item.name, context);
      return hostedCall(item);
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
      told('mcp', context);
      return LEFT_OUT;
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
function told(tool: string, { strict, warnings }: ConvertContext): void {
  const message = `Hosted tool calls are not supported for chat completions. Got item of the tool: ${tool}.`;
  if (strict) throw new UserError(message);
  warnings.once(
    `hosted_item:${tool}`,
    `${message} Telling the model of it as of a function call; enable strict feature validation to raise an error instead.`,
  );
}

/** Call and output in one item: an assistant message and its tool message. */
function hostedCall(item: HostedToolCallItem): MessagePiece {
  const { queries } = item.providerData ?? {};
  // Ids of items are longer than OpenAI lets ids of tool calls be; their ends differ.
  const id = (item.id ?? `hosted_${item.name}`).slice(-MAX_CALL_ID);
  // Without arguments of its own, what a file search looked for [CC-12].
  const args = item.arguments ?? JSON.stringify({ queries, status: item.status });
  const pieces = [
    toolCall(id, { name: functionName(item.name), arguments: args }),
    toolOutput(id, asText(item.output ?? item.status ?? 'completed')),
  ];
  const [made, answered] = pieces.map((piece) => ('json' in piece ? piece.json : ''));
  return {
    kind: 'message',
    json: `{"role":"assistant","content":null,"tool_calls":[${made}]},${answered}`,
  };
}

/** By its type it is a text; callers without types may have something else. */
function asText(output: unknown): string {
  return typeof output === 'string' ? output : JSON.stringify(output);
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

/** OpenAI answers 400 to a longer one. */
const MAX_CALL_ID = 40;
const LEFT_OUT: MessagePiece = { kind: 'nothing' };
