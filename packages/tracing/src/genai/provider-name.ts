/**
 * Who is asked, by the host of the API. The names are the values of `gen_ai.provider.name`; the hosts are those that
 * the providers document.
 */
const PROVIDERS: readonly (readonly [host: RegExp, provider: string])[] = [
  [/(^|\.)openai\.azure\.com$/, 'azure.ai.openai'],
  [/(^|\.)services\.ai\.azure\.com$/, 'azure.ai.inference'],
  [/(^|\.)openai\.com$/, 'openai'],
  [/(^|\.)anthropic\.com$/, 'anthropic'],
  [/^generativelanguage\.googleapis\.com$/, 'gcp.gemini'],
  [/aiplatform\.googleapis\.com$/, 'gcp.vertex_ai'],
  [/(^|\.)amazonaws\.com$/, 'aws.bedrock'],
  [/(^|\.)cohere\.(com|ai)$/, 'cohere'],
  [/(^|\.)deepseek\.com$/, 'deepseek'],
  [/(^|\.)groq\.com$/, 'groq'],
  [/(^|\.)mistral\.ai$/, 'mistral_ai'],
  [/(^|\.)perplexity\.ai$/, 'perplexity'],
  [/(^|\.)x\.ai$/, 'x_ai'],
];

/** The server of a model call, as far as its base URL tells. */
export interface ModelServer {
  readonly address: string;
  readonly port: number;
  /** The provider, where the host is one that is known. */
  readonly provider: string | undefined;
}

/** Reads whom a base URL belongs to. */
export function modelServer(baseUrl: string | undefined): ModelServer | undefined {
  if (baseUrl === undefined || !URL.canParse(baseUrl)) return undefined;
  const { hostname, port, protocol } = new URL(baseUrl);
  const secure = protocol === 'https:' || protocol === 'wss:';
  return {
    address: hostname,
    port: port === '' ? (secure ? 443 : 80) : Number(port),
    provider: PROVIDERS.find(([host]) => host.test(hostname))?.[1],
  };
}
