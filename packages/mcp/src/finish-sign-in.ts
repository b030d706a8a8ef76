import { UserError } from '@baton/core';

/** A transport that can take the end of an OAuth flow: its parameters, or their code alone. */
interface SignInTransport {
  finishAuth(code: string): Promise<void>;
  finishAuth(parameters: URLSearchParams): Promise<void>;
}

/**
 * Ends an OAuth flow that a `connect()` has begun.
 *
 * @throws UserError where none has begun.
 */
export async function finishSignIn(
  transport: SignInTransport | undefined,
  callback: string | URLSearchParams,
  toError: (error: unknown, doing: string) => Error,
): Promise<void> {
  if (transport === undefined) {
    throw new UserError('finishAuth() comes after a connect() that asked the user to sign in.');
  }
  try {
    // One signature each.
    await (typeof callback === 'string' ? transport.finishAuth(callback) : transport.finishAuth(callback));
  } catch (error) {
    throw toError(error, 'finish the sign-in');
  }
}
