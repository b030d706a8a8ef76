import type { Model, ModelRequest, ModelResponse, ModelStreamEvent } from '../../model/index.js';
import { show } from '../contract/expect-same.js';
import { until, within } from '../contract/waiting.js';
import type { ModelTestFeature, ModelTestSetup, PreparedModel } from './model-test-setup.js';
import type { ProviderReply } from './provider-reply.js';

/** The two ways a model answers. */
export type Mode = 'plain' | 'streamed';

/** What a reply of the suite says; the rest has a default. */
export type ReplyChanges = Partial<ProviderReply>;

/** What became of a call that failed: what was streamed before, and the failure. */
export interface Failure {
  readonly error: unknown;
  readonly events: readonly ModelStreamEvent[];
}

/** Where one law is tried: prepares models, calls them with a time limit, and cleans up. */
export class ModelLab {
  readonly #setup: ModelTestSetup;
  readonly #prepared: PreparedModel[] = [];

  constructor(setup: ModelTestSetup) {
    this.#setup = setup;
  }

  async prepare(replies: readonly ReplyChanges[]): Promise<PreparedModel> {
    const prepared = await this.#setup.prepare(
      replies.map((reply) => ({ ...plainReply, ...reply })),
    );
    this.#prepared.push(prepared);
    return prepared;
  }

  /** Models that all of one law is tried on are closed together. */
  async close(): Promise<void> {
    for (const prepared of this.#prepared) await prepared.close?.();
  }

  has(feature: ModelTestFeature): boolean {
    return this.#setup.without?.includes(feature) !== true;
  }

  /** The response of a call that has to succeed. */
  async ask(model: Model, request: ModelRequest, mode: Mode): Promise<ModelResponse> {
    if (mode === 'streamed') return lastResponse(await this.stream(model, request));
    try {
      return await this.within(model.getResponse(request), 'getResponse() settles');
    } catch (error) {
      throw new Error(`Expected a response of getResponse(), came ${show(error)}`, {
        cause: error,
      });
    }
  }

  /** The events of a stream that has to succeed. */
  async stream(model: Model, request: ModelRequest): Promise<readonly ModelStreamEvent[]> {
    const events: ModelStreamEvent[] = [];
    try {
      await this.within(
        drain(model, request, (event) => events.push(event)),
        'the stream ends',
      );
    } catch (error) {
      throw new Error(
        `Expected a complete stream, came ${show(error)} after ${show(events.map(({ type }) => type))}`,
        { cause: error },
      );
    }
    return events;
  }

  /**
   * The failure of a call that has to fail.
   *
   * @param onEvent Sees each event of a stream as it comes.
   */
  async fail(
    call: { readonly model: Model; readonly request: ModelRequest },
    mode: Mode,
    onEvent: (event: ModelStreamEvent) => void = () => undefined,
  ): Promise<Failure> {
    const events: ModelStreamEvent[] = [];
    const { model, request } = call;
    const outcome = async (): Promise<unknown> => {
      if (mode === 'plain') return await model.getResponse(request);
      await drain(model, request, (event) => {
        events.push(event);
        onEvent(event);
      });
      return events.map(({ type }) => type);
    };
    const settled = await this.within(
      outcome().then(
        (came) => ({ came }),
        (error: unknown) => ({ error }),
      ),
      mode === 'plain' ? 'getResponse() rejects' : 'the stream rejects',
    );
    if ('error' in settled) return { error: settled.error, events };
    throw new Error(
      mode === 'plain'
        ? `Expected that getResponse() rejects, came the response ${show(settled.came)}.`
        : `Expected that the stream throws, but it ended after ${show(settled.came)}.`,
    );
  }

  within<T>(promise: Promise<T>, what: string): Promise<T> {
    return within(promise, this.#timeoutMs, what);
  }

  until(holds: () => boolean, what: string): Promise<void> {
    return until(holds, this.#timeoutMs, what);
  }

  get #timeoutMs(): number {
    return this.#setup.timeoutMs ?? 4000;
  }
}

/** The response at the end of a stream. */
export function lastResponse(events: readonly ModelStreamEvent[]): ModelResponse {
  const last = events.at(-1);
  if (last?.type === 'response_done') return last.response;
  throw new Error(
    `Expected response_done as the last event of the stream, came ${last === undefined ? 'no event at all' : last.type}.`,
  );
}

/** Whether the event is a piece of what the model says. */
export function isDelta({ type }: ModelStreamEvent): boolean {
  return type.endsWith('_delta');
}

async function drain(
  model: Model,
  request: ModelRequest,
  onEvent: (event: ModelStreamEvent) => unknown,
): Promise<void> {
  for await (const event of model.getStreamedResponse(request)) onEvent(event);
}

const plainReply: ProviderReply = {
  output: [{ type: 'text', text: 'Nothing new.' }],
  usage: { inputTokens: 21, outputTokens: 8, cachedInputTokens: 4, reasoningTokens: 3 },
};
