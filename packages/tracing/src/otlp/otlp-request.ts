import type { Attributes } from '../genai/attributes.js';
import { SEMANTIC_CONVENTIONS_SCHEMA_URL } from '../semantic-conventions.js';
import type { OtlpSpan } from './otlp-span.js';

/** Who sends the spans: the app, and the library that made them. */
export interface OtlpOrigin {
  readonly resource: Attributes;
  readonly scope: { readonly name: string; readonly version: string };
}

/** A way to write requests. Spans are written one by one, so that a request can be cut by its size. */
export interface OtlpEncoding<TEncoded> {
  readonly contentType: string;
  encodeSpan(span: OtlpSpan): TEncoded;
  sizeOf(encoded: TEncoded): number;
  /** The whole request around the spans. */
  encodeRequest(spans: readonly TEncoded[], origin: OtlpOrigin): Uint8Array<ArrayBuffer>;
  /** What the answer to a request says. */
  decodeResponse(body: Uint8Array): PartialSuccess | undefined;
}

/** The collector has taken the request, and not all of what is in it. */
export interface PartialSuccess {
  readonly rejectedSpans: number;
  readonly errorMessage: string;
}

/** Says which version of the conventions the attributes follow. */
export const SCHEMA_URL: string = SEMANTIC_CONVENTIONS_SCHEMA_URL;

/** `flags` of a span: sampled, and the parent is known to be of this process. */
export const SPAN_FLAGS = 0x101;

/** `code` of a status that is an error. */
export const STATUS_ERROR = 2;

/**
 * The spans as requests of limited size.
 *
 * @param maxBytes A span that is larger goes alone, as nothing smaller can be made of it.
 */
export function toRequests<TEncoded>(
  spans: readonly OtlpSpan[],
  encoding: OtlpEncoding<TEncoded>,
  { origin, maxBytes }: { readonly origin: OtlpOrigin; readonly maxBytes: number },
): readonly { readonly body: Uint8Array<ArrayBuffer>; readonly spanCount: number }[] {
  const envelope = encoding.encodeRequest([], origin).length + ENVELOPE_LENGTHS;
  const chunks: TEncoded[][] = [];
  let size = maxBytes;
  for (const span of spans) {
    const encoded = encoding.encodeSpan(span);
    const added = encoding.sizeOf(encoded);
    const last = chunks.at(-1);
    if (last !== undefined && size + added <= maxBytes) {
      last.push(encoded);
      size += added;
    } else {
      chunks.push([encoded]);
      size = envelope + added;
    }
  }
  return chunks.map((chunk) => ({
    body: encoding.encodeRequest(chunk, origin),
    spanCount: chunk.length,
  }));
}

/** By how much the lengths in a protobuf envelope grow with what is in it. */
const ENVELOPE_LENGTHS = 16;
