import type { AnyAgent, InputGuardrailResult, OutputGuardrailResult } from '../agent/index.js';
import { Approvals } from '../context/index.js';
import type { RunContext } from '../context/index.js';
import { SystemError } from '../error/index.js';
import type { AgentInputItem, AgentOutputItem, ToolCallItem } from '../item/index.js';
import type { ModelResponse } from '../model/index.js';
import type { ToolInputGuardrailResult, ToolOutputGuardrailResult } from '../tool/index.js';
import { advanceConversation } from './advance-conversation.js';
import type { AgentGraph } from './agent-graph.js';
import { restoreView } from './restore-view.js';
import { restoreResponse, toResponseRecord } from './response-record.js';
import type { ResponseRecord } from './response-record.js';
import type { EarlyResult, RunPhase, RunStateOptions, ServerConversation, ToolResultPlace, TranscriptView } from './run-data.js';
import type { RunStateJson } from './run-state-json.js';
import { findOpenCalls, isSaid, resultText } from './transcript.js';
import type { OpenCall, TranscriptEntry } from './transcript.js';

/** The data of a run and the few functions that may change it; users see it as `RunState`. */
export class RunRecord<TContext = unknown, TAgent extends AnyAgent = AnyAgent> {
  readonly runId: string;
  readonly graph: AgentGraph;
  /** The run's context: the user's object and the usage so far. */
  readonly context: RunContext<TContext>;
  readonly maxTurns: number | null;
  readonly approvals: Approvals;
  #transcript: TranscriptEntry[] = [];
  /** The items alone, so that a request takes its part of them in one copy. */
  #items: AgentInputItem[] = [];
  readonly #responses: ResponseRecord[] = [];
  // Made when the first one comes: many runs have none, and a server holds many runs.
  #inputGuardrailResults: InputGuardrailResult[] | undefined;
  #outputGuardrailResults: OutputGuardrailResult[] | undefined;
  #toolInputGuardrailResults: ToolInputGuardrailResult[] | undefined;
  #toolOutputGuardrailResults: ToolOutputGuardrailResult[] | undefined;
  #pendingInput: AgentInputItem[] | undefined;
  #agentsWithUsedTools: string[] | undefined;
  #startedCalls: Set<number> | undefined;
  #earlyResults: Map<number, EarlyResult> | undefined;
  #hasUnsaid = false;
  #agentKey: string;
  #agentStarted = false;
  #inputChecked = false;
  #turn = 0;
  #phase: RunPhase = { type: 'model' };
  #givenInput: readonly AgentInputItem[] | undefined;
  #savedUpTo = 0;
  #savingUpTo: number | undefined;
  #server: ServerConversation | undefined;
  #view: TranscriptView | undefined;

  constructor(options: RunStateOptions<TContext>, saved?: RunStateJson) {
    this.runId = options.runId;
    this.graph = options.graph;
    this.context = options.context;
    this.maxTurns = options.maxTurns;
    this.approvals = new Approvals(saved?.approvals, options.outerApprovals);
    this.#agentKey = options.graph.keyOf(options.graph.start);
    this.#server = options.server;
    this.#givenInput = options.input;
    if (saved !== undefined) this.#restore(saved);
  }

  /** Every item of the conversation with its place and origin. */
  get transcript(): readonly TranscriptEntry[] {
    return this.#transcript;
  }

