/** What the OpenAI packages share; inlined into them at build. */
export { linkSignal } from './abort-link.js';
export type { AbortLink } from './abort-link.js';
export type {
  ByteReaderLike,
  ByteStreamLike,
  ClientRequestOptions,
  HttpResponseLike,
  OpenAIClientLike,
} from './client-like.js';
export { setOptions } from './client-options.js';
export type { OpenAIClientOptions } from './client-options.js';
export { clientSource, requireClientAlone } from './client.js';
export type { ClientInput, ClientSource } from './client.js';
export {
  getDefaultModel,
  getDefaultModelSettings,
  gpt5ReasoningSettingsRequired,
  isGpt5Default,
} from './default-model.js';
export { readEnv } from './env.js';
export { eventStreamDecoder, openEventStream } from './event-stream.js';
export type { EventStream, EventStreamDecoder } from './event-stream.js';
export { endedEarly, httpTransport } from './http-transport.js';
export type {
  HttpApi,
  HttpCall,
  HttpTransport,
  IncomingEvents,
  WholeAnswer,
} from './http-transport.js';
export { isRecord, recordsOf, textOf } from './json.js';
export type { JsonRecord } from './json.js';
export { OpenParts } from './open-parts.js';
export type { PartKind, PartPlace } from './open-parts.js';
export { parseObject } from './parse-json.js';
export type { TextSource } from './parse-json.js';
export { rawEventOf } from './raw-event.js';
export type { RawModelStreamEvent } from './raw-event.js';
export { originOf, toRequestError } from './request-error.js';
export type { FailedCall } from './request-error.js';
export { clientRetriesOff, retryAdvice } from './retry-advice.js';
export { sendAgain } from './send-again.js';
export { sleep } from './sleep.js';
export { toUsage } from './usage.js';
export { userAgent } from './user-agent.js';
