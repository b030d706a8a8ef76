import type { AgentOutputItem } from '../item/index.js';
import type { ModelResponse, ModelStreamEvent } from '../model/index.js';
import type { Activation } from './activate-agent.js';
import { keepsConversation } from './conversation.js';
import { itemEvent } from './run-events.js';
import type { RunScope } from './run-scope.js';
import { toRunItem } from './transcript.js';

/** Tells of one response while it comes: its events, and each item as soon as it is complete, once. */
export class ResponseTeller {
  readonly #scope: RunScope;
  readonly #activation: Activation;
  #told: Set<number> | undefined;

  constructor(scope: RunScope, activation: Activation) {
    this.#scope = scope;
    this.#activation = activation;
  }

  /** A piece of a streamed response. */
  onEvent(data: ModelStreamEvent): void | Promise<void> {
    const written = this.#scope.ports.emit({ type: 'raw_model_stream_event', data });
    if (data.type !== 'output_item_done') return written;
    const tell = (): void | Promise<void> => this.#tellItem(data.itemIndex, data.item);
    return written === undefined ? tell() : written.then(tell);
  }

  /** The whole response: what it has that was not told yet. */
  async onResponse(response: ModelResponse): Promise<void> {
    for (const [index, item] of response.output.entries()) {
      const written = this.#tellItem(index, item);
      if (written !== undefined) await written;
    }
  }

  #tellItem(index: number, item: AgentOutputItem): void | Promise<void> {
    if (this.#told?.has(index) === true) return undefined;
    this.#told ??= new Set();
    this.#told.add(index);
    const { state, ports } = this.#scope;
    const runItem = toRunItem(
      {
        seq: -1, // not in the transcript yet
        turn: state.turn,
        agent: state.agentKey,
        origin: 'model',
        item,
        ...(isHandoffCall(this.#activation, item) && { handoff: true as const }),
      },
      state.graph,
    );
    return runItem === undefined ? undefined : ports.emit(itemEvent(runItem));
  }
}

/** Step 3: what came back goes into the transcript, and who listens is told of what it was not told yet. */
export function recordResponse(
  scope: RunScope,
  activation: Activation,
  { response, teller }: { readonly response: ModelResponse; readonly teller: ResponseTeller | undefined },
): void | Promise<void> {
  scope.state.recordResponse(response, {
    isHandoff: (item) => isHandoffCall(activation, item),
    kept: keepsConversation(activation.model),
  });
  return teller?.onResponse(response);
}

/** Handoff names are looked up before tool names [RUN-16]. */
function isHandoffCall(activation: Activation, item: AgentOutputItem): boolean {
  return item.type === 'function_call' && activation.handoffs.has(item.name);
}
