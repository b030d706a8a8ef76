import fc from 'fast-check';

/** Units of virtual time. */
type Latency = number;

/** One call of a function tool by a model. What the tool does stands in its arguments. */
export interface CallPlan {
  /** Which of the agent's tools; the shell and agents used as tools come last. */
  readonly tool: number;
  readonly does:
    | 'text'
    | 'sync'
    | 'object'
    | 'parts'
    | 'nothing'
    | 'progress'
    | 'throw'
    | 'throw_late'
    | 'slow';
  readonly latency: Latency;
  /** Ignores its signal. */
  readonly deaf: boolean;
  /** Under an id that other turns use as well. */
  readonly sameId: boolean;
  readonly broken: 'no' | 'arguments' | 'name';
}

/** One answer of a model. */
export interface TurnPlan {
  readonly latency: Latency;
  readonly moreLatency: Latency;
  readonly deaf: boolean;
  readonly before: readonly ('reasoning' | 'text' | 'search')[];
  readonly calls: readonly CallPlan[];
  /** Which agents to hand over to. */
  readonly handoffs: readonly number[];
  /** Where there are neither calls nor handoffs. */
  readonly answer: 'text' | 'json' | 'refusal' | 'empty' | 'nothing';
  /** `break`: after some of the stream; `no_end`: the stream ends without a response. */
  readonly fails: 'no' | 'foreign' | 'request' | 'break' | 'no_end';
}

export interface ToolPlan {
  readonly effect: 'none' | 'idempotent' | 'once';
  readonly approval: 'no' | 'yes' | 'function' | 'throws';
  /** Failures of the tool fail the run. */
  readonly raises: boolean;
  /** 0: none. */
  readonly timeout: Latency;
  readonly input: 'none' | 'allow' | 'reject' | 'trip' | 'throw';
  readonly output: 'none' | 'allow' | 'reject' | 'trip' | 'throw';
}

export interface AgentPlan {
  readonly tools: readonly ToolPlan[];
  /** A local shell, whose calls of a turn run one after the other. */
  readonly shell: 'none' | 'free' | 'asks';
  readonly turns: readonly TurnPlan[];
  readonly json: boolean;
  readonly toolUse: 'again' | 'first' | 'stop_at' | 'function' | 'throws';
  /** How others hand over to it. */
  readonly handoff: 'plain' | 'slow' | 'throws';
  readonly filter: 'none' | 'without_tools' | 'only_new' | 'throws';
}

export interface GuardrailPlan {
  readonly does: 'pass' | 'trip' | 'throw';
  readonly latency: Latency;
  readonly deaf: boolean;
  readonly blocking: boolean;
}

/** What a human says of a call that waits. */
export type Decision =
  | 'approve'
  | 'approve_always'
  | 'edit'
  | 'reject'
  | 'reject_with_message'
  | 'reject_always'
  | 'wait';

/** Something that happens to a process when it has come so far. */
export interface Disturbance {
  readonly kind: 'crash' | 'abort' | 'cancel' | 'cancel_after_turn' | 'leave' | 'say';
  /** Which of the points count where the run meets the world: all, or those inside a tool. */
  readonly where: 'anywhere' | 'tool';
  /** The n-th of them, from 0. */
  readonly at: number;
}

