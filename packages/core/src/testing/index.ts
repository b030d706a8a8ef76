/** Helpers for tests of agents and providers: `@baton/core/testing`. */
export { functionCall, reasoning, ScriptedModel } from './scripted-model.js';
export type {
  RecordedModelCall,
  ScriptedAnswer,
  ScriptedModelOptions,
} from './scripted-model.js';
export { streamResponse } from './stream-response.js';
