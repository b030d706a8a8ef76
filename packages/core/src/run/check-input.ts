import type { InputGuardrail, InputGuardrailResult } from '../agent/index.js';
import { GuardrailExecutionError, InputGuardrailTripwireTriggered } from '../error/index.js';
import { runConcurrently } from '../internal/run-concurrently.js';
import type { AgentInputItem } from '../item/index.js';
import { withSpan } from '../trace/index.js';
import { requireVerdict } from './guardrail-verdict.js';
import type { RunScope } from './run-scope.js';

/** The guardrails a run's input has still to pass: the starting agent's, then the run's. */
export function inputGuardrails(
  scope: RunScope,
  kind: 'blocking' | 'parallel',
): readonly InputGuardrail<never>[] {
  const { state, config } = scope;
  if (state.inputChecked) return [];
  return [...state.startingAgent.inputGuardrails, ...(config.inputGuardrails ?? [])].filter(
    (guardrail) => (guardrail.runInParallel ?? true) === (kind === 'parallel'),
  );
}

/**
 * Runs guardrails at the same time. The first to trip aborts and awaits the others; what was said until then
 * is kept [GRD-03].
 *
 * @throws InputGuardrailTripwireTriggered, GuardrailExecutionError
 */
export async function checkInput(
  scope: RunScope,
  guardrails: readonly InputGuardrail<never>[],
): Promise<InputGuardrailResult[]> {
  const { state } = scope;
  const agent = state.startingAgent;
  const input: AgentInputItem[] = [];
  for (const entry of state.transcript) if (entry.origin === 'input') input.push(entry.item);
  const said: (InputGuardrailResult | undefined)[] = guardrails.map(() => undefined);
  const ended = runConcurrently(
    [...guardrails.entries()],
    ([index, guardrail], signal) => {
      const span = scope.tracer.startSpan({ type: 'guardrail', name: guardrail.name }, scope.span);
      return withSpan(span, async () => {
        let result: InputGuardrailResult;
        try {
          const output = requireVerdict(await guardrail.execute({ agent, input, context: state.context, signal: signal ?? scope.resources.quietSignal }));
          result = { guardrail: { type: 'input', name: guardrail.name }, output };
        } catch (cause) {
          if (signal?.aborted === true) throw cause;
          throw new GuardrailExecutionError(guardrail.name, { cause });
        }
        if (span.data.type === 'guardrail') span.data.triggered = result.output.tripwireTriggered;
        said[index] = result;
        if (!result.output.tripwireTriggered) return;
        throw new InputGuardrailTripwireTriggered(result);
      });
    },
    { signal: scope.signal },
  );
  try {
    await ended;
    return said.filter((each) => each !== undefined);
  } catch (error) {
    state.recordInputGuardrails(said.filter((each) => each !== undefined), false);
    throw error;
  }
}
