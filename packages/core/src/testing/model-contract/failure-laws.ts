import { ModelBehaviorError, ModelRequestError } from '../../error/index.js';
import { expectSame, expectThat, show } from '../contract/expect-same.js';
import { aRequest } from './a-request.js';
import { type Failure, isDelta, type Mode, type ModelLab } from './model-lab.js';
import type { ModelLaw } from './model-law.js';
import type { ProviderFault } from './provider-reply.js';
import { said } from './said.js';

/** What fails, fails as a run can understand it. */
export const failureLaws: readonly ModelLaw[] = [
  httpError('a refused key is a ModelRequestError with its status', { status: 401 }),
  httpError('a failing provider is a ModelRequestError with its status', { status: 500 }),
  {
    ...httpError('a rate limit is a ModelRequestError that says how long to wait', { status: 429 }),
    check: async (lab, mode) => {
      const fault = { type: 'http_error', status: 429, retryAfterSeconds: 2 } as const;
      const error = requestErrorOf(await failWith(lab, mode, fault));
      const { statusCode, retryAfterMs } = error;
      expectSame(
        { statusCode, retryAfterMs },
        { statusCode: 429, retryAfterMs: 2000 },
        'The error',
      );
    },
  },
  {
    name: 'a failed call is sent once where the run decides about trying again',
    needs: ['httpErrors'],
    check: async (lab, mode) => {
      const fault = { type: 'http_error', status: 500 } as const;
      const { model, requests } = await lab.prepare([{ fault }, {}, {}]);
      await lab.fail({ model, request: aRequest() }, mode);
      expectThat(requests().length === 1, 'one request', requests());
    },
  },
  {
    name: 'a call after a failed one is answered',
    needs: ['httpErrors'],
    check: async (lab, mode) => {
      const fault = { type: 'http_error', status: 500 } as const;
      const { model } = await lab.prepare([
        { fault },
        { output: [{ type: 'text', text: 'Back again.' }] },
      ]);
      await lab.fail({ model, request: aRequest() }, mode);
      const { output } = await lab.ask(model, aRequest(), mode);
      expectSame(said(output), [{ type: 'text', text: 'Back again.' }], 'The output says');
    },
  },
  {
    name: 'a provider out of reach is a ModelRequestError of the network',
    needs: ['unreachable'],
    check: async (lab, mode) => {
      const error = requestErrorOf(await failWith(lab, mode, { type: 'unreachable' }));
      const { isNetworkError, statusCode } = error;
      expectSame(
        { isNetworkError, statusCode },
        { isNetworkError: true, statusCode: undefined },
        'The error',
      );
    },
  },
  {
    name: 'an answer that breaks off is a ModelRequestError of the network, never the end',
    needs: ['brokenAnswers'],
    check: async (lab, mode) => {
      const failure = await failWith(lab, mode, { type: 'drops' });
      const { isNetworkError, responseStarted } = requestErrorOf(failure);
      expectSame(
        { isNetworkError, responseStarted },
        { isNetworkError: true, responseStarted: failure.events.some(isDelta) },
        'The error',
      );
    },
  },
  {
    name: 'a stream that ends without its end is an error, never an answer',
    modes: ['streamed'],
    needs: ['brokenAnswers'],
    check: async (lab, mode) => expectTyped(await failWith(lab, mode, { type: 'ends' })),
  },
  {
    name: 'an answer that is not in the format of the provider is an error',
    needs: ['brokenAnswers'],
    check: async (lab, mode) => expectTyped(await failWith(lab, mode, { type: 'garbles' })),
  },
];

function httpError(name: string, { status }: { readonly status: number }): ModelLaw {
  return {
    name,
    needs: ['httpErrors'],
    check: async (lab, mode) => {
      const error = requestErrorOf(await failWith(lab, mode, { type: 'http_error', status }));
      const { statusCode, isNetworkError } = error;
      expectSame(
        { statusCode, isNetworkError },
        { statusCode: status, isNetworkError: false },
        'The error',
      );
    },
  };
}

async function failWith(lab: ModelLab, mode: Mode, fault: ProviderFault): Promise<Failure> {
  const output = [{ type: 'text', text: 'This does not come to its end.' }] as const;
  const { model } = await lab.prepare([{ output, fault }]);
  return lab.fail({ model, request: aRequest() }, mode);
}

function requestErrorOf({ error }: Failure): ModelRequestError {
  if (error instanceof ModelRequestError) return error;
  throw new Error(`Expected a ModelRequestError of @baton/core/model, came ${show(error)}`, {
    cause: error,
  });
}

function expectTyped({ error, events }: Failure): void {
  if (!(error instanceof ModelBehaviorError)) requestErrorOf({ error, events });
  const types = events.map(({ type }) => type);
  expectThat(!types.includes('response_done'), 'no response_done before the error', types);
}
