import type { GuardrailFunctionOutput } from '../agent/index.js';
import { UserError } from '../error/index.js';
import { isRecord, toJsonText } from '../internal/json.js';

/**
 * What a guardrail returned, where it is a verdict: one that says nothing has not checked anything.
 *
 * @throws UserError where it is none.
 */
export function requireVerdict(output: GuardrailFunctionOutput): GuardrailFunctionOutput {
  const said: unknown = output;
  if (isRecord(said) && typeof said['tripwireTriggered'] === 'boolean') return output;
  throw new UserError(
    `It returned ${toJsonText(said)}. Return { tripwireTriggered: true } or { tripwireTriggered: false }.`,
  );
}
