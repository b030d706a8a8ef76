import { AgentsError, RunState, user } from '../../src/index.js';
import type { AgentInputItem, AnyAgent, RunOptions, RunResult, StreamedRunResult } from '../../src/index.js';
import { checkEnd, checkState } from './check-world.js';
import { decide } from './decide.js';
import { Process } from './process.js';
import { installTime } from './virtual-time.js';
import { World } from './world.js';
import { indexOf, startProgram } from './world-agents.js';
import type { Program } from './world-agents.js';
import type { WorldPlan } from './world-plan.js';

/** How a process came to its end. */
export type LegEnd =
  | { readonly type: 'crashed' }
  | { readonly type: 'failed'; readonly error: unknown; readonly state: RunState | undefined }
  | { readonly type: 'final' | 'interrupted' | 'stopped' | 'cancelled'; readonly state: RunState };

/** What the next process starts from: a stored state, or something to say. */
interface Start {
  readonly agent: number;
  /** What the run was asked. */
  readonly question: string;
  readonly stored?: string;
  readonly input: string | readonly AgentInputItem[];
}

/** What came out of a world, as far as it may not depend on how its runs were run. */
export interface WorldEnd {
  readonly world: World;
  readonly outcome: unknown;
}

const MOST_LEGS = 7;

/** Runs a world to its end, process after process. */
export async function playWorld(
  plan: WorldPlan,
  count: (what: string) => void,
): Promise<WorldEnd> {
  const world = new World(plan, count);
  const outcomes: unknown[] = [];
  const question = world.newQuestion();
  let start: Start | undefined = { agent: 0, question, input: question };
  for (let leg = 0; start !== undefined && leg < MOST_LEGS; leg++) {
    const process = new Process(world, leg);
    const restoreTime = installTime(process.time);
    try {
      const end = await playLeg(process, start);
      world.seen(end.type === 'failed' ? `failed: ${nameOf(end.error)}` : end.type);
      if (end.type !== 'crashed') {
        await checkEnd(process, { end, question: start.question });
        outcomes.push(outcomeOf(end));
      }
      start = world.problems.length > 0 ? undefined : nextStart(process, { end, start, leg });
    } finally {
      restoreTime();
    }
  }
  const executions = world.executions.map(({ key, tool, state }) => `${key} ${tool} ${state}`).toSorted();
  return { world, outcome: { outcomes, executions, session: world.session?.items } };
}

async function playLeg(process: Process, start: Start): Promise<LegEnd> {
  const { world } = process;
  const program = startProgram(process);
  const agent = program.agents[start.agent] as AnyAgent; // an index of the plan
  const before = readStart(process, agent, start);
  process.requestsBefore = before instanceof RunState ? before.context.usage.requests : 0;
  const disturbance = world.plan.disturbances[process.number]?.kind ?? 'abort';
  const leg =
    // Most of what can happen to a run, happens to streamed ones.
    world.plan.mode !== 'whole' || disturbance !== 'abort'
      ? streamedLeg(process, program, { agent, input: before })
      : wholeLeg(process, program, { agent, input: before });
  const work = Promise.race([leg, process.died.then((): LegEnd => ({ type: 'crashed' }))]);
  if (!(await process.time.passUntil(work))) {
    world.broken('the run waits for something that never comes');
    return { type: 'failed', error: new Error('stuck'), state: undefined };
  }
  const end = await work;
  if (end.type === 'crashed' && process.snapshot !== undefined) {
    checkState(process, { state: RunState.fromString(agent, process.snapshot), stored: process.snapshot });
  }
  return end;
}

function readStart(
  { world }: Process,
  agent: AnyAgent,
  start: Start,
): string | readonly AgentInputItem[] | RunState {
  if (start.stored === undefined) return start.input;
  const state = RunState.fromString(agent, start.stored);
  decide(state, world);
  return state;
}

