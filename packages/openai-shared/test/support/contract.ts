/** What the contract tests of the OpenAI packages share: `@baton/openai-shared/test-support/contract`. */
export { replyOf, responsesItem } from './contract-replies.js';
export { openHttpLine } from './http-line.js';
