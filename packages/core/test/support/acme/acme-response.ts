import {
  type AgentOutputItem,
  isToolCall,
  ModelRequestError,
  type ModelResponse,
  type ModelStreamEvent,
  Usage,
} from '@baton/core/model';
import { PROVIDER } from './acme-request.js';
import type { AcmeLine, AcmePart, AcmeUsage } from './acme-wire.js';

/** A part as an item; what Baton has no word for is kept whole. */
export function toItem(part: AcmePart): AgentOutputItem {
  switch (part.type) {
    case 'text':
      return message({ type: 'output_text', text: String(part['text']) });
    case 'refusal':
      return message({ type: 'refusal', refusal: String(part['text']) });
    case 'call':
      return {
        type: 'function_call',
        callId: String(part['id']),
        name: String(part['name']),
        arguments: String(part['arguments']),
        status: 'completed',
      };
    case 'thought':
      return {
        type: 'reasoning',
        content: [{ type: 'input_text', text: String(part['text']) }],
        providerData: { provider: PROVIDER, part }, // has the seal that Acme wants back
      };
    default:
      return { type: 'unknown', providerData: { provider: PROVIDER, part } };
  }
}

export function toResponse(
  output: readonly AgentOutputItem[],
  { id, usage }: { readonly id: string; readonly usage: AcmeUsage },
): ModelResponse {
  return {
    output,
    responseId: id,
    finishReason: output.some(isToolCall) ? 'tool_calls' : 'stop',
    usage: new Usage({
      requests: 1,
      inputTokens: usage.input,
      outputTokens: usage.output,
      inputTokensDetails: { cached_tokens: usage.cached },
      outputTokensDetails: { reasoning_tokens: usage.thinking },
    }),
  };
}

/** Says Acme's lines in the delta protocol. */
export class AcmeStream {
  started = false;
  done = false;
  readonly #types: string[] = [];
  readonly #items: AgentOutputItem[] = [];

  *read(line: AcmeLine): Generator<ModelStreamEvent> {
    yield { type: 'model', event: line };
    switch (line.kind) {
      case 'start':
        this.started = true;
        this.#types[line.index] = line.part.type;
        return yield* this.#tell(line.index, 'start', line.part);
      case 'delta':
        return yield* this.#tell(line.index, 'delta', { type: '', text: line.text });
      case 'end': {
        const item = toItem(line.part);
        this.#items[line.index] = item;
        yield* this.#tell(line.index, 'end', line.part);
        yield { type: 'output_item_done', itemIndex: line.index, item };
        return;
      }
      case 'done':
        this.done = true;
        yield { type: 'response_done', response: toResponse(this.#items, line) };
        return;
      default:
        throw new ModelRequestError(
          `Acme sent a line of an unknown kind: ${JSON.stringify(line)}`,
          {
            errorCode: 'malformed_line',
            responseStarted: this.started,
          },
        );
    }
  }

  *#tell(
    itemIndex: number,
    step: 'start' | 'delta' | 'end',
    part: AcmePart,
  ): Generator<ModelStreamEvent> {
    const at = { itemIndex, contentIndex: 0 };
    const delta = String(part['text']);
    switch (this.#types[itemIndex]) {
      case 'text':
        if (step === 'delta') yield { type: 'output_text_delta', ...at, delta };
        else yield { type: `output_text_${step}`, ...at };
        return;
      case 'refusal':
        if (step === 'delta') yield { type: 'refusal_delta', ...at, delta };
        else yield { type: `refusal_${step}`, ...at };
        return;
      case 'thought':
        if (step === 'delta') yield { type: 'reasoning_delta', ...at, part: 'summary', delta };
        else yield { type: `reasoning_${step}`, ...at, part: 'summary' };
        return;
      case 'call':
        if (step === 'delta') yield { type: 'tool_call_arguments_delta', itemIndex, delta };
        else if (step === 'end') yield { type: 'tool_call_end', itemIndex };
        else {
          const [callId, name] = [String(part['id']), String(part['name'])];
          yield { type: 'tool_call_start', itemIndex, callId, name };
        }
        return;
      default: // an unknown part comes whole, when it is done
    }
  }
}

function message(
  part: Extract<AgentOutputItem, { readonly role: string }>['content'][number],
): AgentOutputItem {
  return { type: 'message', role: 'assistant', status: 'completed', content: [part] };
}
