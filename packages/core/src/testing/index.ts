/** Helpers for tests of agents, providers and stores: `@baton/core/testing`. */
export type { Law } from './contract/law.js';
export type {
  ModelTestFeature,
  ModelTestSetup,
  PreparedModel,
} from './model-contract/model-test-setup.js';
export type {
  ProviderFault,
  ProviderReply,
  ProviderReplyItem,
  ProviderReplyUsage,
} from './model-contract/provider-reply.js';
export { functionCall, reasoning, ScriptedModel } from './scripted-model.js';
export type { RecordedModelCall, ScriptedAnswer, ScriptedModelOptions } from './scripted-model.js';
export type { SessionTestSetup } from './session-contract/session-test-setup.js';
export { streamResponse } from './stream-response.js';
export { testModel } from './test-model.js';
export { testSession } from './test-session.js';
