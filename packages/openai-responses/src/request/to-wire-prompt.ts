import type { Prompt, UserContent } from '@baton/core/model';
import { isRecord, type JsonRecord } from '@baton/openai-shared';
import { toWireInputPart } from './to-wire-content.js';

/** A stored prompt template, with its variables filled in. */
export function toWirePrompt({ promptId, version, variables }: Prompt): JsonRecord {
  return {
    id: promptId,
    ...(version !== undefined && { version }),
    ...(variables !== undefined && {
      variables: Object.fromEntries(
        Object.entries(variables).map(([name, value]) => [name, toWireVariable(value)]),
      ),
    }),
  };
}

/** A variable is a text, or a part of a message in Baton's form or already in the wire's. */
function toWireVariable(value: unknown): unknown {
  return isPart(value) ? toWireInputPart(value) : value;
}

function isPart(value: unknown): value is UserContent {
  if (!isRecord(value)) return false;
  switch (value['type']) {
    case 'input_text':
      return typeof value['text'] === 'string';
    case 'input_image':
      return 'image' in value;
    case 'input_file':
      return 'file' in value;
    default:
      return false;
  }
}
