import type {
  AgentSpanData,
  CustomSpanData,
  FunctionSpanData,
  GenerationSpanData,
  GuardrailSpanData,
  HandoffSpanData,
  MCPListToolsSpanData,
  ResponseSpanData,
  SpanData,
  SpeechGroupSpanData,
  SpeechSpanData,
  TaskSpanData,
  TranscriptionSpanData,
  TurnSpanData,
} from '@baton/core';
import type { Span } from './span.js';
import type { Trace } from './trace.js';
import type { CreateSpanOptions } from './trace-provider-options.js';
import type { TraceProvider } from './trace-provider.js';

/** What the functions for one kind of span take: its data without the kind, what has a default left out. */
export interface KindOptions<TData extends SpanData, TRequired extends keyof TData = never>
  extends Omit<CreateSpanOptions, 'data'> {
  readonly data: Partial<TData> & Pick<TData, TRequired>;
}

/** Makes a span of one kind, not started yet, inside the parent or what is current. */
type Create<TData extends SpanData, TRequired extends keyof TData = never> = (
  ...args: [TRequired] extends [never]
    ? [options?: Partial<KindOptions<TData>>, parent?: Trace | Span]
    : [options: KindOptions<TData, TRequired>, parent?: Trace | Span]
) => Span<TData>;

/** Calls the function inside a new span of one kind, which notes its failure and ends in every case. */
type With<TData extends SpanData, TRequired extends keyof TData = never> = <T>(
  fn: (span: Span<TData>) => Promise<T> | T,
  ...args: Parameters<Create<TData, TRequired>>
) => Promise<T>;

/** For each kind of span one function that makes it and one that calls a function inside it. */
export interface SpanFunctions {
  readonly createAgentSpan: Create<AgentSpanData>;
  readonly createCustomSpan: Create<CustomSpanData, 'name'>;
  readonly createFunctionSpan: Create<FunctionSpanData, 'name'>;
  readonly createGenerationSpan: Create<GenerationSpanData>;
  readonly createGuardrailSpan: Create<GuardrailSpanData, 'name'>;
  readonly createHandoffSpan: Create<HandoffSpanData>;
  readonly createMCPListToolsSpan: Create<MCPListToolsSpanData>;
  readonly createResponseSpan: Create<ResponseSpanData>;
  readonly createSpeechGroupSpan: Create<SpeechGroupSpanData>;
  readonly createSpeechSpan: Create<SpeechSpanData>;
  readonly createTaskSpan: Create<TaskSpanData>;
  readonly createTranscriptionSpan: Create<TranscriptionSpanData>;
  readonly createTurnSpan: Create<TurnSpanData, 'turn' | 'agent_name'>;
  readonly withAgentSpan: With<AgentSpanData>;
  readonly withCustomSpan: With<CustomSpanData, 'name'>;
  readonly withFunctionSpan: With<FunctionSpanData, 'name'>;
  readonly withGenerationSpan: With<GenerationSpanData>;
  readonly withGuardrailSpan: With<GuardrailSpanData, 'name'>;
  readonly withHandoffSpan: With<HandoffSpanData>;
  readonly withMCPListToolsSpan: With<MCPListToolsSpanData>;
  readonly withResponseSpan: With<ResponseSpanData>;
  readonly withSpeechGroupSpan: With<SpeechGroupSpanData>;
  readonly withSpeechSpan: With<SpeechSpanData>;
  readonly withTaskSpan: With<TaskSpanData>;
  readonly withTranscriptionSpan: With<TranscriptionSpanData>;
  readonly withTurnSpan: With<TurnSpanData, 'turn' | 'agent_name'>;
}

/**
 * The functions for each kind of span, for the provider that is there when they are called.
 *
 * @param provider Asked at each call.
 */
export function createSpanFunctions(provider: () => TraceProvider): SpanFunctions {
  const agent = pairFor<AgentSpanData>(provider, { type: 'agent', name: 'Agent' });
  const custom = pairFor<CustomSpanData, 'name'>(provider, { type: 'custom', data: {} });
  const fn = pairFor<FunctionSpanData, 'name'>(provider, { type: 'function' });
  const generation = pairFor<GenerationSpanData>(provider, { type: 'generation' });
  const guardrail = pairFor<GuardrailSpanData, 'name'>(provider, { type: 'guardrail', triggered: false });
  const handoff = pairFor<HandoffSpanData>(provider, { type: 'handoff' });
  const mcpTools = pairFor<MCPListToolsSpanData>(provider, { type: 'mcp_tools' });
  const response = pairFor<ResponseSpanData>(provider, { type: 'response' });
  const speechGroup = pairFor<SpeechGroupSpanData>(provider, { type: 'speech_group' });
  const speech = pairFor<SpeechSpanData>(provider, { type: 'speech' });
  const task = pairFor<TaskSpanData>(provider, { type: 'task', name: 'Agent workflow' });
  const transcription = pairFor<TranscriptionSpanData>(provider, { type: 'transcription' });
  const turn = pairFor<TurnSpanData, 'turn' | 'agent_name'>(provider, { type: 'turn' });
  return {
    createAgentSpan: agent.create,
    createCustomSpan: custom.create,
    createFunctionSpan: fn.create,
    createGenerationSpan: generation.create,
    createGuardrailSpan: guardrail.create,
    createHandoffSpan: handoff.create,
    createMCPListToolsSpan: mcpTools.create,
    createResponseSpan: response.create,
    createSpeechGroupSpan: speechGroup.create,
    createSpeechSpan: speech.create,
    createTaskSpan: task.create,
    createTranscriptionSpan: transcription.create,
    createTurnSpan: turn.create,
    withAgentSpan: agent.with,
    withCustomSpan: custom.with,
    withFunctionSpan: fn.with,
    withGenerationSpan: generation.with,
    withGuardrailSpan: guardrail.with,
    withHandoffSpan: handoff.with,
    withMCPListToolsSpan: mcpTools.with,
    withResponseSpan: response.with,
    withSpeechGroupSpan: speechGroup.with,
    withSpeechSpan: speech.with,
    withTaskSpan: task.with,
    withTranscriptionSpan: transcription.with,
    withTurnSpan: turn.with,
  };
}

interface Pair<TData extends SpanData, TRequired extends keyof TData> {
  readonly create: Create<TData, TRequired>;
  readonly with: With<TData, TRequired>;
}

function pairFor<TData extends SpanData, TRequired extends keyof TData = never>(
  provider: () => TraceProvider,
  defaults: Omit<TData, TRequired>,
): Pair<TData, TRequired> {
  const complete = (options: Partial<KindOptions<TData>> = {}): CreateSpanOptions<TData> => ({
    ...options,
    // The defaults and what is required make the whole.
    data: { ...defaults, ...options.data } as unknown as TData,
  });
  return {
    create: (...[options, parent]) => provider().createSpan(complete(options), parent),
    with: (fn, ...[options, parent]) => provider().withSpan(fn, complete(options), parent),
  };
}
