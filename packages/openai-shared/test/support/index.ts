/** What the tests of the OpenAI packages share: `@baton/openai-shared/test-support`. */
export { aHandoff, aRequest, aTool, objectSchema } from './a-request.js';
export { collect, collectFailure, failureOf, responseOf } from './collect.js';
export { expectLaw } from './expect-law.js';
export { eventStream, withRawServer } from './raw-server.js';
