import { message, type OutputItem, type ReplyRequest } from '@baton/testing';
import { judgeTopic } from './judge-topic.js';
import { nextStep } from './next-step.js';
import { readSituation } from './read-situation.js';

/** The whole offline model: what it answers depends on the request alone. */
export function replyTo(request: ReplyRequest): readonly OutputItem[] {
  if (wantsVerdict(request)) {
    return [message(JSON.stringify(judgeTopic(request.lastUserText ?? '')))];
  }
  return nextStep(readSituation(request));
}

/** The guardrail's agent is the one that asks for JSON. */
export function wantsVerdict({ body }: ReplyRequest): boolean {
  return JSON.stringify(body['text'] ?? null).includes('"onTopic"');
}
