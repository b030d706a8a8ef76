import type { JsonRecord } from '@baton/openai-shared';

/** What one item adds to the messages. */
export type MessagePiece =
  /** Messages that stand by themselves: one, or several with commas between. */
  | { readonly kind: 'message'; readonly json: string }
  /** What an assistant said; calls that follow go into the same message. */
  | {
      readonly kind: 'assistant';
      readonly text: string | undefined;
      readonly refusal: string | undefined;
      /** The id of what was said aloud. */
      readonly audio: string | undefined;
      readonly fields: JsonRecord;
    }
  | { readonly kind: 'reasoning'; readonly fields: JsonRecord }
  | { readonly kind: 'call'; readonly callId: string; readonly json: string }
  | { readonly kind: 'output'; readonly callId: string; readonly json: string }
  | { readonly kind: 'nothing' };
