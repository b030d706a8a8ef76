import { ModelBehaviorError } from '../error/index.js';
import { isRecord, toJsonText } from '../internal/json.js';
import { Usage } from '../model/index.js';
import type { ModelResponse } from '../model/index.js';

/**
 * A model's response as the run relies on it: models and middleware are anybody's. Usage that is missing or
 * plain data is made one.
 *
 * @throws ModelBehaviorError where it is no response.
 */
export function readResponse(response: unknown): ModelResponse {
  if (!isRecord(response)) throw noResponse(`it is ${toJsonText(response)}`);
  const { output, usage } = response;
  if (!Array.isArray(output)) throw noResponse(`its output is ${toJsonText(output)}`);
  output.forEach((item, index) => {
    const problem = problemOf(item);
    if (problem !== undefined) throw noResponse(`item ${index} of its output ${problem}`);
  });
  // All that the run relies on was checked above; what is left is between the model and its readers.
  const checked = response as unknown as ModelResponse;
  if (usage instanceof Usage) return checked;
  return { ...checked, usage: new Usage(isRecord(usage) ? usage : { requests: 1 }) };
}

const CALL_FIELDS = ['callId', 'name', 'arguments'] as const;

function problemOf(item: unknown): string | undefined {
  if (!isRecord(item)) return `is ${toJsonText(item)}`;
  switch (item['type']) {
    case undefined:
    case 'message':
      return Array.isArray(item['content']) ? undefined : 'is a message whose content is no list';
    case 'function_call': {
      const missing = CALL_FIELDS.find((field) => typeof item[field] !== 'string');
      return missing === undefined ? undefined : `is a function call whose ${missing} is no text`;
    }
    default:
      return typeof item['type'] === 'string' ? undefined : `has the type ${toJsonText(item['type'])}`;
  }
}

function noResponse(problem: string): ModelBehaviorError {
  return new ModelBehaviorError(
    `The model gave no response that a run can go on with: ${problem}. ` +
      'Expected { output, usage } with output as a list of items. Check the model and the model middleware.',
  );
}
