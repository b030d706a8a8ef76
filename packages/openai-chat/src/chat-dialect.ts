/**
 * What of Chat Completions an endpoint takes: where it differs from OpenAI's own. Presets have one; state yours for
 * an endpoint that has none.
 */
export interface ChatDialect {
  /**
   * How an output type is asked for. `json_schema` (default) sends the schema; `json_object` sends that JSON is wanted
   * and puts the schema into the instructions; `prompt` only has the instructions. The run validates in any case.
   */
  readonly responseFormat?: ResponseFormatSupport | undefined;
  /** The same, where there are tools besides. Default: as without. */
  readonly responseFormatWithTools?: ResponseFormatSupport | undefined;
  /** The same, where the answer is streamed. Default: as without. */
  readonly responseFormatStreamed?: ResponseFormatSupport | undefined;
  /**
   * The field for `maxTokens`. Default: `max_completion_tokens` for OpenAI's models that refuse the other one (o1 and
   * later, GPT-5 and later), else `max_tokens`.
   */
  readonly maxTokens?: 'max_completion_tokens' | 'max_tokens' | undefined;
  /** Whether usage is asked for in streams by `stream_options`. Default: true. */
  readonly streamUsage?: boolean | undefined;
  /** Whether functions say if they are `strict`. Default: true. */
  readonly strictTools?: boolean | undefined;
  /** Whether `parallel_tool_calls` is known. Default: true. */
  readonly parallelToolCalls?: boolean | undefined;
  /** Whether the role `developer` is known; otherwise such messages are `system` ones. Default: true. */
  readonly developerRole?: boolean | undefined;
  /** Whether an earlier refusal is sent as one; otherwise it is sent as text. Default: true. */
  readonly refusals?: boolean | undefined;
  /** Whether the output of a tool may be a list of text parts; otherwise they are one text. Default: true. */
  readonly toolOutputParts?: boolean | undefined;
  /**
   * Whether the arguments of an earlier call may be any text, such as JSON that was cut off; otherwise such text is sent
   * inside of an object, `{"arguments":"…"}`. Endpoints that parse the history refuse all of it for one such call.
   * Default: true.
   */
  readonly brokenArguments?: boolean | undefined;
  /**
   * How hard a model thinks: `reasoning_effort` (default), `{ reasoning: { effort } }`, or nothing the endpoint knows.
   */
  readonly reasoning?: 'reasoning_effort' | 'reasoning' | 'none' | undefined;
}

/** How an endpoint can be asked for JSON. */
export type ResponseFormatSupport = 'json_schema' | 'json_object' | 'prompt';
