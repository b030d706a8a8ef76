/** An agent, from its becoming active until it hands over or the run ends. */
export interface AgentSpanData {
  readonly type: 'agent';
  readonly name: string;
  handoffs?: readonly string[];
  tools?: readonly string[];
  output_type?: string;
}

/** Tokens of a turn. */
export interface TurnUsageData {
  readonly input_tokens: number;
  readonly output_tokens: number;
  readonly cached_input_tokens: number;
  readonly cache_write_input_tokens: number;
}

/** Tokens and requests of a run. */
export interface TaskUsageData extends TurnUsageData {
  readonly requests: number;
  readonly total_tokens: number;
}

/** A whole run. */
export interface TaskSpanData {
  readonly type: 'task';
  readonly name: string;
  usage?: TaskUsageData;
}

/** One model call of an agent and the actions it asks for. */
export interface TurnSpanData {
  readonly type: 'turn';
  readonly turn: number;
  readonly agent_name: string;
  usage?: TurnUsageData;
}

/** A call of a tool that runs in the app. */
export interface FunctionSpanData {
  readonly type: 'function';
  readonly name: string;
  input?: string;
  output?: string;
  /** Where the tool is an MCP server's: the server, as JSON. */
  mcp_data?: string;
  /** The model's id of the tool call; not on OpenAI's wire. */
  _call_id?: string;
}

/** Tokens of a model call. */
export interface GenerationUsageData {
  readonly input_tokens?: number;
  readonly output_tokens?: number;
  /** More of what was counted. A run writes `total_tokens`, `input_tokens_details` and `output_tokens_details` beside it. */
  readonly details?: Readonly<Record<string, unknown>> | null;
  readonly [key: string]: unknown;
}

/** A model call. */
export interface GenerationSpanData {
  readonly type: 'generation';
  /** The system instructions. */
  instructions?: string;
  input?: unknown;
  output?: unknown;
  model?: string;
  model_config?: Readonly<Record<string, unknown>>;
  usage?: GenerationUsageData;
  /** The provider's id of the response, where it can be referred to later. */
  response_id?: string;
  /** Where the model was asked, as far as it knows; not on OpenAI's wire. */
  _base_url?: string;
  /** Why the model stopped; not on OpenAI's wire. */
  _finish_reason?: string;
}

/** A model call that the provider's own records tell more of. */
export interface ResponseSpanData {
  readonly type: 'response';
  response_id?: string;
  /** For processors in the app; no exporter sends it. */
  _input?: unknown;
  /** For processors in the app; no exporter sends it. */
  _response?: unknown;
}

/** One agent handing over to another. */
export interface HandoffSpanData {
  readonly type: 'handoff';
  from_agent?: string;
  to_agent?: string;
}

/** Something of the app's own. */
export interface CustomSpanData {
  readonly type: 'custom';
  readonly name: string;
  data?: Readonly<Record<string, unknown>>;
}

/** A guardrail. */
export interface GuardrailSpanData {
  readonly type: 'guardrail';
  readonly name: string;
  triggered?: boolean;
}

/** Audio in a span: base64, and how to read it. */
export interface AudioSpanData {
  readonly data: string;
  /** E.g. `pcm`. */
  readonly format: string;
}

/** Speech to text. */
export interface TranscriptionSpanData {
  readonly type: 'transcription';
  input?: AudioSpanData;
  output?: string;
  model?: string;
  model_config?: Readonly<Record<string, unknown>>;
}

/** Text to speech, of one segment. */
export interface SpeechSpanData {
  readonly type: 'speech';
  input?: string;
  output?: AudioSpanData;
  model?: string;
  model_config?: Readonly<Record<string, unknown>>;
  /** When the first audio was there, ISO 8601. */
  first_content_at?: string;
}

/** Text to speech, of all segments of a turn. */
export interface SpeechGroupSpanData {
  readonly type: 'speech_group';
  input?: string;
}

/** Asking an MCP server for its tools. */
export interface MCPListToolsSpanData {
  readonly type: 'mcp_tools';
  server?: string;
  /** The names of the tools. */
  result?: readonly string[];
}

/**
 * What a span is about; fields that are known only later are set while it runs. The names are those that
 * OpenAI's traces have on the wire, so that what a processor sees is what is sent.
 */
export type SpanData =
  | AgentSpanData
  | TaskSpanData
  | TurnSpanData
  | FunctionSpanData
  | GenerationSpanData
  | ResponseSpanData
  | HandoffSpanData
  | CustomSpanData
  | GuardrailSpanData
  | TranscriptionSpanData
  | SpeechSpanData
  | SpeechGroupSpanData
  | MCPListToolsSpanData;
