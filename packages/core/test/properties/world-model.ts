import type { Model, ModelRequest, ModelResponse, ModelStreamEvent } from '../../src/index.js';
import { ModelBehaviorError, ModelRequestError } from '../../src/index.js';
import { Usage } from '../../src/model/index.js';
import { streamResponse } from '../../src/testing/index.js';
import { providerMark } from '../../../openai-responses/src/provider-mark.js';
import { readOutput } from '../../../openai-responses/src/response/model-response.js';
import { ApiError } from '../../../testing/src/http/api-error.js';

import type { Activity, Process } from './process.js';
import { MODEL_NAME } from './strict-server.js';
import type { AcceptedRequest } from './strict-server.js';
import { writeOutput } from './world-output.js';
import type { AgentPlan, TurnPlan } from './world-plan.js';

/** The agent as its model's provider knows it. */
export interface ModelOf {
  readonly key: string;
  readonly plan: AgentPlan;
  /** What the model can call: tools, then agents used as tools. */
  readonly toolNames: readonly string[];
  readonly handoffNames: readonly string[];
}

const mark = providerMark(MODEL_NAME);

/** Said when all plans are used up. */
const LAST_TURN: TurnPlan = {
  latency: 0,
  moreLatency: 0,
  deaf: false,
  before: [],
  calls: [],
  handoffs: [],
  answer: 'json',
  fails: 'no',
};

interface Call {
  readonly id: string;
  readonly turn: TurnPlan;
  readonly request: ModelRequest;
  readonly checked: AcceptedRequest | undefined;
}

/** A model that answers by its agent's plan; its provider refuses what OpenAI refuses. */
export class WorldModel implements Model {
  readonly name: string = MODEL_NAME;
  readonly #process: Process;
  readonly #of: ModelOf;

  constructor(process: Process, of: ModelOf) {
    this.#process = process;
    this.#of = of;
  }

  getResponse(request: ModelRequest): Promise<ModelResponse> {
    return this.#process.during(this.#activity(request), async () => {
      const call = this.#begin(request);
      await this.#wait(call, call.turn.latency);
      await this.#wait(call, call.turn.moreLatency);
      this.#failIfPlanned(call);
      return this.#answer(call);
    });
  }

  async *getStreamedResponse(request: ModelRequest): AsyncGenerator<ModelStreamEvent> {
    const process = this.#process;
    const activity = this.#activity(request);
    process.active.add(activity);
    try {
      await process.step();
      const call = this.#begin(request);
      await this.#wait(call, call.turn.latency);
      const { fails } = call.turn;
      if (fails === 'foreign' || fails === 'request') await this.#wait(call, call.turn.moreLatency);
      if (fails === 'foreign' || fails === 'request') this.#failIfPlanned(call);
      const response = this.#answer(call);
      const events = [...streamResponse(response)];
      const half = Math.floor(events.length / 2);
      for (const [index, event] of events.entries()) {
        if (index === half) {
          await this.#wait(call, call.turn.moreLatency);
          if (fails !== 'no_end') this.#failIfPlanned(call);
        }
        await process.step();
        if (event.type !== 'response_done' || fails !== 'no_end') yield event;
      }
    } finally {
      process.active.delete(activity);
    }
  }

  #begin(request: ModelRequest): Call {
    const { key, plan } = this.#of;
    const { world } = this.#process;
    this.#process.noteAttempt(request);
    const number = world.nextModelCall(key);
    let checked: AcceptedRequest | undefined;
    try {
      checked = world.server.read(request, this);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      world.broken(`a model call is refused: ${error.message}`);
    }
    return { id: `${key}_${number}`, turn: plan.turns[number] ?? LAST_TURN, request, checked };
  }

  #wait({ id, turn, request }: Call, latency: number): Promise<void> {
    return this.#process.time.sleep(latency, `model ${id}`, turn.deaf ? undefined : request.signal);
  }

  #failIfPlanned(call: Call): void {
    const { fails } = call.turn;
    if (fails === 'no') return;
    this.#process.world.seen(`a model that fails: ${fails}`);
    if (fails === 'foreign') throw new Error('The model is out of order.');
    if (fails === 'no_end') {
      throw new ModelBehaviorError(
        'The model did not produce a final response: its stream ended without one. Try again, or report it to the provider.',
      );
    }
    throw new ModelRequestError('The model cannot be reached.', {
      isNetworkError: true,
      responseStarted: fails === 'break',
    });
  }

  #answer({ id, turn, checked }: Call): ModelResponse {
    const output = writeOutput(id, turn, this.#of);
    const responseId = `resp_${id}`;
    if (checked !== undefined) this.#process.world.server.keep(responseId, output, checked);
    return {
      output: readOutput({ output }, mark),
      usage: new Usage({ requests: 1, inputTokens: 3, outputTokens: 2 }),
      responseId,
    };
  }

  #activity(request: ModelRequest): Activity {
    return {
      what: `a model call of ${this.#of.key}`,
      // A model that does not listen must not hold up a cancelled run.
      mayBeLeft: () => request.signal?.aborted === true,
    };
  }
}
