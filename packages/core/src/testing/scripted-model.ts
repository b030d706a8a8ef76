import { UserError } from '../error/index.js';
import { systemRuntime } from '../internal/runtime.js';
import { assistant, toInputItems } from '../item/index.js';
import type {
  AgentInputItem,
  AgentOutputItem,
  FunctionCallItem,
  ReasoningItem,
} from '../item/index.js';
import { Usage } from '../model/index.js';
import type {
  Model,
  ModelCapabilities,
  ModelRequest,
  ModelResponse,
  ModelStreamEvent,
} from '../model/index.js';
import { streamResponse } from './stream-response.js';

/** One answer of a scripted model: items, a whole response, an error to fail with, or a function of the request. */
export type ScriptedAnswer =
  | string
  | AgentOutputItem
  | readonly AgentOutputItem[]
  | Partial<ModelResponse>
  | Error
  | ((request: ModelRequest, turn: number) => ScriptedAnswer | Promise<ScriptedAnswer>);

/** How a scripted model behaves beside its script. */
export interface ScriptedModelOptions {
  readonly name?: string;
  readonly capabilities?: Partial<ModelCapabilities>;
  /** Milliseconds before each answer, and between the events of a streamed one; none by default. */
  readonly delayMs?: number;
  /** Begin again when the script is through; otherwise one more call is an error. */
  readonly repeat?: boolean;
}

/** A call as a scripted model saw it: the input is a copy of the list of that moment. */
export interface RecordedModelCall {
  readonly request: ModelRequest;
  readonly input: readonly AgentInputItem[];
  readonly streamed: boolean;
}

/**
 * A model that answers from a script and records what it was asked: for tests of agents, without a
 * network. Streamed, it speaks the full delta protocol.
 *
 * @example
 * ```ts
 * import { Agent, run } from '@baton/core';
 * import { functionCall, ScriptedModel } from '@baton/core/testing';
 *
 * const model = new ScriptedModel([functionCall('get_weather', { city: 'Rome' }), 'It is sunny.']);
 * export const result = run(new Agent({ name: 'Weather', model }), 'How is Rome?');
 * ```
 */
export class ScriptedModel implements Model {
  readonly name: string;
  readonly capabilities: Partial<ModelCapabilities>;
  readonly calls: RecordedModelCall[] = [];
  readonly #script: readonly ScriptedAnswer[];
  readonly #options: ScriptedModelOptions;

  constructor(script: readonly ScriptedAnswer[], options: ScriptedModelOptions = {}) {
    this.#script = script;
    this.#options = options;
    this.name = options.name ?? 'scripted-model';
    this.capabilities = options.capabilities ?? {};
  }

  /** Answers of the script that nobody has asked for yet. */
  get remaining(): number {
    return Math.max(0, this.#script.length - this.calls.length);
  }

  async getResponse(request: ModelRequest): Promise<ModelResponse> {
    const response = await this.#answer(request, false);
    await this.#delay(request.signal);
    return response;
  }

  async *getStreamedResponse(request: ModelRequest): AsyncGenerator<ModelStreamEvent> {
    for (const event of streamResponse(await this.#answer(request, true))) {
      await this.#delay(request.signal);
      yield event;
    }
  }

  async #answer(request: ModelRequest, streamed: boolean): Promise<ModelResponse> {
    request.signal?.throwIfAborted();
    const turn = this.calls.length;
    this.calls.push({ request, input: toInputItems(request.input), streamed });
    const index = this.#options.repeat === true ? turn % this.#script.length : turn;
    let answer = this.#script[index];
    if (answer === undefined) {
      throw new UserError(
        `The scripted model was called ${turn + 1} times but its script has ${this.#script.length} answers. Add answers, or set repeat.`,
      );
    }
    while (typeof answer === 'function') answer = await answer(request, turn);
    if (answer instanceof Error) throw answer;
    return toResponse(answer, turn);
  }

  async #delay(signal: AbortSignal | undefined): Promise<void> {
    const { delayMs } = this.#options;
    if (delayMs === undefined) return;
    await systemRuntime.sleep(delayMs, signal);
  }
}

/** A function call for a script; call ids are made from the name and arguments unless given. */
export function functionCall(
  name: string,
  args: Readonly<Record<string, unknown>> | string = {},
  callId?: string,
): FunctionCallItem {
  const text = typeof args === 'string' ? args : JSON.stringify(args);
  return {
    type: 'function_call',
    callId: callId ?? `call_${name}_${checksum(text)}`,
    name,
    arguments: text,
    status: 'completed',
  };
}

/** A reasoning item with a summary, for a script. */
export function reasoning(summary: string): ReasoningItem {
  return { type: 'reasoning', content: [{ type: 'input_text', text: summary }] };
}

function toResponse(
  answer: Exclude<ScriptedAnswer, Error | ((...args: never) => unknown)>,
  turn: number,
): ModelResponse {
  if (typeof answer === 'string') return responseOf([assistant(answer)], turn);
  if (isList(answer)) return responseOf(answer, turn);
  return isItem(answer) ? responseOf([answer], turn) : { ...responseOf([], turn), ...answer };
}

function isItem(answer: AgentOutputItem | Partial<ModelResponse>): answer is AgentOutputItem {
  return 'type' in answer || 'role' in answer;
}

function isList(
  answer: AgentOutputItem | readonly AgentOutputItem[] | Partial<ModelResponse>,
): answer is readonly AgentOutputItem[] {
  return Array.isArray(answer);
}

function responseOf(output: readonly AgentOutputItem[], turn: number): ModelResponse {
  return {
    output,
    usage: new Usage({ requests: 1, inputTokens: 10, outputTokens: 5 }),
    responseId: `resp_${turn + 1}`,
  };
}

/** Tells arguments apart, so that two calls of one tool in one turn get two ids. */
function checksum(text: string): string {
  let sum = 0;
  for (let i = 0; i < text.length; i++) sum = (sum * 31 + text.charCodeAt(i)) >>> 0;
  return sum.toString(36);
}
