export { noopSpan, noopTracer } from './noop-tracer.js';
export type {
  AgentSpanData,
  AudioSpanData,
  CustomSpanData,
  FunctionSpanData,
  GenerationSpanData,
  GenerationUsageData,
  GuardrailSpanData,
  HandoffSpanData,
  MCPListToolsSpanData,
  ResponseSpanData,
  SpanData,
  SpeechGroupSpanData,
  SpeechSpanData,
  TaskSpanData,
  TaskUsageData,
  TranscriptionSpanData,
  TurnSpanData,
  TurnUsageData,
} from './span-data.js';
export type { Span, SpanError, TraceOptions, TraceReference, Tracer, TracingConfig } from './tracer.js';
export { toSpanError, withSpan } from './with-span.js';
