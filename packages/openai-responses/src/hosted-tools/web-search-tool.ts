import { hostedTool, type OpenAIHostedTool } from './hosted-tool.js';

/** Options of {@link webSearchTool}. */
export interface WebSearchToolOptions {
  /** `web_search_preview` for models from before the tool was final. Default `web_search`. */
  readonly name?: 'web_search' | 'web_search_preview';
  /** Where the user is, roughly, for results from there. */
  readonly userLocation?: {
    readonly type?: 'approximate';
    readonly city?: string | null;
    /** Two letters, ISO 3166-1, e.g. `KE`. */
    readonly country?: string | null;
    readonly region?: string | null;
    /** IANA name, e.g. `Africa/Nairobi`. */
    readonly timezone?: string | null;
  };
  /** Search only there. Not with the preview. */
  readonly filters?: { readonly allowedDomains?: readonly string[] | null };
  /** How much of what is found the model reads. Default `medium`. */
  readonly searchContextSize?: 'low' | 'medium' | 'high';
  /** `false`: only what the provider has stored already. Default: the provider's own. Not with the preview. */
  readonly externalWebAccess?: boolean;
  /** What kinds of results; with `image` the raw results come with the call, in `providerData.results`. */
  readonly searchContentTypes?: readonly ('text' | 'image')[];
  /** How many pictures, and whether they are described. Not with the preview. */
  readonly imageSettings?: { readonly maxResults?: number; readonly caption?: boolean };
}

/**
 * Lets the model search the web; OpenAI does the search.
 *
 * @param options All optional; what is left out is left to the provider.
 *
 * @example
 * ```ts
 * import { Agent, webSearchTool } from '@baton/agents';
 *
 * export const reporter = new Agent({
 *   name: 'Reporter',
 *   tools: [webSearchTool({ userLocation: { city: 'Nairobi', country: 'KE' } })],
 * });
 * ```
 */
export function webSearchTool(options: WebSearchToolOptions = {}): OpenAIHostedTool {
  const { name = 'web_search', userLocation, filters, imageSettings } = options;
  return hostedTool(name, {
    type: name,
    user_location: userLocation && { type: 'approximate', ...userLocation },
    filters: filters?.allowedDomains ? { allowed_domains: filters.allowedDomains } : undefined,
    search_context_size: options.searchContextSize ?? 'medium',
    external_web_access: options.externalWebAccess,
    search_content_types: options.searchContentTypes,
    image_settings: imageSettings && {
      max_results: imageSettings.maxResults,
      caption: imageSettings.caption,
    },
  });
}
