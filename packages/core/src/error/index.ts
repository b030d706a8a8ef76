export { AgentsError, attachRunState } from './agents-error.js';
export type { AgentsErrorCode, FailedRunState } from './agents-error.js';
export {
  GuardrailExecutionError,
  InvalidFinalOutputError,
  InvalidToolInputError,
  InvalidToolOutputError,
  MaxTurnsExceededError,
  messageOf,
  ModelBehaviorError,
  ModelRefusalError,
  ModelRequestError,
  ModelTimeoutError,
  RunCancelledError,
  RunTimeoutError,
  SystemError,
  ToolCallError,
  ToolTimeoutError,
  UserError,
} from './errors.js';
export type { ModelRequestErrorDetails } from './errors.js';
export {
  InputGuardrailTripwireTriggered,
  OutputGuardrailTripwireTriggered,
  ToolInputGuardrailTripwireTriggered,
  ToolOutputGuardrailTripwireTriggered,
} from './tripwires.js';
