import type { RunContext } from '../context/index.js';
import { UserError } from '../error/index.js';
import { isRecord } from '../internal/json.js';
import type { ComputerUseCallItem, ProviderData } from '../item/index.js';
import type { ToolCallDetails } from './tool-context.js';

/** Something the provider wants a human to look at before a computer goes on. */
export interface ComputerSafetyCheck {
  readonly id: string;
  readonly code?: string | null;
  readonly message?: string | null;
}

/** `true`: all checks are acknowledged. The checks themselves: those are. Anything else: the call is refused. */
export type ComputerSafetyCheckResult =
  | boolean
  | void
  | { readonly acknowledgedSafetyChecks: readonly ComputerSafetyCheck[] }
  | { readonly acknowledged_safety_checks: readonly ComputerSafetyCheck[] };

/** Looks at safety checks; see `computerTool()`. */
export type ComputerOnSafetyCheckFunction<TContext = unknown> = (args: {
  readonly runContext: RunContext<TContext>;
  readonly pendingSafetyChecks: readonly ComputerSafetyCheck[];
  readonly toolCall: ComputerUseCallItem;
}) => ComputerSafetyCheckResult | Promise<ComputerSafetyCheckResult>;

/** Whether a call may go on, with what its answer has to tell the provider; or why it may not. */
export type SafetyVerdict =
  | { readonly type: 'cleared'; readonly providerData?: ProviderData }
  | { readonly type: 'refused'; readonly text: string };

/**
 * Has the pending safety checks of a call acknowledged, if it has any: all of them, or the call is refused.
 *
 * @throws UserError where there is nobody to ask.
 */
export async function answerSafetyChecks<TContext>(
  runContext: RunContext<TContext>,
  { toolCall }: ToolCallDetails,
  onSafetyCheck: ComputerOnSafetyCheckFunction<TContext> | undefined,
): Promise<SafetyVerdict> {
  const pending = pendingChecks(toolCall.providerData);
  if (pending.length === 0 || toolCall.type !== 'computer_call') return { type: 'cleared' };
  if (onSafetyCheck === undefined) {
    throw new UserError(
      `The model's provider wants these safety checks acknowledged before the computer goes on: ${namesOf(pending)}. ` +
        'Pass onSafetyCheck to computerTool() to decide on them.',
    );
  }
  const said = await onSafetyCheck({ runContext, pendingSafetyChecks: pending, toolCall });
  const acknowledged = new Set(acknowledgedIds(said, pending));
  const missing = pending.filter(({ id }) => !acknowledged.has(id));
  if (missing.length > 0) {
    return {
      type: 'refused',
      text: `Safety checks were not acknowledged, so the actions were not done: ${namesOf(missing)}.`,
    };
  }
  const provider = toolCall.providerData?.provider;
  return {
    type: 'cleared',
    // Echoed only to the provider that asked. Without checks the field is left out: empty it is refused [JS-107].
    providerData: { ...(provider !== undefined && { provider }), acknowledged_safety_checks: pending },
  };
}

/** The wire's own field: providers keep what has no place in the item under its name. */
function pendingChecks(data: ProviderData | undefined): readonly ComputerSafetyCheck[] {
  const pending = data?.['pending_safety_checks'];
  return Array.isArray(pending) ? pending.filter(isCheck) : [];
}

function isCheck(value: unknown): value is ComputerSafetyCheck {
  return isRecord(value) && typeof value['id'] === 'string';
}

function acknowledgedIds(
  said: ComputerSafetyCheckResult,
  pending: readonly ComputerSafetyCheck[],
): readonly string[] {
  if (said === true) return pending.map(({ id }) => id);
  if (said === false || said === undefined) return [];
  const checks =
    'acknowledgedSafetyChecks' in said ? said.acknowledgedSafetyChecks : said.acknowledged_safety_checks;
  return checks.map(({ id }) => id);
}

function namesOf(checks: readonly ComputerSafetyCheck[]): string {
  return checks.map(({ id, code, message }) => message ?? code ?? id).join('; ');
}
