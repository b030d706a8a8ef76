export { type OpenAIServerOptions, type OpenAITestServer, startOpenAIServer } from './server.js';
export type { CompatibleEndpoint } from './context.js';
export type { RecordedRequest } from './http/record.js';
export type { JsonObject } from './json.js';
export {
  type CallOptions,
  customToolCall,
  functionCall,
  message,
  type MessageOptions,
  type OutputItem,
  reasoning,
  type ReasoningOptions,
  refusal,
} from './reply/outputs.js';
export {
  type Chunk,
  type DetailedReply,
  type Fault,
  httpError,
  type HttpErrorOptions,
  type HttpErrorReply,
  type Reply,
  type ReplyFunction,
  type ReplyOutput,
  type ReplyUsage,
} from './reply/reply.js';
export type {
  ConversationItem,
  ReplyRequest,
  RequestBody,
  RequestTool,
  ToolOutput,
} from './reply/reply-request.js';
