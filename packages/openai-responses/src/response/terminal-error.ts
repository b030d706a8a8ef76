import { ModelBehaviorError } from '@baton/core/model';
import { isRecord, type JsonRecord, textOf } from '@baton/openai-shared';

/**
 * The error of a response that did not complete: failed, incomplete, cancelled or still running; or
 * `undefined` for one that did [RUN-21, RUN-22]. `cause` is what the server said of it.
 */
export function errorOfResponse(
  response: JsonRecord,
  requestId: string | undefined,
): ModelBehaviorError | undefined {
  const status = textOf(response, 'status');
  // Servers that follow the API loosely leave the status out of what they completed.
  if (status === undefined || status === 'completed') return undefined;
  const name = `Response ${textOf(response, 'id') ?? '(without id)'}${ofRequest(requestId)}`;
  switch (status) {
    case 'failed': {
      const error = isRecord(response['error']) ? response['error'] : {};
      return new ModelBehaviorError(`${name} failed: ${describe(error)}`, { cause: error });
    }
    case 'incomplete': {
      const details = isRecord(response['incomplete_details'])
        ? response['incomplete_details']
        : {};
      const reason = textOf(details, 'reason') ?? 'no reason given';
      return new ModelBehaviorError(`${name} is incomplete: ${reason}${adviceFor(reason)}`, {
        cause: details,
      });
    }
    case 'queued':
    case 'in_progress':
      return new ModelBehaviorError(
        `${name} is ${status === 'queued' ? 'queued' : 'still in progress'} in the background, so it holds no answer yet. ` +
          'Stream the run: a stream waits for the answer. Or leave out `background` in `modelSettings.providerData`.',
        { cause: { status } },
      );
    default:
      return new ModelBehaviorError(
        `${name} has the status ${JSON.stringify(status)}, so it holds no answer; expected "completed".`,
        { cause: { status } },
      );
  }
}

/** The error that an `error` event reports in the middle of a stream. */
export function errorOfEvent(event: JsonRecord, requestId: string | undefined): ModelBehaviorError {
  const error = isRecord(event['error']) ? event['error'] : event;
  return new ModelBehaviorError(`The stream${ofRequest(requestId)} failed: ${describe(error)}`, {
    cause: error,
  });
}

function describe(error: JsonRecord): string {
  const code = textOf(error, 'code');
  const message = textOf(error, 'message') ?? 'no message given';
  return code === undefined ? message : `${message} (${code})`;
}

function ofRequest(requestId: string | undefined): string {
  return requestId === undefined ? '' : ` of request ${requestId}`;
}

function adviceFor(reason: string): string {
  if (reason === 'max_output_tokens') {
    return ' - the answer was cut off; raise `modelSettings.maxTokens`.';
  }
  return reason === 'content_filter' ? ' - the content filter of the provider stopped it.' : '';
}
