import { MaxTurnsExceededError } from '../error/index.js';
import { orAbort } from '../internal/abort-scope.js';
import { withSpan } from '../trace/index.js';
import type { Span } from '../trace/index.js';
import { activateAgent } from './activate-agent.js';
import type { Activation } from './activate-agent.js';
import { conversationInput } from './conversation.js';
import type { NextStep } from './decide-next-step.js';
import { within } from './run-scope.js';
import type { RunScope } from './run-scope.js';
import { saveSession } from './save-session.js';
import { traceTurn } from './trace-turn.js';
import { runTurn } from './turn.js';

/** How the loop ends: with an answer, with a question to a human, or where it was asked to stop. */
export type LoopEnd =
  | Extract<NextStep, { type: 'final_output' | 'interruption' }>
  | { readonly type: 'stopped' };

/** Turn after turn, agent after agent. */
export async function runLoop(scope: RunScope): Promise<LoopEnd> {
  for (;;) {
    const end = await runAgent(scope);
    if (end.type !== 'handoff') return end;
    if (await scope.stopAfterTurn()) return { type: 'stopped' };
  }
}

/** The turns of one agent, from its becoming active until it hands over or the loop ends. */
function runAgent(scope: RunScope): Promise<LoopEnd | { readonly type: 'handoff' }> {
  const { name } = scope.state.currentAgent;
  const span = scope.tracer.startSpan({ type: 'agent', name }, scope.span);
  return withSpan(span, async () => {
    const inner = within(scope, span);
    const activation = await orAbort(activateAgent(inner), scope.signal);
    describeAgent(span, activation);
    await tellAgentStart(inner, activation);
    for (;;) {
      checkTurnLimit(scope);
      const next = await traceTurn(inner, activation, runTurn);
      // A final output is stored once its guardrails have passed.
      if (next.type !== 'final_output' && scope.session !== undefined) await saveSession(scope);
      if (next.type !== 'run_again') return next;
      const stop = scope.stopAfterTurn();
      if (typeof stop === 'boolean' ? stop : await stop) return { type: 'stopped' };
      scope.signal?.throwIfAborted();
    }
  });
}

function describeAgent({ data }: Span, { agent, tools, handoffs }: Activation): void {
  if (data.type !== 'agent') return;
  const { serialized } = agent.outputSpec;
  data.tools = tools.map((tool) => tool.name);
  data.handoffs = [...handoffs.values()].map((handoff) => handoff.agentName);
  data.output_type = serialized === 'text' ? 'text' : serialized.name;
}

async function tellAgentStart(scope: RunScope, { agent, model }: Activation): Promise<void> {
  const { state, ports } = scope;
  if (state.agentStarted) return;
  const updated = ports.emit({ type: 'agent_updated_stream_event', agent });
  if (updated !== undefined) await updated;
  const started = ports.emit({
    type: 'agent_start',
    agent,
    turnInput: conversationInput(state, model).input,
  });
  if (started !== undefined) await started;
  state.markAgentStarted();
}

/** Checked before a model call; an open turn has already been counted, one without a response has not [JS-3]. */
function checkTurnLimit({ state }: RunScope): void {
  if (state.phase.type !== 'model' || state.maxTurns === null) return;
  if (state.turnsAnswered >= state.maxTurns) throw new MaxTurnsExceededError(state.maxTurns);
}
