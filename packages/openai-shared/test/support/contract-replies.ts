import type { ProviderReply, ProviderReplyItem } from '@baton/core/testing';
import {
  functionCall,
  httpError,
  message,
  type OutputItem,
  reasoning,
  refusal,
  type Reply,
} from '@baton/testing';

/** How the strict server is told of an item. */
export type WireOf = (item: ProviderReplyItem) => OutputItem;

/** What the contract of a model wants to be answered, as a reply of the strict server. */
export function replyOf(
  { output, usage, split, fault }: ProviderReply,
  { wireOf = responsesItem, brokenAfter = 5 }: { wireOf?: WireOf; brokenAfter?: number } = {},
): Reply {
  const { cachedInputTokens: cachedTokens, ...tokens } = usage;
  const reply = {
    output: output.map((item) => wireOf(item)),
    usage: { ...tokens, cachedTokens },
    ...(split !== undefined && { chunk: split }),
  };
  switch (fault?.type) {
    case 'http_error': {
      const { status, retryAfterSeconds: wait } = fault;
      return httpError(status, wait === undefined ? {} : { headers: { 'retry-after': `${wait}` } });
    }
    case 'silent':
      return { ...reply, delayMs: 60_000 };
    case 'drops':
      return { ...reply, fault: { kind: 'drop', afterEvents: brokenAfter } };
    case 'garbles':
      return { ...reply, fault: { kind: 'malformed', afterEvents: brokenAfter } };
    default:
      return reply;
  }
}

/** As the Responses API has it. */
export function responsesItem(item: ProviderReplyItem): OutputItem {
  switch (item.type) {
    case 'text':
      return message(item.text);
    case 'refusal':
      return refusal(item.text);
    case 'reasoning':
      return reasoning(item.text, { id: `rs_${item.opaque}` });
    case 'function_call':
      return functionCall(item.name, item.arguments, { callId: item.callId });
    case 'unknown':
      return { type: 'program', code: item.marker, fingerprint: 'f' };
  }
}
