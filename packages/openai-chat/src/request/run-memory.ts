import type {
  AgentInputItem,
  JsonSchemaDefinition,
  ModelRequest,
  SerializedOutputType,
  SerializedTool,
} from '@baton/core/model';
import type { ConvertedTools } from './convert-tools.js';
import type { MessagePiece } from './message-piece.js';
import type { SentMessages } from './messages-json.js';

/** A schema's text, and who has written it. */
export interface SaidSchema {
  readonly make: (type: JsonSchemaDefinition) => string;
  readonly text: string;
}

/** What one model remembers between the calls of one run. */
export interface ChatMemory {
  /** By identity: items are never edited, so what was converted once stays right. */
  readonly items: Map<AgentInputItem, MessagePiece>;
  /** The last input: the next one mostly begins with it. */
  last?: SentMessages;
  readonly tools: Map<readonly SerializedTool[], ConvertedTools>;
  /** Output types in JSON or in words: their schemas are as big as tools. */
  readonly schemas: Map<SerializedOutputType, SaidSchema>;
}

/** The model's memory in this run; outside a run one that lasts for this call. */
export function memoryOf(request: ModelRequest, model: object): ChatMemory {
  // Only this function writes under the model's own key.
  const known = request.runMemory?.get(model) as ChatMemory | undefined;
  if (known !== undefined) return known;
  const memory: ChatMemory = { items: new Map(), tools: new Map(), schemas: new Map() };
  request.runMemory?.set(model, memory);
  return memory;
}
