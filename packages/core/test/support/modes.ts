import { describe, expect, it } from 'vitest';
import { AgentsError, findUnpairedItems, MemorySession, Runner, RunState, toInputItems } from '../../src/index.js';
import type {
  AgentInputItem,
  AnyAgent,
  InputGuardrailResult,
  Model,
  ModelRequest,
  ModelResponse,
  OutputGuardrailResult,
  RunItem,
  RunOptions,
  RunResult,
  RunStateJson,
  RunStreamEvent,
  RunToolApprovalItem,
  Runtime,
  StreamedRunResult,
  UsageData,
} from '../../src/index.js';
import { systemRuntime } from '../../src/internal/runtime.js';
import { createAgentGraph } from '../../src/run/agent-graph.js';
import { ScriptedModel } from '../../src/testing/index.js';
import type { ScriptedAnswer, ScriptedModelOptions } from '../../src/testing/index.js';

/**
 * The ways to run a scenario: whole; streamed and read to the end; or streamed, stopped after every turn,
 * stored as JSON and brought back with new agent objects, as another process would.
 */
export type Mode = 'plain' | 'streamed' | 'resumed';

const MODES: readonly Mode[] = ['plain', 'streamed', 'resumed'];

/** What one process has: its own agents and options. */
export interface Process {
  readonly agent: AnyAgent;
  readonly options?: RunOptions<never>;
}

/** A run to try in every mode. */
export interface Scenario {
  /** Builds what a process has; called once per process. */
  readonly process: (world: World) => Process;
  /** Default: "Hi". A function makes it from the process, so that it can hold earlier items. */
  readonly input?: string | readonly AgentInputItem[];
  /** Decides on the calls that wait; without it the scenario ends at the interruption. */
  readonly answer?: (state: RunState, interruptions: readonly RunToolApprovalItem[]) => void;
  /** Inputs of a second, third … run after the first has ended without an error. */
  readonly then?: readonly string[];
  /** The conversation is expected to be incomplete: it came in like that. */
  readonly unpaired?: boolean;
}

/** What outlives a process: the models' providers, stores, and what was noted. */
export class World {
  readonly #models = new Map<string, ScriptedModel>();
  readonly #kept = new Map<string, unknown>();
  readonly log: string[] = [];
  /** What the models were asked, in order. */
  readonly requests: RequestView[] = [];

  /** A new model object; models of one name answer from one script, whatever process asks. */
  model(script: readonly ScriptedAnswer[], options: ScriptedModelOptions = {}): Model {
    const name = options.name ?? 'model';
    let provider = this.#models.get(name);
    if (provider === undefined) {
      provider = new ScriptedModel(script, { name, ...options });
      this.#models.set(name, provider);
    }
    return new ProcessModel(provider, this.requests);
  }

