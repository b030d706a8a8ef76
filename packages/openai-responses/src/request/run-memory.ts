import type {
  AgentInputItem,
  ModelRequest,
  SerializedOutputType,
  SerializedTool,
} from '@baton/core/model';
import type { ConvertedItem } from './convert-item.js';
import type { SentInput } from './input-json.js';
import type { ConvertedTools } from './convert-tools.js';

/** What one model remembers between the calls of one run. */
export interface ResponsesMemory {
  /** By identity: items are never edited, so what was converted once stays right. */
  readonly items: Map<AgentInputItem, ConvertedItem | null>;
  /** The last input: the next one mostly begins with it. */
  last?: SentInput;
  readonly tools: Map<readonly SerializedTool[], ConvertedTools>;
  /** The JSON of output formats: their schemas are as big as tools. */
  readonly formats: Map<SerializedOutputType, string>;
}

/** The model's memory in this run; outside a run one that lasts for this call. */
export function memoryOf(request: ModelRequest, model: object): ResponsesMemory {
  // Only this function writes under the model's own key.
  const known = request.runMemory?.get(model) as ResponsesMemory | undefined;
  if (known !== undefined) return known;
  const memory: ResponsesMemory = { items: new Map(), tools: new Map(), formats: new Map() };
  request.runMemory?.set(model, memory);
  return memory;
}
