import type { Model } from '../../model/index.js';
import type { ProviderReply } from './provider-reply.js';

/**
 * What a provider may not have, or its stand-in not do. Laws that need it are left out where the setup
 * names it under `without`.
 * - `severalTexts`: more than one text in an answer
 * - `refusals`, `reasoning`: these items
 * - `providerData`: `opaque` of a reasoning item comes back in the next request
 * - `foreignData`: the model keeps what another provider put on an item to itself
 * - `unknownItems`: items Baton has no word for
 * - `callIds`: the provider names its calls; otherwise the model does
 * - `usageDetails`: cached and reasoning tokens
 * - `byteChunks`: the stand-in writes its body in pieces of `bytesPerChunk`
 * - `httpErrors`, `unreachable`, `silence`, `stalls`, `brokenAnswers` (`drops`, `ends`, `garbles`): these faults
 * - `openRequests`: the stand-in knows which requests still wait
 */
export type ModelTestFeature =
  | 'severalTexts'
  | 'refusals'
  | 'reasoning'
  | 'providerData'
  | 'foreignData'
  | 'unknownItems'
  | 'callIds'
  | 'usageDetails'
  | 'byteChunks'
  | 'httpErrors'
  | 'unreachable'
  | 'silence'
  | 'stalls'
  | 'brokenAnswers'
  | 'openRequests';

/** A model whose provider has its answers ready. */
export interface PreparedModel {
  readonly model: Model;
  /** Bodies of the requests the provider got, parsed or as text, in the order in which they were answered. */
  readonly requests: () => readonly unknown[];
  /** How many requests the provider still has a connection open for. */
  readonly openRequests?: () => number;
  /** Called when a law is through with the model. */
  readonly close?: () => void | Promise<void>;
}

/** How `testModel` gets at a model. */
export interface ModelTestSetup {
  /** Makes a model whose provider gives these answers: one per request, in the order of the requests. */
  readonly prepare: (replies: readonly ProviderReply[]) => PreparedModel | Promise<PreparedModel>;
  /** What the provider has not got; default: it has everything. */
  readonly without?: readonly ModelTestFeature[];
  /** Milliseconds to wait for anything before a law fails; default 4000. */
  readonly timeoutMs?: number;
}
