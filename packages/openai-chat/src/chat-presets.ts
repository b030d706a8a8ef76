import type { ChatDialect } from './chat-dialect.js';

/** What is known of an endpoint that speaks Chat Completions. */
export interface ChatPreset {
  /** As people call it. */
  readonly title: string;
  /** Where it is. Without one it has no address of its own, and `baseURL` has to say. */
  readonly baseURL?: string | undefined;
  /** The environment variable with the address, where its users have one; `path` is put behind it. */
  readonly baseURLEnv?: { readonly name: string; readonly path: string } | undefined;
  /** The environment variables that may have the key, the first that is set wins; none where no key is needed. */
  readonly apiKeyEnv: readonly string[];
  /** The header the key goes in, where that is not `Authorization: Bearer`. */
  readonly apiKeyHeader?: string | undefined;
  readonly dialect: ChatDialect;
  /** Where the provider says so. */
  readonly docs: string;
}

/** The names of the endpoints that are known. */
export type ChatPresetName =
  | 'openai'
  | 'azure'
  | 'ollama'
  | 'vllm'
  | 'lmstudio'
  | 'llamacpp'
  | 'openrouter'
  | 'groq'
  | 'together'
  | 'fireworks'
  | 'deepseek'
  | 'gemini'
  | 'anthropic';

/**
 * What most endpoints have in common that is not OpenAI's: they know the older names and no refusals, and parse the
 * arguments of earlier calls.
 */
const COMPATIBLE: ChatDialect = {
  maxTokens: 'max_tokens',
  developerRole: false,
  refusals: false,
  brokenArguments: false,
};

/**
 * The known endpoints, as data. Copy one and change it for an endpoint of your own; `openAICompatible()` makes a
 * provider of any.
 */
export const chatPresets: Readonly<Record<ChatPresetName, ChatPreset>> = Object.freeze({
  openai: {
    title: 'OpenAI',
    baseURL: 'https://api.openai.com/v1',
    apiKeyEnv: ['OPENAI_API_KEY'],
    dialect: { maxTokens: 'max_completion_tokens' },
    docs: 'https://platform.openai.com/docs/api-reference/chat/create',
  },
  // The v1 API, which needs no api-version; for a dated one pass an `AzureOpenAI` client to OpenAIChatCompletionsModel.
  azure: {
    title: 'Azure OpenAI',
    baseURLEnv: { name: 'AZURE_OPENAI_ENDPOINT', path: '/openai/v1' },
    apiKeyEnv: ['AZURE_OPENAI_API_KEY'],
    apiKeyHeader: 'api-key',
    dialect: { maxTokens: 'max_completion_tokens' },
    docs: 'https://learn.microsoft.com/azure/ai-foundry/openai/api-version-lifecycle',
  },
  ollama: {
    title: 'Ollama',
    baseURL: 'http://localhost:11434/v1',
    apiKeyEnv: [],
    // `strict`, `tool_choice` and `parallel_tool_calls` are not among the fields it lists; it reads over what it does
    // not know. Structured outputs come by response_format.
    dialect: {
      ...COMPATIBLE,
      strictTools: false,
      parallelToolCalls: false,
      toolOutputParts: false,
    },
    docs: 'https://docs.ollama.com/api/openai-compatibility',
  },
  vllm: {
    title: 'vLLM',
    baseURL: 'http://localhost:8000/v1',
    apiKeyEnv: ['VLLM_API_KEY'],
    dialect: { ...COMPATIBLE, toolOutputParts: false },
    docs: 'https://docs.vllm.ai/en/latest/serving/openai_compatible_server.html',
  },
  lmstudio: {
    title: 'LM Studio',
    baseURL: 'http://localhost:1234/v1',
    apiKeyEnv: [],
    dialect: {
      ...COMPATIBLE,
      strictTools: false,
      parallelToolCalls: false,
      toolOutputParts: false,
    },
    docs: 'https://lmstudio.ai/docs/developer/openai-compat',
  },
  llamacpp: {
    title: 'llama.cpp',
    baseURL: 'http://localhost:8080/v1',
    apiKeyEnv: ['LLAMA_API_KEY'],
    // Grammars and tools do not go together.
    dialect: { ...COMPATIBLE, toolOutputParts: false, responseFormatWithTools: 'prompt' },
    docs: 'https://github.com/ggml-org/llama.cpp/blob/master/tools/server/README.md',
  },
  openrouter: {
    title: 'OpenRouter',
    baseURL: 'https://openrouter.ai/api/v1',
    apiKeyEnv: ['OPENROUTER_API_KEY'],
    dialect: { ...COMPATIBLE, reasoning: 'reasoning' },
    docs: 'https://openrouter.ai/docs/api-reference/overview',
  },
  groq: {
    title: 'Groq',
    baseURL: 'https://api.groq.com/openai/v1',
    apiKeyEnv: ['GROQ_API_KEY'],
    // Structured outputs neither stream nor go with tools.
    dialect: {
      ...COMPATIBLE,
      maxTokens: 'max_completion_tokens',
      strictTools: false,
      responseFormatWithTools: 'prompt',
      responseFormatStreamed: 'prompt',
    },
    docs: 'https://console.groq.com/docs/openai',
  },
  together: {
    title: 'Together AI',
    baseURL: 'https://api.together.xyz/v1',
    apiKeyEnv: ['TOGETHER_API_KEY'],
    dialect: { ...COMPATIBLE, strictTools: false, parallelToolCalls: false },
    docs: 'https://docs.together.ai/docs/openai-api-compatibility',
  },
  fireworks: {
    title: 'Fireworks AI',
    baseURL: 'https://api.fireworks.ai/inference/v1',
    apiKeyEnv: ['FIREWORKS_API_KEY'],
    dialect: { ...COMPATIBLE, strictTools: false },
    docs: 'https://docs.fireworks.ai/tools-sdks/openai-compatibility',
  },
  deepseek: {
    title: 'DeepSeek',
    baseURL: 'https://api.deepseek.com',
    apiKeyEnv: ['DEEPSEEK_API_KEY'],
    // Knows `json_object` only; a request with `json_schema` is refused.
    dialect: {
      ...COMPATIBLE,
      responseFormat: 'json_object',
      strictTools: false,
      parallelToolCalls: false,
      toolOutputParts: false,
      reasoning: 'none',
    },
    docs: 'https://api-docs.deepseek.com/api/create-chat-completion',
  },
  gemini: {
    title: 'Gemini',
    baseURL: 'https://generativelanguage.googleapis.com/v1beta/openai',
    apiKeyEnv: ['GEMINI_API_KEY', 'GOOGLE_API_KEY'],
    dialect: { ...COMPATIBLE, strictTools: false, parallelToolCalls: false },
    docs: 'https://ai.google.dev/gemini-api/docs/openai',
  },
  anthropic: {
    title: 'Anthropic',
    baseURL: 'https://api.anthropic.com/v1',
    apiKeyEnv: ['ANTHROPIC_API_KEY'],
    // `response_format` and `strict` are read over, so that the schema has to be said in words.
    dialect: {
      ...COMPATIBLE,
      responseFormat: 'prompt',
      strictTools: false,
      reasoning: 'none',
    },
    docs: 'https://docs.anthropic.com/en/api/openai-sdk',
  },
});
