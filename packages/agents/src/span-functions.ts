import type { SpanFunctions } from '@baton/tracing';
import { defaultTracing } from './default-tracing.js';

/** Makes the span of an agent, not started yet, inside the parent or what is current. */
export const createAgentSpan: SpanFunctions['createAgentSpan'] = (...args) => defaultTracing().createAgentSpan(...args);

/** Calls the function inside the span of an agent, which notes its failure and ends in every case. */
export const withAgentSpan: SpanFunctions['withAgentSpan'] = (...args) => defaultTracing().withAgentSpan(...args);

/** Makes the span of something of the app's own, not started yet, inside the parent or what is current. */
export const createCustomSpan: SpanFunctions['createCustomSpan'] = (...args) => defaultTracing().createCustomSpan(...args);

/** Calls the function inside the span of something of the app's own, which notes its failure and ends in every case. */
export const withCustomSpan: SpanFunctions['withCustomSpan'] = (...args) => defaultTracing().withCustomSpan(...args);

/** Makes the span of a tool call, not started yet, inside the parent or what is current. */
export const createFunctionSpan: SpanFunctions['createFunctionSpan'] = (...args) => defaultTracing().createFunctionSpan(...args);

/** Calls the function inside the span of a tool call, which notes its failure and ends in every case. */
export const withFunctionSpan: SpanFunctions['withFunctionSpan'] = (...args) => defaultTracing().withFunctionSpan(...args);

/** Makes the span of a model call, not started yet, inside the parent or what is current. */
export const createGenerationSpan: SpanFunctions['createGenerationSpan'] = (...args) => defaultTracing().createGenerationSpan(...args);

/** Calls the function inside the span of a model call, which notes its failure and ends in every case. */
export const withGenerationSpan: SpanFunctions['withGenerationSpan'] = (...args) => defaultTracing().withGenerationSpan(...args);

/** Makes the span of a guardrail, not started yet, inside the parent or what is current. */
export const createGuardrailSpan: SpanFunctions['createGuardrailSpan'] = (...args) => defaultTracing().createGuardrailSpan(...args);

/** Calls the function inside the span of a guardrail, which notes its failure and ends in every case. */
export const withGuardrailSpan: SpanFunctions['withGuardrailSpan'] = (...args) => defaultTracing().withGuardrailSpan(...args);

/** Makes the span of a handoff, not started yet, inside the parent or what is current. */
export const createHandoffSpan: SpanFunctions['createHandoffSpan'] = (...args) => defaultTracing().createHandoffSpan(...args);

/** Calls the function inside the span of a handoff, which notes its failure and ends in every case. */
export const withHandoffSpan: SpanFunctions['withHandoffSpan'] = (...args) => defaultTracing().withHandoffSpan(...args);

/** Makes the span of asking an MCP server for its tools, not started yet, inside the parent or what is current. */
export const createMCPListToolsSpan: SpanFunctions['createMCPListToolsSpan'] = (...args) => defaultTracing().createMCPListToolsSpan(...args);

/** Calls the function inside the span of asking an MCP server for its tools, which notes its failure and ends in every case. */
export const withMCPListToolsSpan: SpanFunctions['withMCPListToolsSpan'] = (...args) => defaultTracing().withMCPListToolsSpan(...args);

/** Makes the span of a model call that OpenAI's own records tell more of, not started yet, inside the parent or what is current. */
export const createResponseSpan: SpanFunctions['createResponseSpan'] = (...args) => defaultTracing().createResponseSpan(...args);

/** Calls the function inside the span of a model call that OpenAI's own records tell more of, which notes its failure and ends in every case. */
export const withResponseSpan: SpanFunctions['withResponseSpan'] = (...args) => defaultTracing().withResponseSpan(...args);

/** Makes the span of the speech of a turn, not started yet, inside the parent or what is current. */
export const createSpeechGroupSpan: SpanFunctions['createSpeechGroupSpan'] = (...args) => defaultTracing().createSpeechGroupSpan(...args);

/** Calls the function inside the span of the speech of a turn, which notes its failure and ends in every case. */
export const withSpeechGroupSpan: SpanFunctions['withSpeechGroupSpan'] = (...args) => defaultTracing().withSpeechGroupSpan(...args);

/** Makes the span of text to speech, not started yet, inside the parent or what is current. */
export const createSpeechSpan: SpanFunctions['createSpeechSpan'] = (...args) => defaultTracing().createSpeechSpan(...args);

/** Calls the function inside the span of text to speech, which notes its failure and ends in every case. */
export const withSpeechSpan: SpanFunctions['withSpeechSpan'] = (...args) => defaultTracing().withSpeechSpan(...args);

/** Makes the span of a whole run, not started yet, inside the parent or what is current. */
export const createTaskSpan: SpanFunctions['createTaskSpan'] = (...args) => defaultTracing().createTaskSpan(...args);

/** Calls the function inside the span of a whole run, which notes its failure and ends in every case. */
export const withTaskSpan: SpanFunctions['withTaskSpan'] = (...args) => defaultTracing().withTaskSpan(...args);

/** Makes the span of speech to text, not started yet, inside the parent or what is current. */
export const createTranscriptionSpan: SpanFunctions['createTranscriptionSpan'] = (...args) => defaultTracing().createTranscriptionSpan(...args);

/** Calls the function inside the span of speech to text, which notes its failure and ends in every case. */
export const withTranscriptionSpan: SpanFunctions['withTranscriptionSpan'] = (...args) => defaultTracing().withTranscriptionSpan(...args);

/** Makes the span of a turn, not started yet, inside the parent or what is current. */
export const createTurnSpan: SpanFunctions['createTurnSpan'] = (...args) => defaultTracing().createTurnSpan(...args);

/** Calls the function inside the span of a turn, which notes its failure and ends in every case. */
export const withTurnSpan: SpanFunctions['withTurnSpan'] = (...args) => defaultTracing().withTurnSpan(...args);
