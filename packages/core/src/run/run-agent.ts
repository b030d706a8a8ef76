import { MaxTurnsExceededError } from '../error/index.js';
import { orAbort } from '../internal/abort-scope.js';
import { isPromise } from '../internal/is-promise.js';
import { withSpan } from '../trace/index.js';
import type { Span } from '../trace/index.js';
import { activateAgent } from './activate-agent.js';
import type { Activation } from './activate-agent.js';
import { conversationInput } from './conversation.js';
import type { NextStep } from './decide-next-step.js';
import { within } from './run-scope.js';
import type { RunScope } from './run-scope.js';
import { saveSession } from './save-session.js';
import { tracedTurns } from './trace-turn.js';
import { runTurn } from './turn.js';

/** How an agent's turns end: with a step that is no other turn of its own, or where the run was asked to stop. */
export type AgentEnd = Exclude<NextStep, { type: 'run_again' }> | { readonly type: 'stopped' };

/** Turn after turn of one agent, from its becoming active until it hands over or the run ends. */
export function runAgent(scope: RunScope): Promise<AgentEnd> {
  const { name } = scope.state.currentAgent;
  const span = scope.tracer.startSpan({ type: 'agent', name }, scope.span);
  return withSpan(span, async () => {
    const inner = within(scope, span);
    const activating = orAbort(activateAgent(inner), scope.signal);
    const activation = isPromise(activating) ? await activating : activating;
    describeAgent(span, activation);
    if (!scope.state.agentStarted) await tellAgentStart(inner, activation);
    const nextTurn = tracedTurns(inner, activation, runTurn);
    for (;;) {
      checkTurnLimit(scope);
      const next = await nextTurn();
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
