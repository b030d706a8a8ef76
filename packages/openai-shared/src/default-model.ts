import type { ModelSettings } from '@baton/core/model';
import { readEnv } from './env.js';

/** The name of the model where none is given: `OPENAI_DEFAULT_MODEL` in lower case, else `gpt-5.6-luna`. */
export function getDefaultModel(): string {
  return readEnv('OPENAI_DEFAULT_MODEL')?.toLowerCase() ?? 'gpt-5.6-luna';
}

/** Whether a model of the GPT-5 family wants settings for reasoning; the `chat-latest` ones take none [RSP-07]. */
export function gpt5ReasoningSettingsRequired(modelName: string): boolean {
  return modelName.startsWith('gpt-5') && !CHAT_LATEST.test(modelName);
}

/** Whether the default model is one of the GPT-5 family that reasons. */
export function isGpt5Default(): boolean {
  return gpt5ReasoningSettingsRequired(getDefaultModel());
}

/**
 * The settings that a model found by name is asked with where none are given: quick answers, few words. A model
 * whose efforts are not known gets no effort; models before GPT-5 get nothing.
 *
 * @param model Default: the default model.
 */
export function getDefaultModelSettings(model: string = getDefaultModel()): ModelSettings {
  if (!isReasoning(model)) return {};
  const effort = EFFORTS.find(([names]) => names.test(model))?.[1];
  return { ...(effort !== undefined && { reasoning: { effort } }), text: { verbosity: 'low' } };
}

/** GPT-5 and whatever comes after it. */
function isReasoning(model: string): boolean {
  const version = /^gpt-(\d+)(\.\d+)?(-|$)/.exec(model);
  return version !== null && Number(version[1]) >= 5 && !CHAT_LATEST.test(model);
}

const CHAT_LATEST = /^gpt-5(\.[123])?-chat-latest$/;

/** What OpenAI's own SDKs ask with, as of @openai/agents 0.20; the names may carry the date of a snapshot. */
const EFFORTS: readonly (readonly [names: RegExp, effort: 'none' | 'low' | 'medium'])[] = [
  [/^gpt-5(-\d{4}-\d{2}-\d{2})?$/, 'low'],
  [/^gpt-5\.[1245](-\d{4}-\d{2}-\d{2})?$/, 'none'],
  [/^gpt-5\.[24]-pro(-\d{4}-\d{2}-\d{2})?$/, 'medium'],
  [/^gpt-5\.4-(mini|nano)(-\d{4}-\d{2}-\d{2})?$/, 'none'],
  [/^gpt-5\.6-(sol|terra|luna)(-\d{4}-\d{2}-\d{2})?$/, 'none'],
  [/^gpt-5\.6$/, 'none'],
  [/^gpt-5\.2-codex$/, 'low'],
  [/^gpt-5\.3-codex$/, 'none'],
  [/^gpt-6-astra$/, 'low'],
];