/** A world: agents, models, stores, and what happens to them. Plain data, so that it can be kept. */
export interface WorldPlan {
  readonly agents: readonly AgentPlan[];
  /** Agents used as tools, each also by those before it. */
  readonly helpers: readonly AgentPlan[];
  readonly helperApproval: boolean;
  /** All agents have one name. */
  readonly oneName: boolean;
  readonly inputGuardrails: readonly GuardrailPlan[];
  readonly outputGuardrails: readonly GuardrailPlan[];
  readonly memory: 'none' | 'session' | 'server';
  readonly sessionLatency: Latency;
  /** What the run makes of a session's history: all of it, the end of it, or an error. */
  readonly join: 'all' | 'end' | 'throws';
  /** The n-th write to the session fails; 0: none does. */
  readonly sessionFails: number;
  /** Runs are whole, or streamed and read to the end, at once or slowly, or streamed and read by nobody. */
  readonly mode: 'whole' | 'read' | 'slow' | 'unread';
  readonly maxTurns: number;
  /** 0: none. */
  readonly timeout: Latency;
  /** 0: none. */
  readonly modelTimeout: Latency;
  readonly retries: number;
  /** 0: all at once. */
  readonly concurrency: number;
  /** Tool guardrails are asked before a human is. */
  readonly guardFirst: boolean;
  readonly toolNotFound: 'raise_error' | 'return_error_to_model';
  readonly errorHandlers: boolean;
  readonly hookLatency: Latency;
  /** The n-th hook throws; 0: none does. */
  readonly hookFails: number;
  readonly inputFilter: 'none' | 'last' | 'throws';
  /** By process. */
  readonly disturbances: readonly Disturbance[];
  readonly decisions: readonly Decision[];
  /** What the app does after a run has ended or failed. */
  readonly after: readonly ('stop' | 'ask' | 'resume')[];
}

const latency = fc.nat(6);

/** One of the values, each as often as its number says; the first is the simplest. */
function often<T>(...values: readonly (readonly [times: number, value: T])[]): fc.Arbitrary<T> {
  return fc.constantFrom(...values.flatMap(([times, value]) => Array<T>(times).fill(value)));
}

/** One of two, by weight; the first is the simpler one. */
function either<T>(
  [weight, simple]: readonly [number, fc.Arbitrary<T>],
  [other, arbitrary]: readonly [number, fc.Arbitrary<T>],
): fc.Arbitrary<T> {
  return fc.oneof({ withCrossShrink: true }, { weight, arbitrary: simple }, { weight: other, arbitrary });
}

const none: fc.Arbitrary<never[]> = fc.constant([]);

/** Mostly 0. */
function seldom(max: number, weight = 6): fc.Arbitrary<number> {
  return either([weight, fc.constant(0)], [1, fc.integer({ min: 1, max })]);
}

const sometimes = often([4, false], [1, true]);

const call: fc.Arbitrary<CallPlan> = fc.record({
  tool: fc.nat(5),
  does: often<CallPlan['does']>(
    [8, 'text'],
    [1, 'sync'],
    [1, 'object'],
    [1, 'parts'],
    [1, 'nothing'],
    [1, 'progress'],
    [1, 'throw'],
    [1, 'throw_late'],
    [1, 'slow'],
  ),
  latency,
  deaf: sometimes,
  sameId: sometimes,
  broken: often<CallPlan['broken']>([24, 'no'], [1, 'arguments'], [1, 'name']),
});

const turn: fc.Arbitrary<TurnPlan> = fc.record({
  latency,
  moreLatency: fc.nat(3),
  deaf: sometimes,
  before: either([3, none], [2, fc.subarray(['reasoning', 'search', 'text'])]),
  calls: either([1, none], [4, fc.array(call, { minLength: 1, maxLength: 3 })]),
  handoffs: either([5, none], [2, fc.array(fc.nat(1), { minLength: 1, maxLength: 2 })]),
  answer: often<TurnPlan['answer']>(
    [10, 'text'],
    [4, 'json'],
    [1, 'refusal'],
    [1, 'empty'],
    [1, 'nothing'],
  ),
  fails: often<TurnPlan['fails']>(
    [28, 'no'],
    [1, 'foreign'],
    [1, 'request'],
    [1, 'break'],
    [1, 'no_end'],
  ),
});

const toolGuardrail = often<ToolPlan['input']>(
  [16, 'none'],
  [1, 'allow'],
  [1, 'reject'],
  [1, 'trip'],
  [1, 'throw'],
);

const toolPlan: fc.Arbitrary<ToolPlan> = fc.record({
  effect: often<ToolPlan['effect']>([3, 'once'], [1, 'none'], [1, 'idempotent']),
  approval: often<ToolPlan['approval']>([10, 'no'], [3, 'yes'], [2, 'function'], [1, 'throws']),
  raises: sometimes,
  timeout: seldom(6),
  input: toolGuardrail,
  output: toolGuardrail,
});