  /** The items of the conversation from this position on, as a list of its own. */
  itemsFrom(seq: number): AgentInputItem[] {
    if (!this.#hasUnsaid) return this.#items.slice(seq);
    return this.#transcript.slice(seq).filter(isSaid).map((entry) => entry.item);
  }

  get responses(): readonly ResponseRecord[] {
    return this.#responses;
  }

  /** How many model turns have begun. */
  get turn(): number {
    return this.#turn;
  }

  /** How many model turns have got their response. */
  get turnsAnswered(): number {
    return this.#responses.at(-1)?.turn ?? 0;
  }

  get phase(): RunPhase {
    return this.#phase;
  }

  get agentKey(): string {
    return this.#agentKey;
  }

  /** The agent whose turn it is. */
  get currentAgent(): AnyAgent {
    return this.graph.agentOf(this.#agentKey);
  }

  /** The agent the run started with. */
  get startingAgent(): TAgent {
    return this.graph.start as TAgent; // TAgent is by construction the type of the starting agent
  }

  get agentStarted(): boolean {
    return this.#agentStarted;
  }

  get inputChecked(): boolean {
    return this.#inputChecked;
  }

  get savedUpTo(): number {
    return this.#savedUpTo;
  }

  /** A write to the session up to here has begun, and nobody has heard that it ended. */
  get savingUpTo(): number | undefined {
    return this.#savingUpTo;
  }

  get server(): ServerConversation | undefined {
    return this.#server;
  }

  get view(): TranscriptView | undefined {
    return this.#view;
  }

  get inputGuardrailResults(): readonly InputGuardrailResult[] {
    return this.#inputGuardrailResults ?? NOTHING;
  }

  get outputGuardrailResults(): readonly OutputGuardrailResult[] {
    return this.#outputGuardrailResults ?? NOTHING;
  }

  get toolInputGuardrailResults(): readonly ToolInputGuardrailResult[] {
    return this.#toolInputGuardrailResults ?? NOTHING;
  }

  get toolOutputGuardrailResults(): readonly ToolOutputGuardrailResult[] {
    return this.#toolOutputGuardrailResults ?? NOTHING;
  }

  /** What the run was given, where it does not stand in the transcript yet. */
  get givenInput(): readonly AgentInputItem[] | undefined {
    return this.#givenInput;
  }

  /** Input that waits for the next model call. */
  get pendingInput(): readonly AgentInputItem[] {
    return this.#pendingInput ?? NOTHING;
  }

  /** Open calls of tools that may run only once, and have been started. */
  get startedCalls(): ReadonlySet<number> {
    return this.#startedCalls ?? NO_CALLS;
  }

  /** Outputs that wait for those of earlier calls, by the place of their call. */
  get earlyResults(): ReadonlyMap<number, EarlyResult> {
    return this.#earlyResults ?? NO_RESULTS;
  }

  get agentsWithUsedTools(): readonly string[] {
    return this.#agentsWithUsedTools ?? NOTHING;
  }

  /** The entries of the turn that is under way or has just ended. */
  turnEntries(): readonly TranscriptEntry[] {
    const response = this.#responses.at(-1);
    return response === undefined ? [] : this.#transcript.slice(response.from);
  }

  /** Calls of the last turn that have no output yet, in call order. */
  openCalls(): OpenCall[] {
    return findOpenCalls(this.turnEntries());
  }

  // Writers: each is called from one place of the run, which its comment names

  /** load-input: what the conversation starts with, all of it at once. */
  recordInput(entries: readonly Pick<TranscriptEntry, 'item' | 'origin'>[]): void {
    // Lists of their size: one that is pushed to takes room for seventeen, in each of the runs that wait for their models.
    this.#transcript = entries.map(({ item, origin }, seq) => ({ seq, turn: 0, agent: '', origin, item }));
    this.#items = entries.map((entry) => entry.item);
    this.#givenInput = undefined;
  }

  /** activate-agent: the agent's start has been told. */
  markAgentStarted(): void {
    this.#agentStarted = true;
  }

  /** execute-run: input that has not passed yet is asked about anew, whatever was said of it before. */
  startInputCheck(): void {
    if (!this.#inputChecked) this.#inputGuardrailResults = undefined;
  }

  /** check-input: what the input guardrails said, and whether all are through. */
  recordInputGuardrails(results: readonly InputGuardrailResult[], allDone: boolean): void {
    (this.#inputGuardrailResults ??= []).push(...results);
    this.#inputChecked = allDone;
  }

  /** check-output */
  recordOutputGuardrails(results: readonly OutputGuardrailResult[]): void {
    (this.#outputGuardrailResults ??= []).push(...results);
  }

  /** check-tool */
  recordToolInputGuardrail(result: ToolInputGuardrailResult): void {
    (this.#toolInputGuardrailResults ??= []).push(result);
  }

  /** check-tool */
  recordToolOutputGuardrail(result: ToolOutputGuardrailResult): void {
    (this.#toolOutputGuardrailResults ??= []).push(result);
  }

  /** finish-run: an answer that the app gives in the model's place. */
  recordAnswer(item: AgentInputItem): TranscriptEntry {
    return this.#append({ turn: this.#turn, agent: this.#agentKey, origin: 'injected', item });
  }

  /** answer-tool-call: a tool that may run only once is about to. */
  markCallStarted(seq: number): void {
    (this.#startedCalls ??= new Set()).add(seq);
  }

  /** finish-run: what an output guardrail refused goes out of the record; its place stays. */
  withhold(seq: number, item: AgentInputItem): void {
    const entry = this.#transcript[seq];
    if (entry === undefined) throw new SystemError(`No transcript entry ${seq} to withhold`);
    const { output: _output, ...rest } = entry;
    const withheld: TranscriptEntry = { ...rest, item, withheld: true };
    this.#transcript[seq] = withheld;
    this.#items[seq] = item;
    this.#hasUnsaid ||= !isSaid(withheld);
  }

  /** RunState.addInput: what a user says while the run goes on or waits. */
  queueInput(items: readonly AgentInputItem[]): void {
    if (items.length > 0) this.#pendingInput = [...this.pendingInput, ...items];
  }

  /** turn: nothing is open any more, so that what a user said meanwhile has its place. */
  admitInput(): void {
    for (const item of this.pendingInput) this.#append({ turn: this.#turn, agent: '', origin: 'input', item });
    this.#pendingInput = undefined;
  }

  /** turn: a model call is about to be made; one that did not come back is made again in its turn. */
  startTurn(): void {
    this.#turn = this.turnsAnswered + 1;
  }

  /** record-response: what came back, with the calls among it that ask for a handoff. */
  recordResponse(
    response: ModelResponse,
    reading: {
      readonly isHandoff: (item: AgentOutputItem) => boolean;
      /** Whether the provider keeps this exchange as part of the conversation. */
      readonly kept: boolean;
    },
  ): void {
    const from = this.#transcript.length;
    const lastSaid = response.output.findLastIndex((item) => item.type !== 'reasoning');
    response.output.forEach((item, index) => {
      const place = { turn: this.#turn, agent: this.#agentKey, origin: 'model', item } as const;
      if (reading.isHandoff(item)) this.#append({ ...place, handoff: true });
      else this.#append(index > lastSaid ? { ...place, stranded: true } : place);
    });
    this.#responses.push(toResponseRecord(response, { turn: this.#turn, from, to: this.#transcript.length }));
    this.#phase = { type: 'actions' };
    if (reading.kept && this.#server !== undefined) {
      const { responseId } = response;
      this.#server = advanceConversation(this.#server, { responseId, sentUpTo: this.#transcript.length });
    }
  }

  /** execute-actions: an output of a tool, or of a handoff that was not taken. */
  recordToolResult(item: AgentInputItem, { call, origin, output }: ToolResultPlace): TranscriptEntry {
    if (origin === 'tool') this.#markToolUsed();
    this.#startedCalls?.delete(call);
    if (this.#startedCalls?.size === 0) this.#startedCalls = undefined;
    const place = { turn: this.#turn, agent: this.#agentKey, origin, item, call };
    return this.#append(output === undefined || output === resultText(item) ? place : { ...place, output });
  }

  /** answer-ledger: a tool has finished, perhaps before one that was called before it. */
  keepEarlyResult(seq: number, result: EarlyResult): void {
    (this.#earlyResults ??= new Map()).set(seq, result);
  }

  /** answer-ledger: its hooks are through, and those before it are answered. */
  takeEarlyResult(seq: number): EarlyResult | undefined {
    const result = this.#earlyResults?.get(seq);
    this.#earlyResults?.delete(seq);
    if (this.#earlyResults?.size === 0) this.#earlyResults = undefined;
    return result;
  }

  /** execute-handoff: the output of the handoff that is taken; the next turn is the target's. */
  switchAgent(item: AgentInputItem, { call, target }: { readonly call: number; readonly target: AnyAgent }): TranscriptEntry {
    const key = this.graph.keyOf(target);
    const from = { turn: this.#turn, agent: this.#agentKey, origin: 'handoff' } as const;
    const entry = this.#append({ ...from, item, call, target: key });
    this.#markToolUsed();
    this.#agentKey = key;
    this.#agentStarted = false;
    return entry;
  }

  /** execute-handoff: what the next agent sees of all that was before. */
  setView(items: readonly AgentInputItem[]): void {
    this.#view = { upTo: this.#transcript.length, items };
  }

  /** finish-run: a call that will get no output of its own is told so, and the turn is over. */
  closeTurn(answer: (call: ToolCallItem) => AgentInputItem): void {
    for (const { item, seq } of this.openCalls()) {
      const early = this.takeEarlyResult(seq);
      if (early !== undefined) this.recordToolResult(early.item, { call: seq, origin: 'tool', output: early.output });
      else this.recordToolResult(answer(item), { call: seq, origin: 'injected' });
    }
    if (this.#phase.type !== 'final_output') this.#phase = { type: 'model' };
  }

  /** prepare-request: what the run's filter leaves out of a request in a conversation that the provider keeps. */
  markLeavingOut(positions: readonly number[]): void {
    if (this.#server === undefined || (positions.length === 0 && this.#server.leavingOut === undefined)) return;
    this.#server = { ...this.#server, leavingOut: positions };
  }

  /** turn: what waited for a human goes on. */
  resumeActions(): void {
    if (this.#phase.type === 'interruption') this.#phase = { type: 'actions' };
  }

  /** turn, finish-run: the actions of a turn are done, or wait for a human, or the run is over. */
  endTurn(phase: Exclude<RunPhase, { type: 'actions' }>): void {
    this.#phase = phase;
  }

  /** save-session: everything before this entry is about to be stored. */
  markSaving(upTo: number): void {
    this.#savingUpTo = upTo;
  }

  /** save-session: everything before this entry is stored. */
  markSaved(upTo: number): void {
    if (upTo < this.#savedUpTo) throw new SystemError('A session cursor may not go back');
    this.#savedUpTo = upTo;
    this.#savingUpTo = undefined;
  }

  #markToolUsed(): void {
    if (!this.agentsWithUsedTools.includes(this.#agentKey)) (this.#agentsWithUsedTools ??= []).push(this.#agentKey);
  }

  #append(entry: Omit<TranscriptEntry, 'seq'>): TranscriptEntry {
    const whole = { seq: this.#transcript.length, ...entry };
    this.#transcript.push(whole);
    this.#items.push(whole.item);
    this.#hasUnsaid ||= !isSaid(whole);
    return whole;
  }

  #restore(saved: RunStateJson): void {
    this.#agentKey = saved.agent;
    this.graph.agentOf(saved.agent);
    this.#agentStarted = saved.agentStarted;
    this.#inputChecked = saved.inputChecked;
    this.#turn = saved.turn;
    this.#phase = saved.phase;
    this.#givenInput = saved.givenInput;
    this.#savedUpTo = saved.savedUpTo;
    this.#savingUpTo = saved.savingUpTo;
    this.#server = saved.server;
    this.#view = restoreView(saved);
    for (const entry of saved.transcript) {
      if (entry.agent !== '') this.graph.agentOf(entry.agent);
      if (entry.target !== undefined) this.graph.agentOf(entry.target);
      this.#append(entry);
    }
    this.#responses.push(...saved.responses.map(restoreResponse));
    this.queueInput(saved.pendingInput ?? []);
    for (const seq of saved.startedCalls) (this.#startedCalls ??= new Set()).add(seq);
    for (const { seq, ...result } of saved.earlyResults ?? []) (this.#earlyResults ??= new Map()).set(seq, result);
    this.#agentsWithUsedTools = [...saved.agentsWithUsedTools];
    this.#inputGuardrailResults = [...saved.inputGuardrailResults];
    this.#outputGuardrailResults = [...saved.outputGuardrailResults];
    this.#toolInputGuardrailResults = [...saved.toolInputGuardrailResults];
    this.#toolOutputGuardrailResults = [...saved.toolOutputGuardrailResults];
  }
}

/** Frozen, as all runs share it, and its readers may be JavaScript. */
const NOTHING: readonly never[] = Object.freeze([]);
const NO_CALLS: ReadonlySet<number> = new Set();
const NO_RESULTS: ReadonlyMap<number, EarlyResult> = new Map();
