import OpenAI from 'openai';
import { checkedFetch } from './checked-fetch.js';

/** The official client against a local server; everything it sends and receives is held against OpenAI's schema. */
export function checkedClient(url: string): OpenAI {
  return new OpenAI({ apiKey: 'test-key', baseURL: url, maxRetries: 0, fetch: checkedFetch });
}
