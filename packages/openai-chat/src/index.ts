/** Chat Completions, OpenAI's and every compatible endpoint's, as a model. */
export { providerMark } from './provider-mark.js';
