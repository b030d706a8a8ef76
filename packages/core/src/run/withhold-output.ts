import type { OutputGuardrailTripwireTriggered } from '../error/index.js';
import { assistant, isAssistantMessage } from '../item/index.js';
import type { AgentInputItem } from '../item/index.js';
import type { RunScope } from './run-scope.js';
import type { TranscriptEntry } from './transcript.js';

/** What stands for a final output that was refused, where the run does not word it itself. */
export const WITHHELD_MESSAGE = 'Output withheld by an output guardrail.';

/**
 * Takes a refused final output out of the record: messages go, with the reasoning that only led to them, and
 * a tool output that was to be final keeps its place with another text, as its call needs an answer [GRD-06].
 * What tools did stays, so that the next run knows of it.
 */
export async function withholdOutput(
  scope: RunScope,
  error: OutputGuardrailTripwireTriggered,
): Promise<void> {
  const { state } = scope;
  const entries = state.turnEntries();
  const fromModel = entries.filter((entry) => entry.origin === 'model');
  const byTools = !fromModel.some((entry) => isAssistantMessage(entry.item));
  const text = await blockedMessage(scope, error.result.guardrail.name);
  let nextIsGone = false;
  for (const entry of entries.toReversed()) {
    const item = replacement(entry, { text, byTools, nextIsGone });
    if (item !== undefined) state.withhold(entry.seq, item);
    nextIsGone = item !== undefined;
  }
}

interface Refused {
  readonly text: string;
  /** The refused output came from tools, not from a message. */
  readonly byTools: boolean;
  /** What stands right after it was refused. */
  readonly nextIsGone: boolean;
}

function replacement({ item, origin }: TranscriptEntry, refused: Refused): AgentInputItem | undefined {
  if (isAssistantMessage(item)) return assistant(refused.text);
  if (item.type === 'reasoning' && refused.nextIsGone) return { type: 'reasoning', content: [] };
  const isOutput = origin === 'tool' && item.type === 'function_call_result';
  return isOutput && refused.byTools ? { ...item, output: refused.text } : undefined;
}

async function blockedMessage(scope: RunScope, guardrailName: string): Promise<string> {
  const { state, config } = scope;
  const own = config.outputGuardrailBlockedMessage;
  if (typeof own !== 'function') return own ?? WITHHELD_MESSAGE;
  const { currentAgent: agent, context: runContext } = state;
  const text = await own({ defaultMessage: WITHHELD_MESSAGE, guardrailName, agent, runContext });
  return text ?? WITHHELD_MESSAGE;
}
