import type { Attributes } from './attributes.js';

/** A span in OpenTelemetry's words. */
export interface SpanDescription {
  readonly name: string;
  /** `client` where the span waits for somebody else's answer. */
  readonly kind: 'internal' | 'client';
  readonly attributes: Attributes;
}
