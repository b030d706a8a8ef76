import { isObject, type JsonObject } from '../json.js';
import type { Chunk } from '../reply/reply.js';
import type { FinishedChoice, FinishedMessage } from './finish-choices.js';
import { detailsOf } from './request.js';

/** What one chunk says of one choice. */
export interface ChoiceDelta extends JsonObject {
  readonly index: number;
  readonly delta: JsonObject;
  readonly logprobs: JsonObject | null;
  readonly finish_reason: string | null;
}

/** A choice as OpenAI streams it: the role, what is said in pieces, the calls one after the other, the reason to finish. */
export function* choiceDeltas(choice: FinishedChoice, chunk: Chunk): Iterable<ChoiceDelta> {
  const { index, message } = choice;
  const next = (delta: JsonObject, more: Partial<ChoiceDelta> = {}): ChoiceDelta => ({
    index,
    delta,
    logprobs: null,
    finish_reason: null,
    ...more,
  });
  yield next({
    role: 'assistant',
    content: message.content === null ? null : '',
    refusal: message.refusal === '' ? '' : null,
  });
  for (const delta of otherDeltas(message, chunk)) yield next(delta);
  for (const part of ['content', 'refusal'] as const) {
    for (const { text, entry } of pieces(choice, part, chunk)) {
      const logprobs = entry && { content: null, refusal: null, [part]: [entry] };
      yield next({ [part]: text }, { logprobs: logprobs ?? null });
    }
  }
  for (const delta of lateDeltas(message, chunk)) yield next(delta);
  yield next({}, { finish_reason: choice.finish_reason });
}

const OWN_FIELDS = new Set(['role', 'content', 'refusal', 'annotations', 'audio', 'tool_calls']);

/** What endpoints send beside OpenAI's fields, such as reasoning, comes before the text. */
function* otherDeltas(message: FinishedMessage, chunk: Chunk): Iterable<JsonObject> {
  for (const [field, value] of Object.entries(message)) {
    if (OWN_FIELDS.has(field)) continue;
    if (typeof value !== 'string' || value === '') yield { [field]: value };
    else for (const piece of chunk(value)) yield { [field]: piece };
  }
}

function* lateDeltas(message: FinishedMessage, chunk: Chunk): Iterable<JsonObject> {
  const { annotations, audio, tool_calls: calls = [] } = message;
  if (Array.isArray(annotations) && annotations.length > 0) yield { annotations };
  if (isObject(audio)) yield* audioDeltas(audio, chunk);
  for (const [index, call] of calls.entries()) yield* callDeltas(call, index, chunk);
}

function* audioDeltas(audio: JsonObject, chunk: Chunk): Iterable<JsonObject> {
  const { id, transcript, data, expires_at } = audio;
  yield { audio: { id, transcript: '' } };
  for (const piece of chunk(String(transcript))) yield { audio: { transcript: piece } };
  yield { audio: { data } };
  yield { audio: { expires_at } };
}

function* callDeltas(call: JsonObject, index: number, chunk: Chunk): Iterable<JsonObject> {
  const custom = call['type'] === 'custom';
  const kind = custom ? 'custom' : 'function';
  const written = custom ? 'input' : 'arguments';
  const details = detailsOf(call);
  yield { tool_calls: [{ index, ...call, [kind]: { ...details, [written]: '' } }] };
  for (const piece of chunk(String(details[written] ?? ''))) {
    yield { tool_calls: [{ index, [kind]: { [written]: piece } }] };
  }
}

/** The deltas of a text: its tokens where there are log probabilities, else its chunks. */
function pieces(
  { message, logprobs }: FinishedChoice,
  part: 'content' | 'refusal',
  chunk: Chunk,
): readonly { readonly text: string; readonly entry?: JsonObject }[] {
  const entries = logprobs?.[part];
  if (entries === undefined || entries === null)
    return chunk(message[part] ?? '').map((text) => ({ text }));
  return entries.map((entry) => ({ text: String(entry['token']), entry }));
}
