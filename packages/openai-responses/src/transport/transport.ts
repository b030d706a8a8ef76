import type { HttpCall, IncomingEvents as SharedEvents, JsonRecord } from '@baton/openai-shared';

/** How one request is to be sent. */
export interface TransportCall extends HttpCall {
  /** Nobody shall try again, for whatever reason. */
  readonly retriesOff?: boolean;
}

/** A response that came in one piece; its status is not looked at yet. */
export interface WholeResponse {
  readonly response: JsonRecord;
  readonly requestId: string | undefined;
  /** How many requests for it were turned away before. */
  readonly turnedAway?: number;
}

/** The events of one streamed response as they come in. */
export interface IncomingEvents extends SharedEvents {
  /** How many requests for it were turned away before. */
  readonly turnedAway?: number;
}

/** Carries requests of the Responses API to a server and the answers back. */
export interface ResponsesTransport {
  fetchResponse(body: string, call: TransportCall): Promise<WholeResponse>;
  openStream(body: string, call: TransportCall): Promise<IncomingEvents>;
}
