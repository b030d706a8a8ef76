import type { RunContext } from '../context/index.js';
import {
  GuardrailExecutionError,
  ToolInputGuardrailTripwireTriggered,
  ToolOutputGuardrailTripwireTriggered,
  UserError,
} from '../error/index.js';
import { isRecord, toJsonText } from '../internal/json.js';
import type { ToolCallItem } from '../item/index.js';
import type { ExecutableTool, ToolGuardrailFunctionOutput } from '../tool/index.js';
import { withSpan } from '../trace/index.js';
import type { RunScope } from './run-scope.js';

/** A tool call for its guardrails. */
export interface CheckedCall {
  readonly tool: ExecutableTool<never>;
  readonly toolCall: ToolCallItem;
  readonly agent: { readonly name: string };
}

/** Runs a tool's input guardrails in order; the text to show instead of running it, if one says so. */
export async function checkToolInput(scope: RunScope, call: CheckedCall): Promise<string | undefined> {
  const { toolCall, agent } = call;
  const data = { context: contextOf(scope), agent, toolCall };
  for (const { name, run } of call.tool.inputGuardrails) {
    const output = await runGuardrail(scope, name, () => run(data));
    const result = { guardrail: { type: 'tool_input', name }, output } as const;
    scope.state.recordToolInputGuardrail(result);
    if (output.behavior.type === 'rejectContent') return output.behavior.message;
    if (output.behavior.type === 'throwException') {
      throw new ToolInputGuardrailTripwireTriggered(result);
    }
  }
  return undefined;
}

/** Runs a tool's output guardrails in order; the text to show instead of the output, if one says so. */
export async function checkToolOutput(
  scope: RunScope,
  call: CheckedCall,
  toolOutput: unknown,
): Promise<string | undefined> {
  const { toolCall, agent } = call;
  const data = { context: contextOf(scope), agent, toolCall, output: toolOutput };
  for (const { name, run } of call.tool.outputGuardrails) {
    const output = await runGuardrail(scope, name, () => run(data));
    const result = { guardrail: { type: 'tool_output', name }, output } as const;
    scope.state.recordToolOutputGuardrail(result);
    if (output.behavior.type === 'rejectContent') return output.behavior.message;
    if (output.behavior.type === 'throwException') {
      throw new ToolOutputGuardrailTripwireTriggered(result);
    }
  }
  return undefined;
}

async function runGuardrail(
  scope: RunScope,
  name: string,
  run: () => ToolGuardrailFunctionOutput | Promise<ToolGuardrailFunctionOutput>,
): Promise<ToolGuardrailFunctionOutput> {
  const span = scope.tracer.startSpan({ type: 'guardrail', name }, scope.span);
  return withSpan(span, async () => {
    try {
      const output = requireBehavior(await run());
      if (span.data.type === 'guardrail') span.data.triggered = output.behavior.type !== 'allow';
      return output;
    } catch (cause) {
      throw new GuardrailExecutionError(name, { cause });
    }
  });
}

/** A guardrail that says nothing known has not checked anything: the tool does not run, its output is not shown. */
function requireBehavior(output: ToolGuardrailFunctionOutput): ToolGuardrailFunctionOutput {
  const said: unknown = output;
  const behavior = isRecord(said) && isRecord(said['behavior']) ? said['behavior'] : {};
  switch (behavior['type']) {
    case 'allow':
    case 'throwException':
      return output;
    case 'rejectContent':
      if (typeof behavior['message'] === 'string') return output;
      break;
    default:
  }
  throw new UserError(
    `It returned ${toJsonText(said)}. Return { behavior: { type: 'allow' } }, { behavior: { type: 'rejectContent', message } } ` +
      "or { behavior: { type: 'throwException' } }, as ToolGuardrailFunctionOutputFactory does.",
  );
}

function contextOf(scope: RunScope): RunContext<never> {
  return scope.state.context;
}
