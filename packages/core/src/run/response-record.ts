import type { ModelResponse } from '../model/index.js';

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
  return {
    usage,
    ...(responseId !== undefined && { responseId }),
    ...(requestId !== undefined && { requestId }),
    ...(finishReason !== undefined && { finishReason }),
    ...(warnings !== undefined && { warnings }),
    ...(providerData !== undefined && { providerData }),
    ...(rawUsage !== undefined && { rawUsage }),
    turn: place.turn,
    from: place.from,
    to: place.to,
  };
}
