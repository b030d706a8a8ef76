import { Agent, RunToolApprovalItem } from '../agent/index.js';
import type { AnyAgent, RunItem } from '../agent/index.js';
import { RunContext } from '../context/index.js';
import type { Approvals } from '../context/index.js';
import { AgentsError, UserError } from '../error/index.js';
import type { FailedRunState } from '../error/index.js';
import { isRecord, toJsonText, toStorableText } from '../internal/json.js';
import { keepItems, toInputItems, toolCallName } from '../item/index.js';
import type { AgentInputItem, AgentOutputItem, ToolCallItem } from '../item/index.js';
import { Usage } from '../model/index.js';
import type { ModelResponse } from '../model/index.js';
import type { TraceReference } from '../trace/index.js';
import { createAgentGraph } from './agent-graph.js';
import { readNestedKey, toNestedKey } from './nested-position.js';
import type { NestedPosition } from './nested-position.js';
import type { RunStateOptions } from './run-data.js';
import { RunRecord } from './run-record.js';
import { readRunStateJson, runStateToJson } from './run-state-json.js';
import type { RunStateJson, RunStateJsonOptions } from './run-state-json.js';
import { isHidden, isSaid, toRunItem } from './transcript.js';

/**
 * Everything a run must remember: plain data with few writers. Get it from `result.state`, store it with
 * `toString()`, bring it back with `RunState.fromString()` and give it to `run()` in place of the input.
 *
 * @example
 * ```ts
 * import { RunState, type Agent, type Runner } from '@baton/core';
 *
 * export async function approveAll(runner: Runner, agent: Agent, stored: string): Promise<string | undefined> {
 *   const state = RunState.fromString(agent, stored);
 *   for (const interruption of state.getInterruptions()) state.approve(interruption);
 *   const result = await runner.run(agent, state);
 *   return result.finalOutput;
 * }
 * ```
 */