  /** Something that outlives a process, made once. */
  keep<T>(key: string, make: () => T): T {
    if (!this.#kept.has(key)) this.#kept.set(key, make());
    return this.#kept.get(key) as T; // made by the same call
  }

  /** The session of that name. */
  session(name = 'session', initialItems: readonly AgentInputItem[] = []): MemorySession {
    return this.keep(`session ${name}`, () => new MemorySession({ sessionId: name, initialItems }));
  }

  /** Writes down that something happened; compared between the modes. */
  note(text: string): void {
    this.log.push(text);
  }

  async sessions(): Promise<Record<string, AgentInputItem[]>> {
    const sessions: Record<string, AgentInputItem[]> = {};
    for (const [key, kept] of this.#kept) {
      if (kept instanceof MemorySession) sessions[key] = await kept.getItems();
    }
    return sessions;
  }
}

/** What a model was asked, as far as it must be the same in every mode. */
export interface RequestView extends Omit<ModelRequest, 'signal' | 'runMemory' | 'logger' | 'input' | 'tools' | 'handoffs'> {
  readonly model: string;
  readonly input: readonly AgentInputItem[];
  readonly tools: readonly string[];
  readonly handoffs: readonly string[];
}

/** A run item without its classes. */
export interface ItemView {
  readonly type: RunItem['type'];
  readonly rawItem: AgentInputItem;
  readonly agent: string;
  readonly target?: string;
  readonly output?: unknown;
}

/** What an error is to whoever catches it. */
export interface ErrorView {
  readonly name: string;
  readonly message: string;
  readonly class: unknown;
  readonly code: unknown;
  readonly cause: string | undefined;
}

/** What became of a scenario in one mode. */
export interface Outcome {
  readonly mode: Mode;
  /** Equal in every mode. */
  readonly history: readonly AgentInputItem[] | undefined;
  readonly newItems: readonly ItemView[] | undefined;
  readonly usage: UsageData | undefined;
  readonly finalOutput: unknown;
  readonly lastAgent: string | undefined;
  readonly requests: readonly RequestView[];
  readonly notes: readonly string[];
  readonly hooks: readonly string[];
  /** Notes and hooks in the order they came. */
  readonly log: readonly string[];
  readonly error: ErrorView | undefined;
  /** The calls that waited, round by round. */
  readonly asked: readonly (readonly string[])[];
  readonly inputGuardrailResults: readonly InputGuardrailResult[] | undefined;
  readonly outputGuardrailResults: readonly OutputGuardrailResult[] | undefined;
  readonly rawResponses: readonly ModelResponse[] | undefined;
  readonly lastResponseId: string | undefined;
  readonly session: readonly AgentInputItem[] | undefined;
  readonly state: RunStateJson | undefined;
  /** Different in each mode. */
  readonly thrown: unknown;
  readonly runState: RunState | undefined;
  readonly events: readonly RunStreamEvent[];
  /** How often the run was started. */
  readonly legs: number;
}

/** Tests one law in every mode, and that every mode gives the same. */
export function scenario(
  title: string,
  what: Scenario,
  check: (outcome: Outcome) => void | Promise<void>,
): void {
  describe(title, () => {
    it.each(MODES)('%s', async (mode) => {
      const outcome = await play(what, mode);
      if (mode === 'plain') {
        // Without listeners a run takes other paths; what it does stays the same.
        const unheard = await play(what, 'plain', { listen: false });
        expect({ ...comparable(unheard), hooks: outcome.hooks, log: outcome.log }).toEqual(
          comparable(outcome),
        );
      } else {
        expect(comparable(outcome)).toEqual(comparable(await play(what, 'plain')));
      }
      // Each start makes one model call at most, or the run was not stopped where it should be.
      if (mode === 'resumed') expect(outcome.legs).toBeGreaterThanOrEqual(outcome.requests.length);
      checkConversations(what, outcome);
      await check(outcome);
    });
  });
}

/** Runs a scenario in one mode. */
export async function play(
  what: Scenario,
  mode: Mode,
  { listen = true }: { readonly listen?: boolean } = {},
): Promise<Outcome> {
  const world = new World();
  const hooks: string[] = [];
  const log: string[] = [];
  const note = world.note.bind(world);
  world.note = (text) => {
    note(text);
    log.push(text);
  };
  const hook = (text: string): void => {
    hooks.push(text);
    log.push(text);
  };
  const player = new Player(what, world, mode, listen ? hook : undefined);
  let thrown: { error: unknown } | undefined;
  try {
    await player.play(what.input ?? 'Hi');
    for (const input of what.then ?? []) await player.play(input);
  } catch (error) {
    thrown = { error };
  }
  const result = player.result;
  // A plain run shows its state on Baton's own errors only, so others are compared without it.
  const foreign = thrown !== undefined && !(thrown.error instanceof AgentsError);
  const state = foreign ? undefined : (RunState.of(thrown?.error) ?? player.state);
  const sessions = Object.values(await world.sessions());
  return {
    mode,
    history: state?.history,
    newItems: state?.newItems.map(viewItem),
    usage: state?.context.usage.toJSON(),
    finalOutput: thrown === undefined ? result?.finalOutput : undefined,
    lastAgent: state?.currentAgent.name,
    requests: world.requests,
    notes: world.log,
    hooks,
    log,
    error: thrown && viewError(thrown.error),
    asked: player.asked,
    inputGuardrailResults: state?.inputGuardrailResults,
    outputGuardrailResults: state?.outputGuardrailResults.map((each) => ({
      ...each,
      agent: { name: each.agent.name },
    })),
    rawResponses: state?.rawResponses,
    lastResponseId: thrown === undefined ? result?.lastResponseId : undefined,
    session: sessions[0],
    state: state && (JSON.parse(state.toString()) as RunStateJson), // what toString writes
    thrown: thrown?.error,
    runState: player.state ?? state,
    events: player.events,
    legs: player.legs,
  };
}

type Start = (
  agent: AnyAgent,
  input: string | readonly AgentInputItem[] | RunState,
  options: RunOptions<never> & { readonly stream?: boolean },
) => Promise<RunResult | StreamedRunResult>;

class Player {
  readonly asked: (readonly string[])[] = [];
  readonly events: RunStreamEvent[] = [];
  state: RunState | undefined;
  result: RunResult | undefined;
  legs = 0;
  readonly #what: Scenario;
  readonly #world: World;
  readonly #mode: Mode;
  readonly #hook: ((text: string) => void) | undefined;