interface Leg {
  readonly agent: AnyAgent;
  readonly input: string | readonly AgentInputItem[] | RunState;
}

type Run = (
  agent: AnyAgent,
  input: Leg['input'],
  options: RunOptions & { readonly stream?: boolean },
) => Promise<RunResult | StreamedRunResult>;

async function wholeLeg(process: Process, { runner, options }: Program, leg: Leg): Promise<LegEnd> {
  try {
    // The signatures tell streamed from whole; here the options decide.
    const result = await (runner.run as unknown as Run)(leg.agent, leg.input, options);
    process.leftAtEnd = process.leftBehind();
    const { state } = result;
    return { type: result.interruptions.length > 0 ? 'interrupted' : 'final', state };
  } catch (error) {
    process.leftAtEnd = process.leftBehind();
    return { type: 'failed', error, state: RunState.of(error) };
  }
}

async function streamedLeg(process: Process, { runner, options }: Program, leg: Leg): Promise<LegEnd> {
  const run = runner.run as unknown as Run; // see above
  const result = (await run(leg.agent, leg.input, { ...options, stream: true })) as StreamedRunResult;
  process.result = result;
  const noteLeft = (): void => {
    process.leftAtEnd = process.leftBehind();
  };
  result.completed.then(noteLeft, noteLeft);
  const { state } = result;
  const reading = process.world.plan.mode !== 'unread' ? readAll(process, result) : undefined;
  try {
    await result.completed;
  } catch (error) {
    await reading;
    return { type: 'failed', error, state };
  }
  await reading;
  if (result.cancelled) {
    return { type: state.phase.type === 'interruption' ? 'interrupted' : 'cancelled', state };
  }
  return { type: result.interruptions.length > 0 ? 'interrupted' : 'final', state };
}

/** Reads to the end, or until the process leaves. What ended the run is told by `completed` as well. */
async function readAll(process: Process, result: StreamedRunResult): Promise<void> {
  process.reader = result[Symbol.asyncIterator]();
  try {
    for (;;) {
      const step = await process.reader.next();
      if (step.done === true) return;
      process.point();
      if (process.world.plan.mode === 'slow') await process.time.sleep(1, 'reader');
    }
  } catch (error) {
    if (error !== result.error) process.world.broken(`the stream fails with another error: ${String(error)}`);
  }
}

/** What the app does next. */
function nextStart(
  process: Process,
  { end, start, leg }: { readonly end: LegEnd; readonly start: Start; readonly leg: number },
): Start | undefined {
  const { world, snapshot } = process;
  if (end.type === 'crashed') {
    return snapshot === undefined ? start : { ...start, stored: snapshot };
  }
  const { state } = end;
  if (state === undefined) return undefined;
  // Of a foreign error, a run that is not streamed shows no state; where modes are compared, none may go on.
  const isForeign = end.type === 'failed' && !(end.error instanceof AgentsError);
  if (isForeign && world.plan.disturbances.length === 0) return undefined;
  if (end.type === 'interrupted') return { ...start, stored: state.toString() };
  const then = world.plan.after[leg] ?? 'stop';
  if (then === 'resume' && end.type !== 'final') return { ...start, stored: state.toString() };
  if (then === 'stop' || world.plan.memory === 'server') return undefined;
  const question = world.newQuestion();
  const agent = indexOf(state.currentAgent);
  if (world.session !== undefined) return { agent, question, input: question };
  return { agent, question, input: [...state.history, user(question)] };
}

function outcomeOf(end: Exclude<LegEnd, { type: 'crashed' }>): unknown {
  const error = end.type === 'failed' ? end.error : undefined;
  // A plain run shows its state on Baton's own errors only.
  const shown = error === undefined || error instanceof AgentsError ? end.state : undefined;
  return {
    type: end.type,
    error: error === undefined ? undefined : nameOf(error),
    history: shown?.history,
    usage: shown?.context.usage.toJSON(),
    phase: shown?.phase,
  };
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : String(error);
}
