import {
  type AgentInputItem,
  type ModelRequest,
  providerDataFor,
  toInputItems,
  UserError,
} from '@baton/core/model';
import type { AcmePart } from './acme-wire.js';

/** The mark on everything Acme makes. */
export const PROVIDER = 'acme';

/** The body of `POST /chat`. */
export function toBody(request: ModelRequest, model: string, stream: boolean): string {
  const { modelSettings: settings, outputType } = request;
  return JSON.stringify({
    model,
    stream,
    system: request.systemInstructions,
    messages: toInputItems(request.input).flatMap(toWire),
    tools: [...request.tools.map(toolToWire), ...request.handoffs.map(handoffToWire)],
    answer_schema: outputType === 'text' ? undefined : outputType.schema,
    temperature: settings.temperature,
    max_tokens: settings.maxTokens,
    ...settings.providerData, // the app's own words for what Baton has none for
  });
}

/** An item as Acme takes it; nothing for what only another provider understands. */
function toWire(item: AgentInputItem): readonly object[] {
  if ('role' in item) return [{ role: item.role, text: textOf(item.content) }];
  switch (item.type) {
    case 'function_call':
      return [{ role: 'model', part: callToWire(item) }];
    case 'function_call_result':
      return [{ role: 'tool', call_id: item.callId, text: textOf(item.output) }];
    case 'reasoning':
    case 'unknown': {
      const part = providerDataFor(item, PROVIDER)?.['part']; // only what Acme itself gave
      return part === undefined ? [] : [{ role: 'model', part }];
    }
    default:
      throw new UserError(`Acme has no ${item.type}. Use function tools with this model.`);
  }
}

function callToWire(call: { callId: string; name: string; arguments: string }): AcmePart {
  return { type: 'call', id: call.callId, name: call.name, arguments: call.arguments };
}

function toolToWire(tool: ModelRequest['tools'][number]): object {
  if (tool.type !== 'function') {
    throw new UserError(`Acme has no ${tool.type} tools. Use function tools with this model.`);
  }
  return { name: tool.name, description: tool.description, parameters: tool.parameters };
}

function handoffToWire(handoff: ModelRequest['handoffs'][number]): object {
  const { toolName: name, toolDescription: description, inputJsonSchema: parameters } = handoff;
  return { name, description, parameters };
}

function textOf(content: string | readonly { readonly type: string }[]): string {
  if (typeof content === 'string') return content;
  return content.map(textOfPart).join('');
}

function textOfPart(part: { readonly type: string }): string {
  if ('text' in part && typeof part.text === 'string') return part.text;
  if ('refusal' in part && typeof part.refusal === 'string') return part.refusal;
  throw new UserError(`Acme reads text only, and was given ${part.type}.`);
}
