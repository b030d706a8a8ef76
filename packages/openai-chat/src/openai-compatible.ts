import { UserError } from '@baton/core/model';
import {
  type ClientSource,
  clientSource,
  type OpenAIClientLike,
  type OpenAIClientOptions,
  readEnv,
} from '@baton/openai-shared';
import { type ChatPreset, type ChatPresetName, chatPresets } from './chat-presets.js';
import {
  type OpenAIChatCompletionsProviderOptions,
  OpenAIChatCompletionsProvider,
} from './openai-chat-completions-provider.js';

/** Options of {@link openAICompatible}; what is left out is the preset's. */
export type OpenAICompatibleOptions = Omit<
  OpenAIChatCompletionsProviderOptions,
  'client' | 'openAIClient'
>;

/**
 * A provider of models behind a known endpoint: with its address, the environment variable of its key, and what it
 * takes of the API. A key of OpenAI's is never sent there.
 *
 * @param preset A name out of `chatPresets`, or a preset of your own.
 * @param options The key, another address, `strictFeatureValidation`, a `dialect` field by field, …
 * @throws UserError for a name that is not known.
 *
 * @example
 * ```ts
 * import { Agent, Runner } from '@baton/core';
 * import { openAICompatible } from '@baton/openai-chat';
 *
 * export const local = new Runner({ modelProvider: openAICompatible('ollama') });
 * export const guide = new Agent({ name: 'Guide', model: 'qwen3' });
 * ```
 */
export function openAICompatible(
  preset: ChatPresetName | ChatPreset,
  options: OpenAICompatibleOptions = {},
): OpenAIChatCompletionsProvider {
  const known = typeof preset === 'string' ? presetOf(preset) : preset;
  const { apiKey, baseURL, organization, project, defaultHeaders, fetch, dialect, ...rest } =
    options;
  const address = { apiKey, baseURL, organization, project, defaultHeaders, fetch };
  return new OpenAIChatCompletionsProvider({
    defaultModel: known === chatPresets.openai ? undefined : null,
    ...rest,
    client: presetClient(known, address),
    dialect: { ...known.dialect, ...dialect },
  });
}

function presetOf(name: string): ChatPreset {
  const known: Readonly<Record<string, ChatPreset>> = chatPresets;
  const preset = Object.hasOwn(known, name) ? known[name] : undefined;
  if (preset !== undefined) return preset;
  throw new UserError(
    `There is no preset "${name}". There are: ${Object.keys(known).join(', ')}. For another endpoint pass a preset of ` +
      'your own, or use OpenAIChatCompletionsProvider with its `baseURL`.',
  );
}

/** The client, made with the first call: what is missing is said then, and the environment may be set until then. */
function presetClient(preset: ChatPreset, options: OpenAIClientOptions): ClientSource {
  let source: ClientSource | undefined;
  const open = (): Promise<OpenAIClientLike> => {
    source ??= clientSource(clientOptions(preset, options));
    return source();
  };
  return Object.assign(open, { baseURL: () => source?.baseURL?.() ?? options.baseURL ?? findAddress(preset) });
}

function clientOptions(preset: ChatPreset, options: OpenAIClientOptions): OpenAIClientOptions {
  const baseURL = options.baseURL ?? addressOf(preset);
  const apiKey = options.apiKey ?? preset.apiKeyEnv.map(readEnv).find((key) => key !== undefined);
  const { apiKeyHeader: header } = preset;
  const ownHeaders = options.defaultHeaders;
  const hasAuth = Object.keys(ownHeaders ?? {}).some((name) =>
    /^(authorization|api-key)$/i.test(name),
  );
  if (apiKey === undefined && !hasAuth && needsKey(preset, options)) {
    throw new UserError(
      `No API key for ${preset.title}: set the environment variable ${preset.apiKeyEnv.join(' or ')}, or pass \`apiKey\`.`,
    );
  }
  const keyHeader = header !== undefined && typeof apiKey === 'string' ? { [header]: apiKey } : {};
  return {
    ...options,
    baseURL,
    // Never the one of OPENAI_API_KEY, which is for somebody else.
    apiKey: apiKey ?? 'no-key',
    defaultHeaders: { ...keyHeader, ...ownHeaders },
  };
}

/** Servers on one's own machine mostly go without. */
function needsKey({ baseURL, apiKeyEnv }: ChatPreset, options: OpenAIClientOptions): boolean {
  const address = options.baseURL ?? baseURL ?? '';
  return apiKeyEnv.length > 0 && !/^http:\/\//i.test(address);
}

function findAddress({ baseURL, baseURLEnv }: ChatPreset): string | undefined {
  const server = baseURLEnv && readEnv(baseURLEnv.name);
  return server === undefined ? baseURL : `${server.replace(/\/+$/, '')}${baseURLEnv?.path ?? ''}`;
}

function addressOf(preset: ChatPreset): string {
  const address = findAddress(preset);
  if (address !== undefined) return address;
  const { title, baseURLEnv } = preset;
  throw new UserError(
    `${title} has no common address: pass \`baseURL\`${baseURLEnv === undefined ? '' : `, or set ${baseURLEnv.name}`}.`,
  );
}
