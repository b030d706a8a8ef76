import type { JsonRecord } from '@baton/openai-shared';
import type { TextSource } from './parse-json.js';

/** How one request is to be sent. */
export interface TransportCall {
  readonly signal?: AbortSignal | undefined;
  /** Somebody else decides about trying again. */
  readonly clientRetriesOff?: boolean;
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
export interface IncomingEvents {
  readonly source: TextSource;
  /** How many requests for it were turned away before. */
  readonly turnedAway?: number;
  /** The next events, maybe none, as JSON text or already parsed; `undefined` at the end. */
  read(): Promise<readonly (string | JsonRecord)[] | undefined>;
  /** What to throw for an error that happened while reading. */
  readonly toError: (error: unknown, outputStarted: boolean) => unknown;
  /** Lets go of the connection, which can be used again where the response was complete. */
  close(complete: boolean): void;
}

/** Carries requests of the Responses API to a server and the answers back. */
export interface ResponsesTransport {
  fetchResponse(body: string, call: TransportCall): Promise<WholeResponse>;
  openStream(body: string, call: TransportCall): Promise<IncomingEvents>;
}
