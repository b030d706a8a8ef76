export { DEFAULT_MAX_TURNS } from './run-config.js';
export type {
  CallModelInputFilter,
  HandoffHistoryMapper,
  ModelInputData,
  OutputGuardrailBlockedMessage,
  ReasoningItemIdPolicy,
  RunConfig,
  RunOptions,
  SessionInputCallback,
  ToolErrorFormatter,
  ToolErrorFormatterArgs,
  ToolExecutionConfig,
  ToolNameCollisionPolicy,
  ToolNotFoundBehavior,
} from './run-config.js';
export type { RunEvent, RunLifecycleEvent } from './run-events.js';
export type {
  CallModel,
  ExecuteTool,
  ModelCall,
  ModelMiddleware,
  RunPorts,
  StepKey,
  ToolInvocation,
  ToolMiddleware,
} from './run-ports.js';
export { RunResult } from './run-result.js';
export { RunState } from './run-state.js';
export type { ResponseRecord } from './response-record.js';
export type { RunPhase, RunStateOptions, ServerConversation, TranscriptView } from './run-data.js';
export { RUN_STATE_VERSION } from './run-state-json.js';
export type { RunStateJson, RunStateJsonOptions } from './run-state-json.js';
export { run } from './run.js';
export { Runner } from './runner.js';
export type { ContextOption, RunFunction, StreamedOptions, WholeOptions } from './runner.js';
export type { RunInput } from './start-run.js';
export { StreamedRunResult } from './streamed-run-result.js';
export type { CancelOptions } from './streamed-run-result.js';
export type { EntryOrigin, TranscriptEntry } from './transcript.js';
export type {
  RunErrorHandler,
  RunErrorHandlerInput,
  RunErrorHandlerResult,
  RunErrorHandlers,
  RunErrorKind,
} from './error-handlers.js';
