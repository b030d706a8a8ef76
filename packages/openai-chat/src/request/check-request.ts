import { type ModelRequest, UserError } from '@baton/core/model';
import type { Warnings } from './convert-context.js';

/** How what cannot be done is dealt with. */
export interface CheckOptions {
  readonly strict: boolean;
  readonly warnings: Warnings;
}

/**
 * What only the Responses API can do [S1]: ignored with one warning, or in strict mode refused before anything is
 * sent. Set is set: an empty id counts.
 *
 * @throws UserError in strict mode.
 */
export function checkRequest(request: ModelRequest, options: CheckOptions): void {
  const state = STATE.filter((name) => request[name] !== undefined);
  if (state.length > 0) {
    refuse(options, {
      code: 'server_managed_conversation',
      message:
        `OpenAIChatCompletionsModel does not support server-managed conversation state (${state.join(', ')}). ` +
        'Chat Completions requires callers to pass the full conversation history; use a Responses API model for ' +
        'previousResponseId or a conversation-capable model for conversationId.',
      ignoring: 'unsupported server-managed conversation state',
    });
  }
  if (request.prompt !== undefined) {
    refuse(options, {
      code: 'prompt',
      message:
        'Reusable prompts are only supported by the Responses API. OpenAIChatCompletionsModel does not support ' +
        '`prompt`; use a Responses model instead.',
      ignoring: '`prompt`',
    });
  }
  const { reasoning } = request.modelSettings;
  const settings = REASONING.filter((name) => (reasoning?.[name] ?? undefined) !== undefined);
  if (settings.length > 0) {
    refuse(options, {
      code: 'reasoning_settings',
      message:
        `OpenAIChatCompletionsModel does not support ${settings.map((name) => `reasoning.${name}`).join(', ')}. ` +
        'These reasoning settings require the Responses API; Chat Completions only uses reasoning.effort.',
      ignoring: 'unsupported reasoning settings',
    });
  }
}

interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly ignoring: string;
}

function refuse({ strict, warnings }: CheckOptions, { code, message, ignoring }: Refusal): void {
  if (strict) throw new UserError(message);
  warnings.once(
    code,
    `${message} Ignoring ${ignoring}; enable strict feature validation to raise an error instead.`,
  );
}

const STATE = ['previousResponseId', 'conversationId'] as const;
const REASONING = ['mode', 'context'] as const;