export class RunState<TContext = unknown, TAgent extends AnyAgent = AnyAgent>
  extends RunRecord<TContext, TAgent>
  implements FailedRunState
{
  /** Runs inside open calls, by place of the call and by which of the call's runs it is. */
  #nested: Map<number, Map<number, RunState<never>>> | undefined;
  #trace: TraceReference | undefined;

  constructor(options: RunStateOptions<TContext>, saved?: RunStateJson) {
    super(options, saved);
    this.#trace = saved?.trace;
  }

  /**
   * Brings a stored state back.
   *
   * @param agent The agent the run was started with; every agent within its reach is found by name.
   * @throws UserError where the text is no state, of another version, or names unknown agents.
   */
  static fromString<TAgent extends AnyAgent>(
    agent: TAgent,
    text: string,
  ): RunState<unknown, TAgent> {
    const saved = readRunStateJson(text);
    return RunState.#fromSaved(agent, saved, new RunContext(saved.context, new Usage(saved.usage)));
  }

  /** As `fromString`, with the context the run goes on with. */
  static fromStringWithContext<TContext, TAgent extends AnyAgent>(
    agent: TAgent,
    text: string,
    context: RunContext<TContext>,
  ): RunState<TContext, TAgent> {
    const saved = readRunStateJson(text);
    const usage = new Usage(saved.usage);
    return RunState.#fromSaved(agent, saved, new RunContext(context.context, usage));
  }

  static #fromSaved<TContext, TAgent extends AnyAgent>(
    agent: TAgent,
    saved: RunStateJson,
    context: RunContext<TContext>,
  ): RunState<TContext, TAgent> {
    const { runId, maxTurns } = saved;
    const state = new RunState<TContext, TAgent>({ runId, graph: createAgentGraph(agent), context, maxTurns }, saved);
    state.#restoreNested(saved);
    return state;
  }

  /**
   * A state of its own with the same content, so that a run that goes on from a state leaves it as it is
   * [RUN-32, RUN-33]. Items are shared, as nobody changes them.
   */
  static copyOf(state: RunState, changes: RunStateChanges = {}): RunState<never> {
    const saved = state.toJSON();
    // Handed only to the agents the state was made with, whose context it is.
    const own = new RunContext(state.context.context as never, new Usage(saved.usage));
    const { context = own } = changes;
    const { maxTurns = state.maxTurns } = changes;
    const { runId, graph } = state;
    const { outerApprovals } = changes;
    const copy = new RunState<never>({ runId, graph, context, maxTurns, outerApprovals }, saved);
    for (const { seq, ordinal, nested } of state.#nestedRuns()) {
      copy.recordNestedRun({ seq, ordinal }, RunState.copyOf(nested, { context, outerApprovals: copy.approvals }));
    }
    return copy;
  }

  /** The state of the run that an error ended, where the error carries one. */
  static of(error: unknown): RunState | undefined {
    return error instanceof AgentsError && error.state instanceof RunState ? error.state : undefined;
  }

  // What can be read

  /** Input and output so far: a conversation that every provider accepts; calls that wait are left out. */
  get history(): AgentInputItem[] {
    if (this.phase.type === 'model' || this.phase.type === 'final_output') return this.itemsFrom(0);
    const open = new Set(this.openCalls().map((entry) => entry.seq));
    let followed = false;
    for (const { seq, origin, item } of this.turnEntries().toReversed()) {
      if (origin !== 'model' || open.has(seq)) continue;
      // Reasoning without what it led to is refused by providers [JS-80].
      if (item.type !== 'reasoning') followed = true;
      else if (!followed) open.add(seq);
    }
    const said = this.transcript.filter(isSaid);
    return keepItems(
      said.map((entry) => entry.item),
      (_item, index) => !open.has(said[index]?.seq ?? -1),
    );
  }

  /** Tokens and requests so far. */
  get usage(): Usage {
    return this.context.usage;
  }

  /** The trace that the run is part of, where it has been recorded: a run that goes on from here goes on in it. */
  get trace(): TraceReference | undefined {
    return this.#trace;
  }

  /** What the run has produced, in order. */
  get newItems(): RunItem[] {
    const items: RunItem[] = [];
    for (const entry of this.transcript) {
      const item = toRunItem(entry, this.graph);
      if (item !== undefined) items.push(item);
    }
    for (const interruption of this.getInterruptions()) items.push(interruption);
    return items;
  }

  get rawResponses(): ModelResponse[] {
    return this.responses.map(({ turn: _turn, from, to, ...response }) => ({
      ...response,
      output: this.transcript
        .slice(from, to)
        .filter((entry) => !isHidden(entry))
        // Entries from..to were made from the output items of this response.
        .map((entry) => entry.item as AgentOutputItem),
    }));
  }

  /** Calls that wait for a human; empty unless the run is interrupted. */
  getInterruptions(): RunToolApprovalItem[] {
    const { phase } = this;
    if (phase.type !== 'interruption') return [];
    return this.openCalls().flatMap(({ item, seq, handoff }) => {
      if (phase.held?.includes(seq) === true) return [];
      const nested = this.nestedInterruptions(seq);
      if (nested.length > 0) return nested;
      const decided = handoff === true || this.#nested?.has(seq) === true || this.#decision(item, seq) !== undefined;
      return decided ? [] : [new RunToolApprovalItem(item, this.currentAgent, String(seq))];
    });
  }

  /** Calls inside the run of a tool call that wait for a human. */
  nestedInterruptions(seq: number): RunToolApprovalItem[] {
    return [...(this.#nested?.get(seq) ?? [])].flatMap(([ordinal, nested]) =>
      nested.getInterruptions().map(
        ({ rawItem, agent, callKey }) =>
          new RunToolApprovalItem(rawItem, agent, `${toNestedKey({ seq, ordinal })}/${callKey}`),
      ),
    );
  }

  /** Whether a run inside a tool call has begun, and the call is still open. */
  hasNestedRun(seq: number): boolean {
    return this.#nested?.has(seq) === true;
  }

  /** A run inside a tool call, where it has begun and the call is still open. */
  nestedRun({ seq, ordinal }: NestedPosition): RunState<never> | undefined {
    return this.#nested?.get(seq)?.get(ordinal);
  }

  /** execute-run: the trace that the run is part of from now on. */
  recordTrace(trace: TraceReference): void {
    this.#trace = trace;
  }

  /** run-nested: a run inside a tool call. */
  recordNestedRun({ seq, ordinal }: NestedPosition, state: RunState<never>): void {
    const runs = this.#nested?.get(seq);
    if (runs === undefined) (this.#nested ??= new Map()).set(seq, new Map([[ordinal, state]]));
    else runs.set(ordinal, state);
  }

  /** answer-ledger: the call has its output, and what was inside it is over. */
  forgetNestedRuns(seq: number): void {
    this.#nested?.delete(seq);
  }

  /** finish-run: with its calls answered, the runs inside them are over. */
  override closeTurn(answer: (call: ToolCallItem) => AgentInputItem): void {
    super.closeTurn(answer);
    this.#nested?.clear();
  }

  // What a human says

  /**
   * Lets a waiting call run.
   *
   * @param options.alwaysApprove Also every later call of the same tool in this run.
   * @param options.arguments Run with these arguments instead of the model's.
   * @throws UserError where the call is not one of this run, or not as it was when it was shown.
   */
  approve(
    waiting: Interruption,
    options: { readonly alwaysApprove?: boolean; readonly arguments?: unknown } = {},
  ): void {
    const interruption = this.#readInterruption(waiting);
    const inner = this.#innermost(interruption);
    if (inner !== undefined) {
      inner.state.approve(inner.interruption, options);
      return;
    }
    const { name } = interruption;
    this.#checkInterruption(interruption);
    this.approvals.decide(interruption.callKey, {
      approved: true,
      ...(options.arguments !== undefined && { arguments: JSON.stringify(options.arguments) }),
      call: { name, arguments: interruption.arguments },
    });
    if (options.alwaysApprove === true) this.approvals.decideAlways(name, { approved: true });
  }

  /**
   * Refuses a waiting call; the model is told so.
   *
   * @param options.alwaysReject Also every later call of the same tool in this run.
   * @param options.message What the model is told instead of the default text.
   * @throws UserError where the call is not one of this run, or not as it was when it was shown.
   */
  reject(
    waiting: Interruption,
    options: { readonly alwaysReject?: boolean; readonly message?: string } = {},
  ): void {
    const interruption = this.#readInterruption(waiting);
    const inner = this.#innermost(interruption);
    if (inner !== undefined) {
      inner.state.reject(inner.interruption, options);
      return;
    }
    const { name } = interruption;
    this.#checkInterruption(interruption);
    const message = options.message === undefined ? {} : { message: options.message };
    this.approvals.decide(interruption.callKey, {
      approved: false,
      ...message,
      call: { name, arguments: interruption.arguments },
    });
    if (options.alwaysReject === true) {
      this.approvals.decideAlways(name, { approved: false, ...message });
    }
  }

  /**
   * Says something to a run that is under way, waits for a human, or was stopped: it is part of the next
   * model call. A run that makes no further call leaves it unsaid, and stored with the state.
   */
  addInput(input: string | readonly AgentInputItem[]): void {
    this.queueInput(toInputItems(input));
  }

  // Storing

  /** Plain data; with the user's context only where asked for, as it may hold secrets. */
  toJSON(options?: RunStateJsonOptions | string): RunStateJson {
    // JSON.stringify passes the key it stands under.
    const json = runStateToJson(this, typeof options === 'object' ? options : {});
    if (this.#nested === undefined || this.#nested.size === 0) return json;
    const runs = this.#nestedRuns().map(({ nested, ...position }) => [toNestedKey(position), nested.toJSON()] as const);
    return { ...json, nested: Object.fromEntries(runs) };
  }

  /** `toJSON` as text; what tools and guardrails gave beside, and JSON cannot hold, is left out [RUN-53]. */
  override toString(options?: RunStateJsonOptions): string {
    return toStorableText(this.toJSON(options ?? {}));
  }

  #decision(call: ToolCallItem, seq: number): unknown {
    return this.approvals.decisionOn(String(seq), toolCallName(call));
  }

  /** The nested run that an interruption belongs to, and the interruption as that run knows it. */
  #innermost({ rawItem, agent, callKey }: RunToolApprovalItem): Innermost | undefined {
    const slash = callKey.indexOf('/');
    if (slash < 0) return undefined;
    const state = this.nestedRun(readNestedKey(callKey.slice(0, slash)));
    if (state === undefined) {
      throw new UserError(
        `No run waits inside call ${callKey}. Pass an item of state.getInterruptions() of this very run.`,
      );
    }
    return { state, interruption: new RunToolApprovalItem(rawItem, agent, callKey.slice(slash + 1)) };
  }

  #nestedRuns(): (NestedPosition & { readonly nested: RunState<never> })[] {
    return [...(this.#nested ?? [])].flatMap(([seq, runs]) => [...runs].map(([ordinal, nested]) => ({ seq, ordinal, nested })));
  }

  #restoreNested(saved: RunStateJson): void {
    for (const [key, json] of Object.entries(saved.nested ?? {})) {
      const { seq, ordinal } = readNestedKey(key);
      const call = this.openCalls().find((entry) => entry.seq === seq)?.item;
      const name = call?.type === 'function_call' ? call.name : undefined;
      const tool = this.currentAgent.tools.find((each) => each.name === name);
      const agent = tool?.type === 'function' ? tool.agent : undefined;
      if (!(agent instanceof Agent) || agent.name !== json.startingAgent) {
        throw new UserError(
          `The state holds a run inside tool "${name ?? key}", but agent "${this.currentAgent.name}" has no such agent tool. ` +
            'Resume with the agents the state was saved with, and name the agent on a tool of your own: { ...tool(…), agent }.',
        );
      }
      const state = new RunState<never>(
        {
          runId: json.runId,
          graph: createAgentGraph(agent),
          // One context for the whole run, nested runs included; its type is the outer run's.
          context: this.context as RunContext<never>,
          maxTurns: json.maxTurns,
          outerApprovals: this.approvals,
        },
        json,
      );
      state.#restoreNested(json);
      this.recordNestedRun({ seq, ordinal }, state);
    }
  }

  /** An interruption, also one that has been JSON on its way to a human and back. */
  #readInterruption(waiting: Interruption): RunToolApprovalItem {
    if (waiting instanceof RunToolApprovalItem) return waiting;
    const given: unknown = waiting;
    if (isRecord(given) && isRecord(given['rawItem']) && typeof given['callKey'] === 'string') {
      return new RunToolApprovalItem(waiting.rawItem, this.currentAgent, waiting.callKey);
    }
    throw new UserError(
      `${toJsonText(given)} is no interruption. Pass an item of result.interruptions or state.getInterruptions(), ` +
        'or what JSON made of one: { rawItem, callKey }.',
    );
  }

  #checkInterruption(interruption: RunToolApprovalItem): void {
    const entry = this.openCalls().find((each) => String(each.seq) === interruption.callKey);
    if (entry === undefined) throw ofAnotherRun(interruption);
    const own = new RunToolApprovalItem(entry.item, this.currentAgent, interruption.callKey);
    if (own.name !== interruption.name || own.arguments !== interruption.arguments) {
      throw new UserError(
        `The call of tool "${interruption.name}" is not the one that waits: its name or arguments differ. ` +
          'Show the human the call again, and pass changed arguments as approve(item, { arguments }).',
      );
    }
    // Runs of one agent have calls under the same keys.
    if (entry.item.callId !== interruption.rawItem.callId) throw ofAnotherRun(interruption);
  }
}

/** A call that waits for a human, as a run shows it or as JSON has kept it. */
export type Interruption = Pick<RunToolApprovalItem, 'rawItem' | 'callKey'>;

/** What a run may bring anew when it goes on. */
export interface RunStateChanges {
  readonly context?: RunContext<never> | undefined;
  readonly maxTurns?: number | null | undefined;
  /** Decisions of the run that this one is nested in. */
  readonly outerApprovals?: Approvals | undefined;
}

interface Innermost {
  readonly state: RunState<never>;
  readonly interruption: RunToolApprovalItem;
}

function ofAnotherRun({ name, callKey }: RunToolApprovalItem): UserError {
  return new UserError(
    `No call of tool "${name}" waits under key ${callKey}. ` +
      'Pass an item of result.interruptions or state.getInterruptions() of this very run.',
  );
}
