import { Usage } from '../model/index.js';
import type { ModelResponse, UsageInput } from '../model/index.js';

/** A model response without its output, which stands in the transcript from `from` up to `to`. */
export type ResponseRecord = Omit<ModelResponse, 'output'> & {
  readonly turn: number;
  readonly from: number;
  readonly to: number;
};

/** The response without its output; written out, as a rest pattern costs more than the turn's bookkeeping. */
export function toResponseRecord(
  response: ModelResponse,
  place: Pick<ResponseRecord, 'turn' | 'from' | 'to'>,
): ResponseRecord {
  const { usage, responseId, requestId, finishReason, warnings, providerData, rawUsage } = response;
  const record: Writable<ResponseRecord> = { usage, turn: place.turn, from: place.from, to: place.to };
  if (responseId !== undefined) record.responseId = responseId;
  if (requestId !== undefined) record.requestId = requestId;
  if (finishReason !== undefined) record.finishReason = finishReason;
  if (warnings !== undefined) record.warnings = warnings;
  if (providerData !== undefined) record.providerData = providerData;
  if (rawUsage !== undefined) record.rawUsage = rawUsage;
  return record;
}

/** A stored response, with its usage as one. */
export function restoreResponse<T extends { readonly usage: UsageInput }>(response: T): T & { readonly usage: Usage } {
  return { ...response, usage: new Usage(response.usage) };
}

type Writable<T> = { -readonly [K in keyof T]: T[K] };