  constructor(what: Scenario, world: World, mode: Mode, hook: ((text: string) => void) | undefined) {
    this.#what = what;
    this.#world = world;
    this.#mode = mode;
    this.#hook = hook;
  }

  /** One run from its input to its end, over as many processes as the mode wants. */
  async play(input: string | readonly AgentInputItem[]): Promise<void> {
    const told: RunItem[] = [];
    let next: string | readonly AgentInputItem[] | RunState = input;
    let legs = 0;
    for (;;) {
      if (++legs > 40) throw new Error('The scenario does not end.');
      this.legs++;
      const { agent, start, options } = this.#newProcess();
      const from: typeof next = next instanceof RunState ? RunState.fromString(agent, next.toString()) : next;
      if (from instanceof RunState && from.phase.type === 'interruption') {
        this.asked.push(from.getInterruptions().map((each) => `${each.name} ${each.arguments}`));
        if (this.#what.answer === undefined) return;
        this.#what.answer(from, from.getInterruptions());
      }
      const result = await this.#leg(() => start(agent, from, options), told);
      this.result = result;
      this.state = result.state;
      const stopped = result instanceof Object && 'cancelled' in result && result.cancelled;
      if (!stopped && result.interruptions.length === 0) break;
      if (options.signal?.aborted === true) break;
      next = result.state;
    }
    if (this.#mode !== 'plain') this.#checkEvents(told);
  }

  async #leg(start: () => Promise<RunResult | StreamedRunResult>, told: RunItem[]): Promise<RunResult> {
    const result = await start();
    this.state = result.state;
    if (!('completed' in result)) return result;
    if (this.#mode === 'resumed') result.cancel({ mode: 'after_turn' });
    for await (const event of result) {
      this.events.push(event);
      if (event.type === 'run_item_stream_event') told.push(event.item);
    }
    await result.completed;
    return result;
  }

  #newProcess(): { agent: AnyAgent; start: Start; options: RunOptions<never> & { stream?: boolean } } {
    const { agent, options } = this.#what.process(this.#world);
    const runner = new Runner();
    if (this.#hook !== undefined) listenTo(runner, agent, this.#hook);
    return {
      agent,
      // The scenario gives the context its agents need; its type is not known here.
      start: runner.run as unknown as Start,
      options: {
        runtime: fixedRuntime,
        ...options,
        ...(this.#mode !== 'plain' && { stream: true }),
      },
    };
  }

  /** What was streamed is what the run produced, once and in order; approvals are gone once they are given. */
  #checkEvents(told: readonly RunItem[]): void {
    const lasting = told.filter((item) => item.type !== 'tool_approval_item');
    const produced = this.state?.newItems.filter((item) => item.type !== 'tool_approval_item');
    expect(lasting.map(viewItem)).toEqual(produced?.map(viewItem));
  }
}

/** The same ids in every mode. */
const fixedRuntime: Runtime = { ...systemRuntime, newId: (prefix) => `${prefix}_1` };

/** A model of one process in front of the provider that all processes share. */
class ProcessModel implements Model {
  readonly name: string;
  readonly capabilities: NonNullable<Model['capabilities']>;
  readonly #provider: ScriptedModel;
  readonly #requests: RequestView[];

  constructor(provider: ScriptedModel, requests: RequestView[]) {
    this.#provider = provider;
    this.#requests = requests;
    this.name = provider.name;
    this.capabilities = provider.capabilities;
  }

  getResponse: Model['getResponse'] = (request) => {
    this.#requests.push(viewRequest(this.name, request));
    return this.#provider.getResponse(request);
  };

  getStreamedResponse: Model['getStreamedResponse'] = (request) => {
    this.#requests.push(viewRequest(this.name, request));
    return this.#provider.getStreamedResponse(request);
  };
}

function listenTo(runner: Runner, start: AnyAgent, hook: (text: string) => void): void {
  runner.on('agent_start', (_c, agent, input) => hook(`run agent_start ${agent.name} ${input.length}`));
  runner.on('llm_start', (_c, agent) => hook(`run llm_start ${agent.name}`));
  runner.on('llm_end', (_c, agent, { output }) => hook(`run llm_end ${agent.name} ${output.length}`));
  runner.on('agent_tool_start', (_c, agent, tool) =>
    hook(`run agent_tool_start ${agent.name} ${tool.name}`),
  );
  runner.on('agent_tool_end', (_c, agent, tool, result) =>
    hook(`run agent_tool_end ${agent.name} ${tool.name} ${result}`),
  );
  runner.on('agent_handoff', (_c, from, to) => hook(`run agent_handoff ${from.name} ${to.name}`));
  runner.on('agent_end', (_c, agent, output) => hook(`run agent_end ${agent.name} ${output}`));
  for (const agent of createAgentGraph(start).agents()) {
    const { name } = agent;
    agent.on('agent_start', (_c, self, input) =>
      hook(`${name}: agent_start ${self.name} ${input.length}`),
    );
    agent.on('llm_start', () => hook(`${name}: llm_start`));
    agent.on('llm_end', () => hook(`${name}: llm_end`));
    agent.on('agent_tool_start', (_c, tool) => hook(`${name}: agent_tool_start ${tool.name}`));
    agent.on('agent_tool_end', (_c, tool, result) =>
      hook(`${name}: agent_tool_end ${tool.name} ${result}`),
    );
    agent.on('agent_handoff', (_c, from, to) => hook(`${name}: agent_handoff ${from.name} ${to.name}`));
    agent.on('agent_end', (_c, output) => hook(`${name}: agent_end ${output}`));
  }
}

/** What must not depend on the mode. */
function comparable(outcome: Outcome): object {
  const { mode: _mode, thrown: _thrown, runState: _state, events: _events, legs: _legs, ...rest } = outcome;
  return rest;
}

/** No model, no store and no caller is ever left with half a conversation. */
function checkConversations(what: Scenario, outcome: Outcome): void {
  if (what.unpaired === true) return;
  const complete = { calls: [], results: [] };
  if (outcome.history !== undefined) expect(findUnpairedItems(outcome.history)).toEqual(complete);
  if (outcome.session !== undefined) expect(findUnpairedItems(outcome.session)).toEqual(complete);
  for (const request of outcome.requests) {
    const kept = request.conversationId !== undefined || request.previousResponseId !== undefined;
    if (!kept) expect(findUnpairedItems(request.input)).toEqual(complete);
  }
}

/** A run item without its classes. */
export function viewItem(item: RunItem): ItemView {
  return {
    type: item.type,
    rawItem: item.rawItem,
    agent: item.agent.name,
    ...(item.type === 'handoff_output_item' && { target: item.targetAgent.name }),
    ...(item.type === 'tool_call_output_item' && { output: item.output }),
  };
}

function viewRequest(model: string, request: ModelRequest): RequestView {
  const { signal: _signal, runMemory: _memory, logger: _logger, tools, handoffs, ...rest } = request;
  return {
    ...rest,
    model,
    input: toInputItems(request.input),
    tools: tools.map((tool) => tool.name),
    handoffs: handoffs.map((handoff) => handoff.toolName),
  };
}

function viewError(error: unknown): ErrorView {
  if (!(error instanceof Error)) {
    return { name: 'thrown', message: String(error), class: typeof error, code: undefined, cause: undefined };
  }
  return {
    name: error.name,
    message: error.message,
    class: error.constructor,
    code: 'code' in error ? error.code : undefined,
    cause: error.cause === undefined ? undefined : String(error.cause),
  };
}
