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

/** What the contract of a model wants to be answered, as a reply of the strict server. */
export function replyOf({ output, usage, split, fault }: ProviderReply): Reply {
  const { cachedInputTokens: cachedTokens, ...tokens } = usage;
  const reply = {
    output: output.map(wireOf),
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
      return { ...reply, fault: { kind: 'drop', afterEvents: 5 } };
    case 'garbles':
      return { ...reply, fault: { kind: 'malformed', afterEvents: 5 } };
    default:
      return reply;
  }
}

function wireOf(item: ProviderReplyItem): OutputItem {
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
