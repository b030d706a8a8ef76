import type { AgentInputItem, ModelRequest } from '../../src/index.js';
import { requestBody } from '../../../openai-responses/src/request/request-body.js';
import { memoryOf } from '../../../openai-responses/src/request/run-memory.js';
import { ApiError, invalidRequest } from '../../../testing/src/http/api-error.js';
import type { JsonObject } from '../../../testing/src/json.js';
import { checkCallPairs, checkDuplicates } from '../../../testing/src/responses/checks/check-conversation.js';
import { checkReasoning } from '../../../testing/src/responses/checks/check-reasoning.js';
import { checkBody } from '../../../testing/src/responses/checks/check-request.js';
import { inputItems } from '../../../testing/src/responses/request.js';
import { responseStore } from '../../../testing/src/responses/response-store.js';

export const MODEL_NAME = 'gpt-5.4';

type ConversationItem = Parameters<typeof checkCallPairs>[0][number];

/** A request that OpenAI would accept. */
export interface AcceptedRequest {
  readonly previous: string | null;
  readonly input: readonly ConversationItem[];
}

/** The checks of the strict server of `@baton/testing`, without the HTTP before them. */
export class StrictServer {
  readonly #store = responseStore();

  /**
   * Reads a request as it goes over the wire.
   *
   * @throws ApiError where OpenAI would refuse it.
   */
  read(request: ModelRequest, model: object): AcceptedRequest {
    const memory = memoryOf(request, model);
    const text = requestBody(request, { model: MODEL_NAME, stream: false, memory });
    // Of what comes in, the body alone is looked at.
    const body = checkBody({ body: JSON.parse(text) as unknown } as Parameters<typeof checkBody>[0]);
    const previous = body.previous_response_id ?? null;
    const input = inputItems(body);
    this.#check(this.#known(previous), input);
    return { previous, input };
  }

  /** Keeps a response, so that later requests are held to it. */
  keep(id: string, output: readonly (JsonObject & { id: string; type: string })[], to: AcceptedRequest): void {
    const response = { id, status: 'completed', previous_response_id: to.previous } as const;
    this.#store.save({ ...response, output }, to.input);
  }

  /** Why OpenAI would not take these items as a conversation; `undefined` where it would. */
  problemOf(items: readonly AgentInputItem[]): string | undefined {
    try {
      this.read({ input: items, modelSettings: {}, tools: [], handoffs: [], outputType: 'text' }, this);
      return undefined;
    } catch (error) {
      if (error instanceof ApiError) return error.message;
      throw error;
    }
  }

  #known(previous: string | null): readonly ConversationItem[] {
    if (previous === null) return [];
    if (this.#store.get(previous) === undefined) throw invalidRequest(`There is no response ${previous}.`);
    return this.#store.conversation(previous);
  }

  #check(known: readonly ConversationItem[], input: readonly ConversationItem[]): void {
    const all = [...known, ...input];
    checkDuplicates(all);
    // All that it asks for is how reasoning and other items belong together.
    const stores = { ...this.#store, responses: this.#store } as unknown as Parameters<typeof checkReasoning>[0];
    checkReasoning(stores, known, input);
    checkCallPairs(all);
  }
}
