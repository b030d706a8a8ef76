import type { OutputGuardrail, OutputGuardrailResult } from '../agent/index.js';
import { GuardrailExecutionError, OutputGuardrailTripwireTriggered } from '../error/index.js';
import { runConcurrently } from '../internal/run-concurrently.js';
import { withSpan } from '../trace/index.js';
import { requireVerdict } from './guardrail-verdict.js';
import type { RunScope } from './run-scope.js';

/**
 * Runs the output guardrails of the agent that gave the final output, then the run's, at the same time. What
 * was said until one trips or fails is kept [GRD-03].
 *
 * @throws OutputGuardrailTripwireTriggered, GuardrailExecutionError
 */
export function checkOutput(scope: RunScope, agentOutput: unknown): void | Promise<void> {
  const guardrails = [...scope.state.currentAgent.outputGuardrails, ...(scope.config.outputGuardrails ?? [])];
  return guardrails.length === 0 ? undefined : runGuardrails(scope, guardrails, agentOutput);
}

async function runGuardrails(
  scope: RunScope,
  guardrails: readonly OutputGuardrail<never>[],
  agentOutput: unknown,
): Promise<void> {
  const { state } = scope;
  const agent = state.currentAgent;
  const details = { modelResponse: state.rawResponses.at(-1) };
  const said: (OutputGuardrailResult | undefined)[] = guardrails.map(() => undefined);
  const ended = runConcurrently(
    [...guardrails.entries()],
    ([index, guardrail], signal) => {
      const span = scope.tracer.startSpan({ type: 'guardrail', name: guardrail.name }, scope.span);
      return withSpan(span, async () => {
        let result: OutputGuardrailResult;
        try {
          const args = { agent, agentOutput: agentOutput as never, context: state.context, signal: signal ?? scope.resources.quietSignal, details }; // typed by the agent's own options
          const output = requireVerdict(await guardrail.execute(args));
          result = { guardrail: { type: 'output', name: guardrail.name }, agentOutput, agent, output };
        } catch (cause) {
          if (signal?.aborted === true) throw cause;
          throw new GuardrailExecutionError(guardrail.name, { cause });
        }
        if (span.data.type === 'guardrail') span.data.triggered = result.output.tripwireTriggered;
        said[index] = result;
        if (!result.output.tripwireTriggered) return;
        throw new OutputGuardrailTripwireTriggered(result);
      });
    },
    { signal: scope.signal },
  );
  try {
    await ended;
    state.recordOutputGuardrails(said.filter((each) => each !== undefined));
  } catch (error) {
    const refused = error instanceof OutputGuardrailTripwireTriggered;
    const kept = said.filter((each) => each !== undefined);
    // A refused output leaves the record, also here.
    state.recordOutputGuardrails(refused ? kept.map((each) => ({ ...each, agentOutput: undefined })) : kept);
    throw error;
  }
}
