import { UserError } from '@baton/core/model';
import type { JsonRecord } from '@baton/openai-shared';
import { hostedTool, type OpenAIHostedTool } from './hosted-tool.js';

/** A condition on one attribute of a file. */
export interface FileSearchComparison {
  readonly type: 'eq' | 'ne' | 'gt' | 'gte' | 'lt' | 'lte' | 'in' | 'nin';
  readonly key: string;
  readonly value: string | number | boolean | readonly (string | number)[];
}

/** Conditions of which all or one must hold. */
export interface FileSearchCompound {
  readonly type: 'and' | 'or';
  readonly filters: readonly (FileSearchComparison | FileSearchCompound)[];
}

/** Options of {@link fileSearchTool}. */
export interface FileSearchToolOptions {
  /** How many results at most, 1 to 50. `0` and nothing leave it to the provider. */
  readonly maxNumResults?: number | null;
  /** Whether the found passages come with the call, in `providerData.results`. Default `false`. */
  readonly includeSearchResults?: boolean;
  /** How results are ranked, and which are too bad to be shown; in the wire's own words. */
  readonly rankingOptions?: {
    readonly ranker?: 'auto' | 'default-2024-11-15' | (string & {});
    readonly score_threshold?: number;
    readonly hybrid_search?: JsonRecord;
  };
  /** Only files whose attributes fit. */
  readonly filters?: FileSearchComparison | FileSearchCompound;
}

/**
 * Lets the model search files in vector stores; OpenAI does the search.
 *
 * @param vectorStoreIds The stores, e.g. `vs_123`.
 * @throws UserError where there is no store, or where `maxNumResults` is not a whole number up to 50.
 *
 * @example
 * ```ts
 * import { Agent, fileSearchTool } from '@baton/agents';
 *
 * export const librarian = new Agent({
 *   name: 'Librarian',
 *   tools: [fileSearchTool('vs_123', { maxNumResults: 5, includeSearchResults: true })],
 * });
 * ```
 */
export function fileSearchTool(
  vectorStoreIds: string | readonly string[],
  options: FileSearchToolOptions = {},
): OpenAIHostedTool {
  const ids = typeof vectorStoreIds === 'string' ? [vectorStoreIds] : [...vectorStoreIds];
  if (ids.length === 0) {
    throw new UserError('fileSearchTool() has nothing to search. Pass the id of a vector store.');
  }
  const { maxNumResults } = options;
  if (maxNumResults && !(Number.isInteger(maxNumResults) && maxNumResults >= 1 && maxNumResults <= 50)) {
    throw new UserError(
      `maxNumResults of fileSearchTool() is ${maxNumResults}. Pass a whole number from 1 to 50, or leave it out.`,
    );
  }
  return hostedTool('file_search', {
    type: 'file_search',
    vector_store_ids: ids,
    max_num_results: maxNumResults || undefined,
    include_search_results: options.includeSearchResults,
    ranking_options: options.rankingOptions,
    filters: options.filters,
  });
}
