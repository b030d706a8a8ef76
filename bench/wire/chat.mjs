// Chat Completions as the bench's server speaks it.

import { OBFUSCATION } from './responses.mjs';

const USAGE = {
  prompt_tokens: 120,
  completion_tokens: 20,
  total_tokens: 140,
  prompt_tokens_details: { cached_tokens: 0, audio_tokens: 0 },
  completion_tokens_details: {
    reasoning_tokens: 0,
    audio_tokens: 0,
    accepted_prediction_tokens: 0,
    rejected_prediction_tokens: 0,
  },
};

/** The whole answer. */
export function chatWhole(script) {
  const { calls, text = null } = script.next;
  const message = { role: 'assistant', content: text, refusal: null, annotations: [] };
  return {
    ...head(script, 'chat.completion'),
    choices: [
      {
        index: 0,
        message: calls === undefined ? message : { ...message, tool_calls: calls.map(toToolCall) },
        logprobs: null,
        finish_reason: finishReason(script),
      },
    ],
    usage: USAGE,
  };
}

/** The answer as chunks, the usage among them. */
export function* chatStream(script) {
  const chunk = (choices, usage = null) =>
    `data: ${JSON.stringify({ ...head(script, 'chat.completion.chunk'), choices, usage, obfuscation: OBFUSCATION })}\n\n`;
  const delta = (fields, finish_reason = null) =>
    chunk([{ index: 0, delta: fields, logprobs: null, finish_reason }]);
  const { calls } = script.next;
  if (calls === undefined) {
    yield delta({ role: 'assistant', content: '', refusal: null });
    for (const content of script.pieces) yield delta({ content });
  } else {
    yield delta({ role: 'assistant', content: null, refusal: null });
    for (const [index, call] of calls.entries()) {
      const { id, type, function: called } = toToolCall(call);
      yield delta({ tool_calls: [{ index, id, type, function: { ...called, arguments: '' } }] });
      const half = call.args.length >> 1;
      for (const piece of [call.args.slice(0, half), call.args.slice(half)]) {
        yield delta({ tool_calls: [{ index, function: { arguments: piece } }] });
      }
    }
  }
  yield delta({}, finishReason(script));
  yield chunk([], USAGE);
  yield 'data: [DONE]\n\n';
}

function head({ model, turn }, object) {
  return {
    id: `chatcmpl-${turn}`,
    object,
    created: 1_760_000_000,
    model,
    service_tier: 'default',
    system_fingerprint: null,
  };
}

function finishReason({ next }) {
  return next.calls === undefined ? 'stop' : 'tool_calls';
}

function toToolCall({ id, name, args }) {
  return { id, type: 'function', function: { name, arguments: args } };
}
