import { RunState } from '../../src/index.js';
import { UNKNOWN_OUTCOME } from '../../src/run/answer-tool-call.js';
import type { LegEnd } from './play-world.js';
import type { Process } from './process.js';
import { startProgram } from './world-agents.js';

/** The laws of a run that has come to an end in this process, whatever ended it. */
export async function checkEnd(
  process: Process,
  { end, question }: { readonly end: Exclude<LegEnd, { type: 'crashed' }>; readonly question: string },
): Promise<void> {
  const { world } = process;
  for (const what of process.leftAtEnd) world.broken(`${what} is still running when the run has ended`);
  const { state } = end;
  const atEnd = state?.toString();
  process.calm();
  await process.time.passAll();
  for (const what of process.active) world.broken(`${what.what} never ends`);
  checkStarts(process);
  if (state === undefined || atEnd === undefined) return;
  const later = state.toString();
  if (later !== atEnd) world.broken('the run goes on after its end');
  checkState(process, { state, stored: later });
  const requests = state.context.usage.requests - process.requestsBefore;
  if (requests !== process.requests) {
    world.broken(`the run counts ${requests} requests, ${process.requests} came back to it`);
  }
  const said = state.history.flatMap((item) => ('role' in item && item.role === 'user' ? [item.content] : []));
  if (new Set(said).size < said.length) world.broken(`the run was told twice: ${String(said)}`);
  if (state.responses.length > 0 && !said.includes(question)) world.broken(`the run has lost ${question}`);
  world.left.push(state.history, ...(world.session === undefined ? [] : [world.session.items]));
  checkSession(process, { state, final: end.type === 'final' });
}

/** The laws of a state at any moment. */
export function checkState(
  process: Process,
  { state, stored }: { readonly state: RunState; readonly stored: string },
): void {
  const { world } = process;
  const { history } = state;
  const problem = world.server.problemOf(history);
  if (problem !== undefined) world.broken(`the history is no conversation: ${problem}`);
  checkOutputs(process, state);
  checkOrder(process, state);
  const { turn, responses, maxTurns } = state;
  const turns = responses.at(-1)?.turn ?? 0;
  if (turn > turns + 1) world.broken(`the run is in turn ${turn} after ${turns} turns`);
  if (maxTurns !== null && turn > maxTurns) world.broken(`the run is in turn ${turn} of ${maxTurns}`);
  const { agents } = startProgram(process);
  const start = agents.find((agent) => state.startingAgent.handoffDescription === agent.handoffDescription);
  if (start === undefined) throw new Error('The state knows another starting agent than the plan.');
  const again = RunState.fromString(start, stored).toString();
  if (again !== stored) world.broken(`a stored state comes back changed: ${stored} → ${again}`);
}

/** What may happen once, happens once. */
function checkStarts({ world }: Process): void {
  const starts = new Map<string, number>();
  for (const { key, effect, tool } of world.executions) {
    const count = (starts.get(key) ?? 0) + 1;
    starts.set(key, count);
    if (effect === 'once' && count > 1) world.broken(`${tool} of call ${key} starts ${count} times`);
  }
}

/** What a tool gave is in the conversation, once. */
function checkOutputs({ world }: Process, state: RunState): void {
  const text = JSON.stringify(state.history);
  const { transcript } = state;
  for (const execution of world.executions) {
    const { key, mark, tool, process } = execution;
    const [run, seq, ...inside] = key.split('/');
    if (run !== state.runId || inside.length > 0) continue;
    const times = text.split(mark).length - 1;
    if (times > 1) world.broken(`the output of ${tool} of call ${key} is there ${times} times`);
    if (times > 0 || execution.state !== 'returned' || execution.withheld) continue;
    // A process that ends at the very moment has not taken it yet.
    if (process.dead && process.time.ticks === execution.tick) continue;
    // It waits for the outputs of earlier calls.
    if (state.earlyResults.has(Number(seq))) continue;
    // An output guardrail takes back what it refused.
    const turn = transcript[Number(seq)]?.turn;
    if (transcript.some((entry) => entry.turn === turn && entry.withheld === true)) continue;
    world.broken(`the output of ${tool} of call ${key} is lost${process.dead ? ' in a crash' : ''}`);
  }
}

/** Outputs of a turn stand in the order of their calls, where none of them can have waited for a human. */
function checkOrder({ world }: Process, { transcript, graph }: RunState): void {
  const calls = transcript.filter(
    ({ item, origin, handoff }) => origin === 'model' && item.type === 'function_call' && handoff !== true,
  );
  for (const turn of new Set(calls.map((call) => call.turn))) {
    const own = calls.filter((call) => call.turn === turn);
    const tools = graph.agentOf(own[0]?.agent ?? '').tools;
    const names = new Set(own.map(({ item }) => ('name' in item ? item.name : '')));
    const mayWait = tools.some(
      (each) => names.has(each.name) && each.type === 'function' && (each.needsApproval !== false || each.agent),
    );
    if (mayWait) continue;
    const ids = own.map(({ item }) => ('callId' in item ? item.callId : ''));
    const answered = transcript.flatMap(({ item, origin, turn: when }) => {
      if (when !== turn || origin !== 'tool' || item.type !== 'function_call_result') return [];
      // Whether a tool has run that failed just before its process ended, is only asked in the next one.
      return ids.includes(item.callId) && item.output !== UNKNOWN_OUTCOME ? [item.callId] : [];
    });
    const inOrder = ids.filter((id) => answered.includes(id));
    if (String(answered) !== String(inOrder)) {
      world.broken(`outputs of turn ${turn} stand in the order ${String(answered)}, the calls ${String(ids)}`);
    }
  }
}

/** The session holds what the run said, in its order; all of it once the run has its answer. */
function checkSession(
  { world }: Process,
  { state, final }: { readonly state: RunState; readonly final: boolean },
): void {
  // A run that was left before it had read its session does not know what is in there.
  if (world.session === undefined || state.givenInput !== undefined) return;
  // A run that was given only the end of its session's history has less to say.
  if (world.plan.join !== 'all') return;
  const said = state.history.map((item) => JSON.stringify(item));
  const stored = world.session.items.map((item) => JSON.stringify(item));
  let at = 0;
  for (const text of said) if (text === stored[at]) at++;
  if (at < stored.length) world.broken(`the session has what the run did not say: ${String(stored[at])}`);
  if (final && stored.length < said.length) {
    world.broken(`the session has ${stored.length} items of ${said.length}: ${String(stored)}`);
  }
}
