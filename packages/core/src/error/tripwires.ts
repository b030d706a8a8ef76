import { AgentsError } from './agents-error.js';

/** What every guardrail result has: who said what. */
interface TrippedGuardrail {
  readonly guardrail: { readonly name: string };
  readonly output: { readonly outputInfo?: unknown };
}

function tripwireMessage(result: TrippedGuardrail): string {
  return `Guardrail ${result.guardrail.name} triggered its tripwire`;
}

/** An input guardrail stopped the run; `result` is what it said. */
export class InputGuardrailTripwireTriggered<
  TResult extends TrippedGuardrail = TrippedGuardrail,
> extends AgentsError {
  override readonly code = 'BATON_INPUT_GUARDRAIL_TRIPWIRE';
  override readonly name = 'InputGuardrailTripwireTriggered';
  readonly result: TResult;

  constructor(result: TResult) {
    super(tripwireMessage(result));
    this.result = result;
  }
}

/** An output guardrail refused the final output; `result` is what it said. */
export class OutputGuardrailTripwireTriggered<
  TResult extends TrippedGuardrail = TrippedGuardrail,
> extends AgentsError {
  override readonly code = 'BATON_OUTPUT_GUARDRAIL_TRIPWIRE';
  override readonly name = 'OutputGuardrailTripwireTriggered';
  readonly result: TResult;

  constructor(result: TResult) {
    super(tripwireMessage(result));
    this.result = result;
  }
}

/** A tool's input guardrail stopped the run before the tool started. */
export class ToolInputGuardrailTripwireTriggered<
  TResult extends TrippedGuardrail = TrippedGuardrail,
> extends AgentsError {
  override readonly code = 'BATON_TOOL_INPUT_GUARDRAIL_TRIPWIRE';
  override readonly name = 'ToolInputGuardrailTripwireTriggered';
  readonly result: TResult;

  constructor(result: TResult) {
    super(tripwireMessage(result));
    this.result = result;
  }
}

/** A tool's output guardrail stopped the run after the tool ran. */
export class ToolOutputGuardrailTripwireTriggered<
  TResult extends TrippedGuardrail = TrippedGuardrail,
> extends AgentsError {
  override readonly code = 'BATON_TOOL_OUTPUT_GUARDRAIL_TRIPWIRE';
  override readonly name = 'ToolOutputGuardrailTripwireTriggered';
  readonly result: TResult;

  constructor(result: TResult) {
    super(tripwireMessage(result));
    this.result = result;
  }
}
