import { UserError } from '../error/index.js';
import type { Model, ModelProvider, ModelProviderOptions } from './model.js';

/** What happens to the prefix of the default provider: `alias` takes it off, `model_id` leaves it on. */
export type DefaultPrefixMode = 'alias' | 'model_id';

/** What happens to a prefix that nobody is registered for: an error, or the default provider gets the whole name. */
export type UnknownPrefixMode = 'error' | 'model_id';

/** A provider that may hold something open. */
export interface ClosableProvider extends ModelProvider {
  close?(): void | Promise<void>;
}

/** How a `MultiProvider` routes. */
export interface MultiProviderOptions {
  /** Takes names without a prefix, and those with its own. */
  readonly defaultProvider: ClosableProvider;
  /** The default provider's own prefix; default `openai`. */
  readonly defaultPrefix?: string;
  /** Providers by prefix; they win over the default provider's own. */
  readonly providerMap?: MultiProviderMap | ReadonlyMap<string, ClosableProvider>;
  /** Default `alias`. */
  readonly defaultPrefixMode?: DefaultPrefixMode;
  /** Default `error`. */
  readonly unknownPrefixMode?: UnknownPrefixMode;
  /**
   * Whether the models of all its providers refuse what they cannot do: Chat Completions ones the options
   * `previousResponseId`, `conversationId` and `prompt`, and tool outputs that are not text. Default: as each
   * provider says.
   */
  readonly strictFeatureValidation?: boolean;
}

/** Providers by the prefix of a model's name, to be filled one by one. */
export class MultiProviderMap {
  readonly #providers = new Map<string, ClosableProvider>();

  hasPrefix(prefix: string): boolean {
    return this.#providers.has(prefix);
  }

  getProvider(prefix: string): ClosableProvider | undefined {
    return this.#providers.get(prefix);
  }

  addProvider(prefix: string, provider: ClosableProvider): this {
    this.#providers.set(prefix, provider);
    return this;
  }

  removeProvider(prefix: string): this {
    this.#providers.delete(prefix);
    return this;
  }

  /** A copy: changing it changes nothing here. */
  getMapping(): Map<string, ClosableProvider> {
    return new Map(this.#providers);
  }

  /** Replaces all providers; the map is copied. */
  setMapping(mapping: ReadonlyMap<string, ClosableProvider>): this {
    this.#providers.clear();
    for (const [prefix, provider] of mapping) this.#providers.set(prefix, provider);
    return this;
  }
}

/**
 * Finds the provider of a model by the part of its name before the first `/`: for apps that choose among
 * several by name alone.
 *
 * @throws UserError for a mode that does not exist, and, when asked for a model, for an unknown prefix.
 *
 * @example
 * ```ts
 * import { MultiProvider, MultiProviderMap, type ModelProvider } from '@baton/core';
 *
 * export function route(openai: ModelProvider, local: ModelProvider): ModelProvider {
 *   const providerMap = new MultiProviderMap().addProvider('local', local);
 *   return new MultiProvider({ defaultProvider: openai, providerMap }); // 'local/qwen3' goes to local
 * }
 * ```
 */
export class MultiProvider implements ModelProvider {
  readonly #options: MultiProviderOptions;
  readonly #map: MultiProviderMap;

  constructor(options: MultiProviderOptions) {
    checkMode('defaultPrefixMode', options.defaultPrefixMode, ['alias', 'model_id']);
    checkMode('unknownPrefixMode', options.unknownPrefixMode, ['error', 'model_id']);
    this.#options = options;
    const { providerMap } = options;
    this.#map =
      providerMap instanceof MultiProviderMap
        ? providerMap
        : new MultiProviderMap().setMapping(providerMap ?? new Map());
  }

  getModel(modelName?: string, asked?: ModelProviderOptions): Model | Promise<Model> {
    const { defaultProvider, defaultPrefix = 'openai', strictFeatureValidation } = this.#options;
    const options = strictFeatureValidation === undefined ? asked : { strictFeatureValidation, ...asked };
    const { defaultPrefixMode = 'alias', unknownPrefixMode = 'error' } = this.#options;
    const slash = modelName?.indexOf('/') ?? -1;
    if (modelName === undefined || slash < 0) return defaultProvider.getModel(modelName, options);
    const prefix = modelName.slice(0, slash);
    const rest = modelName.slice(slash + 1);
    const own = this.#map.getProvider(prefix);
    if (own !== undefined) return own.getModel(rest === '' ? undefined : rest, options);
    if (prefix === defaultPrefix) {
      const name = defaultPrefixMode === 'alias' ? rest : modelName;
      return defaultProvider.getModel(name === '' ? undefined : name, options);
    }
    if (unknownPrefixMode === 'model_id') return defaultProvider.getModel(modelName, options);
    const known = [defaultPrefix, ...this.#map.getMapping().keys()].join(', ');
    throw new UserError(
      `Unknown prefix: ${prefix}. The model name "${modelName}" begins with none of: ${known}. ` +
        "Register a provider for it, or set unknownPrefixMode: 'model_id' if the slash is part of the name.",
    );
  }

  /** Closes every provider once, also after a failure; the first failure is thrown then. */
  async close(): Promise<void> {
    const failures: unknown[] = [];
    for (const provider of new Set([this.#options.defaultProvider, ...this.#map.getMapping().values()])) {
      try {
        await provider.close?.();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
  }
}

function checkMode(option: string, mode: string | undefined, modes: readonly string[]): void {
  if (mode === undefined || modes.includes(mode)) return;
  throw new UserError(`${option} is "${mode}". Use one of: ${modes.join(', ')}.`);
}
