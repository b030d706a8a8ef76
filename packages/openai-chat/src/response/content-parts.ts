import { isRecord, type JsonRecord, recordsOf, textOf } from '@baton/openai-shared';

/** Gets what content parts say. */
export interface PartSink {
  readonly text: (text: string) => void;
  readonly refusal: (text: string) => void;
  readonly thought: (text: string) => void;
}

/** Content as a list of parts, as Mistral sends it where its models think. */
export function addContentParts(parts: readonly JsonRecord[], sink: PartSink): void {
  for (const part of parts) {
    switch (part['type']) {
      case 'text':
      case 'output_text':
        sink.text(textOf(part, 'text') ?? '');
        break;
      case 'refusal':
        sink.refusal(textOf(part, 'refusal') ?? '');
        break;
      case 'thinking':
        sink.thought(thinkingIn(part));
        break;
      default:
      // References and the like stand in the raw event.
    }
  }
}

function thinkingIn(part: JsonRecord): string {
  const { thinking } = part;
  if (typeof thinking === 'string') return thinking;
  return recordsOf(part, 'thinking')
    .filter(isRecord)
    .map((each) => textOf(each, 'text') ?? '')
    .join('');
}
