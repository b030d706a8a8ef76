import { AgentsError } from './agents-error.js';

/** What every guardrail result has: who said what. */
interface TrippedGuardrail {
  readonly guardrail: { readonly name: string };
  readonly output: { readonly outputInfo?: unknown };
}

function tripwireMessage(result: TrippedGuardrail): string {
  return `Guardrail ${result.guardrail.name} triggered its tripwire`;
}

function hide(error: Error, result: TrippedGuardrail): void {
  Object.defineProperty(error, 'result', { value: result, enumerable: false });
}

/** An input guardrail stopped the run; `result` is what it said. */
export class InputGuardrailTripwireTriggered<
  TResult extends TrippedGuardrail = TrippedGuardrail,
> extends AgentsError {
  override readonly code = 'BATON_INPUT_GUARDRAIL_TRIPWIRE';
  override readonly name = 'InputGuardrailTripwireTriggered';
  /** Not enumerable, as it may hold what was refused. */
  declare readonly result: TResult;

  constructor(result: TResult) {
    super(tripwireMessage(result));
    hide(this, result);
  }
}

/** An output guardrail refused the final output; `result` is what it said. */
export class OutputGuardrailTripwireTriggered<
  TResult extends TrippedGuardrail = TrippedGuardrail,
> extends AgentsError {
  override readonly code = 'BATON_OUTPUT_GUARDRAIL_TRIPWIRE';
  override readonly name = 'OutputGuardrailTripwireTriggered';
  /** Not enumerable, as it may hold what was refused. */
  declare readonly result: TResult;

  constructor(result: TResult) {
    super(tripwireMessage(result));
    hide(this, result);
  }
}

/** A tool's input guardrail stopped the run before the tool started. */
export class ToolInputGuardrailTripwireTriggered<
  TResult extends TrippedGuardrail = TrippedGuardrail,
> extends AgentsError {
  override readonly code = 'BATON_TOOL_INPUT_GUARDRAIL_TRIPWIRE';
  override readonly name = 'ToolInputGuardrailTripwireTriggered';
  /** Not enumerable, as it may hold what was refused. */
  declare readonly result: TResult;

  constructor(result: TResult) {
    super(tripwireMessage(result));
    hide(this, result);
  }
}

/** A tool's output guardrail stopped the run after the tool ran. */
export class ToolOutputGuardrailTripwireTriggered<
  TResult extends TrippedGuardrail = TrippedGuardrail,
> extends AgentsError {
  override readonly code = 'BATON_TOOL_OUTPUT_GUARDRAIL_TRIPWIRE';
  override readonly name = 'ToolOutputGuardrailTripwireTriggered';
  /** Not enumerable, as it may hold what was refused. */
  declare readonly result: TResult;

  constructor(result: TResult) {
    super(tripwireMessage(result));
    hide(this, result);
  }
}