const agent: fc.Arbitrary<AgentPlan> = fc.record({
  tools: fc.array(toolPlan, { minLength: 1, maxLength: 4 }),
  shell: often<AgentPlan['shell']>([6, 'none'], [1, 'free'], [1, 'asks']),
  turns: fc.array(turn, { maxLength: 4 }),
  json: sometimes,
  toolUse: often<AgentPlan['toolUse']>(
    [12, 'again'],
    [1, 'first'],
    [1, 'stop_at'],
    [1, 'function'],
    [1, 'throws'],
  ),
  handoff: often<AgentPlan['handoff']>([8, 'plain'], [2, 'slow'], [1, 'throws']),
  filter: often<AgentPlan['filter']>([8, 'none'], [2, 'without_tools'], [2, 'only_new'], [1, 'throws']),
});

const guardrail: fc.Arbitrary<GuardrailPlan> = fc.record({
  does: often<GuardrailPlan['does']>([8, 'pass'], [2, 'trip'], [1, 'throw']),
  latency,
  deaf: sometimes,
  blocking: sometimes,
});

const guardrails = either([3, none], [2, fc.array(guardrail, { minLength: 1, maxLength: 3 })]);

const disturbanceKind = often<Disturbance['kind']>(
  [6, 'crash'],
  [2, 'abort'],
  [2, 'cancel'],
  [2, 'cancel_after_turn'],
  [2, 'leave'],
  [1, 'say'],
);

const disturbance = either<Disturbance>(
  [3, fc.record({ kind: disturbanceKind, where: fc.constant('anywhere' as const), at: fc.nat(60) })],
  [1, fc.record({ kind: disturbanceKind, where: fc.constant('tool' as const), at: fc.nat(6) })],
);

/** Any world. */
export const anyWorld: fc.Arbitrary<WorldPlan> = fc.record({
  agents: fc.array(agent, { minLength: 1, maxLength: 3 }),
  helpers: either([3, none], [2, fc.array(agent, { minLength: 1, maxLength: 2 })]),
  helperApproval: sometimes,
  oneName: sometimes,
  inputGuardrails: guardrails,
  outputGuardrails: guardrails,
  memory: often<WorldPlan['memory']>([3, 'none'], [4, 'session'], [1, 'server']),
  sessionLatency: latency,
  join: often<WorldPlan['join']>([10, 'all'], [2, 'end'], [1, 'throws']),
  sessionFails: seldom(4, 12),
  mode: often<WorldPlan['mode']>([3, 'whole'], [4, 'read'], [1, 'slow'], [1, 'unread']),
  maxTurns: fc.integer({ min: 1, max: 10 }),
  timeout: seldom(40),
  modelTimeout: seldom(6, 9),
  retries: seldom(2),
  concurrency: seldom(3, 3),
  guardFirst: sometimes,
  toolNotFound: often<WorldPlan['toolNotFound']>([1, 'raise_error'], [2, 'return_error_to_model']),
  errorHandlers: sometimes,
  hookLatency: seldom(3),
  hookFails: seldom(30, 12),
  inputFilter: often<WorldPlan['inputFilter']>([12, 'none'], [2, 'last'], [1, 'throws']),
  disturbances: either([1, none], [2, fc.array(disturbance, { minLength: 1, maxLength: 3 })]),
  decisions: fc.array(
    often<Decision>(
      [5, 'approve'],
      [1, 'approve_always'],
      [2, 'edit'],
      [2, 'reject'],
      [1, 'reject_with_message'],
      [1, 'reject_always'],
      [1, 'wait'],
    ),
    { minLength: 1, maxLength: 4 },
  ),
  after: fc.array(often<'stop' | 'ask' | 'resume'>([2, 'stop'], [2, 'ask'], [3, 'resume']), { maxLength: 3 }),
});
