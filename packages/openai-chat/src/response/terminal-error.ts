import { ModelBehaviorError } from '@baton/core/model';
import { isRecord, type JsonRecord, textOf } from '@baton/openai-shared';

/** The error that a server reports inside a chunk or a completion; `undefined` where it reports none. */
export function errorIn(
  wire: JsonRecord,
  requestId: string | undefined,
): ModelBehaviorError | undefined {
  const error = wire['error'] ?? (isBareError(wire) ? wire : undefined);
  if (error === undefined || error === null || error === '' || error === false) return undefined;
  const cause = isRecord(error) ? error : { message: String(error) };
  return new ModelBehaviorError(
    `The completion${ofRequest(requestId)} failed: ${describe(cause)}`,
    { cause },
  );
}

/** A completion without a choice holds no answer. */
export function noChoices(requestId: string | undefined): ModelBehaviorError {
  return new ModelBehaviorError(
    `The completion${ofRequest(requestId)} has no choices, so it holds no answer; expected at least one in \`choices\`.`,
  );
}

/** The server says itself that the answer did not come to its end. */
export function givenUp(reason: string, requestId: string | undefined): ModelBehaviorError {
  return new ModelBehaviorError(
    `The server gave up on the completion${ofRequest(requestId)}: its finish_reason is "${reason}". Send it again.`,
    { cause: { code: 'server_error', finish_reason: reason } },
  );
}

/** The limit of tokens was reached before the model had said anything. */
export function cutOffEmpty(
  requestId: string | undefined,
  usage: JsonRecord | undefined,
): ModelBehaviorError {
  return new ModelBehaviorError(
    `The completion${ofRequest(requestId)} was cut off by its limit of tokens (finish_reason "length") before any ` +
      'text, tool call or refusal; raise `modelSettings.maxTokens`, or let the model think less.',
    { cause: { code: 'length', ...(usage !== undefined && { usage }) } },
  );
}

/** The finish reason speaks of tool calls, and there is nothing at all. */
export function noCalls(requestId: string | undefined): ModelBehaviorError {
  return new ModelBehaviorError(
    `The completion${ofRequest(requestId)} has the finish_reason "tool_calls", but no tool call and no text. ` +
      'Send it again; the server may have dropped a call that it could not read.',
  );
}

/** A call that cannot be answered, because nobody knows which tool it is for. */
export function namelessCall(args: string): ModelBehaviorError {
  return new ModelBehaviorError(
    `The model called a tool without naming it${args === '' ? '' : `, with the arguments ${args.slice(0, 80)}`}. ` +
      'Every tool call needs a function name.',
  );
}

/** A field is of another type than the API says, so that what is in it would be lost. */
export function malformed(field: string, expected: string, value: unknown): ModelBehaviorError {
  const came = value === null ? 'null' : Array.isArray(value) ? 'a list' : typeof value;
  return new ModelBehaviorError(`\`${field}\` of the completion is ${came}; expected ${expected}.`);
}

/** vLLM, proxies made with FastAPI, and events named `error` have the error itself. */
function isBareError(wire: JsonRecord): boolean {
  const { object, choices, detail, message, code, type } = wire;
  if (object === 'error') return true;
  if (choices !== undefined) return false;
  return detail !== undefined || (typeof message === 'string' && (code ?? type) !== undefined);
}

function describe(error: JsonRecord): string {
  const { code } = error;
  const detail = error['message'] ?? error['detail'];
  const message =
    typeof detail === 'string'
      ? detail
      : detail === undefined
        ? 'no message given'
        : JSON.stringify(detail);
  const name = typeof code === 'string' || typeof code === 'number' ? code : textOf(error, 'type');
  return name === undefined ? message : `${message} (${name})`;
}

function ofRequest(requestId: string | undefined): string {
  return requestId === undefined ? '' : ` of request ${requestId}`;
}
