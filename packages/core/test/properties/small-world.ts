import type { AgentPlan, CallPlan, GuardrailPlan, ToolPlan, TurnPlan, WorldPlan } from './world-plan.js';

interface SmallTurn extends Partial<Omit<TurnPlan, 'calls'>> {
  readonly calls?: readonly Partial<CallPlan>[];
}

interface SmallAgent extends Partial<Omit<AgentPlan, 'tools' | 'turns'>> {
  readonly tools?: readonly Partial<ToolPlan>[];
  readonly turns?: readonly SmallTurn[];
}

/** A world without all that is as in the simplest one. */
export interface SmallWorld
  extends Partial<Omit<WorldPlan, 'agents' | 'helpers' | 'inputGuardrails' | 'outputGuardrails'>> {
  readonly agents?: readonly SmallAgent[];
  readonly helpers?: readonly SmallAgent[];
  readonly inputGuardrails?: readonly Partial<GuardrailPlan>[];
  readonly outputGuardrails?: readonly Partial<GuardrailPlan>[];
}

const CALL: CallPlan = { tool: 0, does: 'text', latency: 0, deaf: false, sameId: false, broken: 'no' };

const TURN: TurnPlan = {
  latency: 0,
  moreLatency: 0,
  deaf: false,
  before: [],
  calls: [],
  handoffs: [],
  answer: 'text',
  fails: 'no',
};

const TOOL: ToolPlan = {
  effect: 'once',
  approval: 'no',
  raises: false,
  timeout: 0,
  input: 'none',
  output: 'none',
};

const AGENT: AgentPlan = {
  tools: [TOOL],
  shell: 'none',
  turns: [],
  json: false,
  toolUse: 'again',
  handoff: 'plain',
  filter: 'none',
};

const GUARDRAIL: GuardrailPlan = { does: 'pass', latency: 0, deaf: false, blocking: false };

const WORLD: WorldPlan = {
  agents: [AGENT],
  helpers: [],
  helperApproval: false,
  oneName: false,
  inputGuardrails: [],
  outputGuardrails: [],
  memory: 'none',
  sessionLatency: 0,
  join: 'all',
  sessionFails: 0,
  mode: 'whole',
  maxTurns: 10,
  timeout: 0,
  modelTimeout: 0,
  retries: 0,
  concurrency: 0,
  guardFirst: false,
  toolNotFound: 'raise_error',
  errorHandlers: false,
  hookLatency: 0,
  hookFails: 0,
  inputFilter: 'none',
  disturbances: [],
  decisions: ['approve'],
  after: [],
};

/** The whole world, as it is played. */
export function wholeWorld(small: SmallWorld): WorldPlan {
  return {
    ...WORLD,
    ...small,
    agents: (small.agents ?? [{}]).map(wholeAgent),
    helpers: (small.helpers ?? []).map(wholeAgent),
    inputGuardrails: (small.inputGuardrails ?? []).map((each) => ({ ...GUARDRAIL, ...each })),
    outputGuardrails: (small.outputGuardrails ?? []).map((each) => ({ ...GUARDRAIL, ...each })),
  };
}

/** The world as it is written down in `regression-worlds.ts`. */
export function smallWorld(world: WorldPlan): SmallWorld {
  return {
    ...differing(world, WORLD),
    agents: world.agents.map(smallAgent),
    ...(world.helpers.length > 0 && { helpers: world.helpers.map(smallAgent) }),
    ...(world.inputGuardrails.length > 0 && {
      inputGuardrails: world.inputGuardrails.map((each) => differing(each, GUARDRAIL)),
    }),
    ...(world.outputGuardrails.length > 0 && {
      outputGuardrails: world.outputGuardrails.map((each) => differing(each, GUARDRAIL)),
    }),
  };
}

function wholeAgent({ tools = [{}], turns = [], ...agent }: SmallAgent): AgentPlan {
  return {
    ...AGENT,
    ...agent,
    tools: tools.map((each) => ({ ...TOOL, ...each })),
    turns: turns.map(({ calls = [], ...turn }) => ({
      ...TURN,
      ...turn,
      calls: calls.map((each) => ({ ...CALL, ...each })),
    })),
  };
}

function smallAgent(agent: AgentPlan): SmallAgent {
  return {
    ...differing(agent, AGENT),
    tools: agent.tools.map((each) => differing(each, TOOL)),
    turns: agent.turns.map((turn) => ({
      ...differing(turn, TURN),
      ...(turn.calls.length > 0 && { calls: turn.calls.map((each) => differing(each, CALL)) }),
    })),
  };
}

/** What is not as in the simplest one. */
function differing<T extends object>(value: T, simplest: T): Partial<T> {
  const rest: Partial<T> = {};
  for (const key of Object.keys(value) as (keyof T)[]) { // keys of a T
    if (JSON.stringify(value[key]) !== JSON.stringify(simplest[key])) rest[key] = value[key];
  }
  return rest;
}
