import { type ModelSettingsToolChoice, UserError } from '@baton/core/model';
import type { JsonRecord } from '@baton/openai-shared';
import type { ConvertedTools } from './convert-tools.js';

/**
 * The wire's `tool_choice`: a rule, or a function by name [CC-15]. Where there is nothing to choose from, a rule that
 * forces nothing is left out: servers refuse it without tools.
 *
 * @throws UserError where a tool is to be called that is not there.
 */
export function toWireToolChoice(
  choice: ModelSettingsToolChoice | undefined,
  { names }: ConvertedTools,
): string | JsonRecord | undefined {
  if (choice === undefined) return undefined;
  if (choice === 'auto' || choice === 'none') return names.size === 0 ? undefined : choice;
  if (choice === 'required') {
    if (names.size > 0) return choice;
    throw new UserError(
      'The tool choice is "required" and there are no tools and no handoffs. Give the agent some, or choose "auto".',
    );
  }
  if (names.has(choice)) return { type: 'function', function: { name: choice } };
  const known = [...names].join(', ');
  throw new UserError(
    `The tool choice "${choice}" names no tool and no handoff of this request (${known === '' ? 'there are none' : known}). ` +
      "Choose 'auto', 'required', 'none' or one of them; what OpenAI runs by itself needs a Responses model.",
  );
}
