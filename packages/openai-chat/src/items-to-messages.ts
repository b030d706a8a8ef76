import { consoleLogger, type Logger, type ModelRequest } from '@baton/core/model';
import type { JsonRecord } from '@baton/openai-shared';
import type { ChatDialect } from './chat-dialect.js';
import { messagesJson } from './request/messages-json.js';
import type { ReplayReasoning } from './request/replay-reasoning.js';
import { nothingSaid, RequestWarnings } from './request/request-warnings.js';

/** Options of {@link itemsToMessages}. */
export interface ItemsToMessagesOptions {
  /** Whether what would be lost is a `UserError`. Default: false, which warns. */
  readonly strictFeatureValidation?: boolean | undefined;
  /** Whether tool outputs keep everything the wire can carry. Wins over the former. Default: false. */
  readonly preserveToolOutputAllContent?: boolean | undefined;
  /** The name of the model the messages are for; it decides about reasoning and signatures. Default: none. */
  readonly model?: string | undefined;
  /** What the endpoint takes. Default: what OpenAI's takes. */
  readonly dialect?: ChatDialect | undefined;
  /** Whether the model is given reasoning. Default: where it came from a model of the same family. */
  readonly shouldReplayReasoning?: ReplayReasoning | undefined;
  /** Takes the warnings. Default: the console. */
  readonly logger?: Logger | undefined;
}

/**
 * The messages that Chat Completions gets for an input: for servers, tests and logs that need them without a call.
 *
 * @throws UserError for items that Chat Completions cannot be told, and in strict mode for what would be lost.
 *
 * @example
 * ```ts
 * import { itemsToMessages } from '@baton/openai-chat';
 *
 * export const messages = itemsToMessages('Hello'); // [{ role: 'user', content: 'Hello' }]
 * ```
 */
export function itemsToMessages(
  items: ModelRequest['input'],
  options: ItemsToMessagesOptions = {},
): JsonRecord[] {
  const request = {
    input: items,
    modelSettings: {},
    tools: [],
    handoffs: [],
    outputType: 'text',
  } as const;
  const json = messagesJson(
    items,
    {
      model: options.model ?? '',
      dialect: options.dialect ?? {},
      strict: options.strictFeatureValidation ?? false,
      preserveToolOutputAllContent: options.preserveToolOutputAllContent ?? false,
      replayReasoning: options.shouldReplayReasoning,
      warnings: new RequestWarnings(request, {
        said: nothingSaid(),
        logger: options.logger ?? consoleLogger,
      }),
    },
    { items: new Map(), tools: new Map(), schemas: new Map() },
  );
  return JSON.parse(`[${json}]`) as JsonRecord[]; // written just before, as objects
}
