import {
  type AgentInputItem,
  type AgentOutputItem,
  type Model,
  type ModelRequest,
  ModelRequestError,
  type ModelResponse,
  type ModelStreamEvent,
  Usage,
} from '@baton/core/model';
import { AcmeModel } from './acme/acme-model.js';

/** What a model does wrong, between its caller and a model that does it right. */
export interface Mistake {
  readonly request?: (request: ModelRequest) => ModelRequest;
  readonly response?: (response: ModelResponse) => ModelResponse;
  readonly events?: (events: AsyncIterable<ModelStreamEvent>) => AsyncIterable<ModelStreamEvent>;
  readonly error?: (error: unknown) => unknown;
  readonly fetch?: typeof fetch;
}

/** A model of Acme that makes a mistake. */
export function brokenModel(url: string, mistake: Mistake): Model {
  const { request: ask = same, response: answer = same, events: tell = same } = mistake;
  const inner = new AcmeModel({ url, ...(mistake.fetch && { fetch: mistake.fetch }) });
  const failed = mistake.error ?? same;
  return {
    getResponse: async (request) => {
      try {
        return answer(await inner.getResponse(ask(request)));
      } catch (error) {
        throw failed(error);
      }
    },
    async *getStreamedResponse(request) {
      try {
        const answered = eachEvent((event) => [
          event.type === 'response_done' ? { ...event, response: answer(event.response) } : event,
        ]);
        yield* tell(answered(inner.getStreamedResponse(ask(request))));
      } catch (error) {
        throw failed(error);
      }
    },
  };
}

const forgetsTheEnd = eachEvent((event) => (event.type === 'response_done' ? [] : [event]));

const endsTwice = eachEvent((event) => (event.type === 'response_done' ? [event, event] : [event]));

const startsLate = eachEvent((event) =>
  event.type === 'response_done' ? [{ type: 'response_started' }, event] : [event],
);

const endsBeforeDeltas = eachEvent((event) => {
  if (event.type === 'output_text_end') return [];
  const { type } = event;
  if (type !== 'output_text_start') return [event];
  return [event, { ...event, type: 'output_text_end' }];
});

const losesSpaces = eachEvent((event) =>
  event.type === 'output_text_delta' ? [{ ...event, delta: event.delta.trim() }] : [event],
);

const doneForMessagesOnly = eachEvent((event) =>
  event.type === 'output_item_done' && event.item.type === 'function_call' ? [] : [event],
);

const countsNothing = eachEvent((event) =>
  event.type === 'response_done'
    ? [{ ...event, response: { ...event.response, usage: new Usage({ requests: 1 }) } }]
    : [event],
);

/** A stream whose failure looks like its end. */
async function* endsInSilence(
  events: AsyncIterable<ModelStreamEvent>,
): AsyncGenerator<ModelStreamEvent> {
  try {
    yield* events;
  } catch {
    // and nobody hears of it
  }
}

/** A stream that nobody closes when its consumer leaves. */
async function* neverCloses(
  events: AsyncIterable<ModelStreamEvent>,
): AsyncGenerator<ModelStreamEvent> {
  const iterator = events[Symbol.asyncIterator]();
  for (let next = await iterator.next(); !next.done; next = await iterator.next()) yield next.value;
}

const firstCallOnly = (response: ModelResponse): ModelResponse => {
  const first = response.output.find(({ type }) => type === 'function_call');
  const output = response.output.filter((item) => item.type !== 'function_call' || item === first);
  return { ...response, output };
};

const textsOnly = eachItem((item) =>
  'role' in item
    ? {
        ...item,
        content: item.content.map((part) =>
          part.type === 'refusal' ? { type: 'output_text', text: part.refusal } : part,
        ),
      }
    : item,
);

const losesData = eachItem(({ providerData: _data, ...item }) => item);

const keepsADate = eachItem((item) => ({ ...item, providerData: { at: new Date(0) } }));

const changesRequest = (request: ModelRequest): ModelRequest => {
  Object.assign(request.modelSettings, { temperature: 1 });
  return request;
};

const ignoresSignal = ({ signal: _signal, ...request }: ModelRequest): ModelRequest => request;

const forgetsHandoffs = (request: ModelRequest): ModelRequest => ({ ...request, handoffs: [] });

const turnsInputAround = ({ input, ...request }: ModelRequest): ModelRequest => ({
  ...request,
  input: typeof input === 'string' ? input : [...input].reverse(),
});

const takesForeignData = ({ input, ...request }: ModelRequest): ModelRequest => ({
  ...request,
  input:
    typeof input === 'string'
      ? input
      : input.map((item) =>
          item.type === 'reasoning'
            ? { ...item, providerData: { part: item.providerData?.['part'] ?? item.providerData } }
            : item,
        ),
});

/** Remembers the input by its length alone. */
const remembersTooMuch = (request: ModelRequest): ModelRequest => {
  const { input, runMemory } = request;
  if (runMemory === undefined || typeof input === 'string') return request;
  const known = (runMemory.get('input') ?? []) as AgentInputItem[]; // only ever set below
  runMemory.set('input', [...known, ...input.slice(known.length)]);
  return { ...request, input: runMemory.get('input') as AgentInputItem[] }; // as before
};

const plainErrors = (error: unknown): unknown =>
  error instanceof ModelRequestError ? new Error(error.message) : error;

const takesSecondsForMs = (error: unknown): unknown => {
  if (!(error instanceof ModelRequestError) || error.retryAfterMs === undefined) return error;
  const { statusCode, retryAfterMs } = error;
  return new ModelRequestError(error.message, { statusCode, retryAfterMs: retryAfterMs / 1000 });
};

const wrapsCancellation = (error: unknown): unknown =>
  error instanceof ModelRequestError ? error : new ModelRequestError(String(error));

const sendsTwice: typeof fetch = async (input, init) => {
  await fetch(input, init);
  return fetch(input, init);
};

const triesAgain: typeof fetch = async (input, init) => {
  const response = await fetch(input, init);
  return response.status < 500 ? response : fetch(input, init);
};

/** Decodes each piece of a body by itself. */
const decodesPieces: typeof fetch = async (input, init) => {
  const response = await fetch(input, init);
  const recode = new TransformStream<Uint8Array, Uint8Array>({
    transform(bytes, controller) {
      controller.enqueue(new TextEncoder().encode(new TextDecoder().decode(bytes)));
    },
  });
  return new Response(response.body?.pipeThrough(recode) ?? null, response);
};

/** Hands out the answer that came last, whoever asked. */
function mixesCalls(): Mistake {
  let last: Response | undefined;
  return {
    fetch: async (input, init) => {
      last = await fetch(input, init);
      await new Promise((resolve) => setTimeout(resolve, 5));
      return last.clone();
    },
  };
}

/** Each mistake, and the laws that speak of it. */
export const mistakes: readonly (readonly [what: string, Mistake | (() => Mistake), string[]])[] = [
  ['forgets response_done', { events: forgetsTheEnd }, ['a stream ends with response_done']],
  ['ends twice', { events: endsTwice }, ['a stream ends with response_done']],
  ['starts late', { events: startsLate }, ['response_started comes once']],
  ['ends a part before its deltas', { events: endsBeforeDeltas }, ['every delta stands between']],
  ['loses spaces in deltas', { events: losesSpaces }, ['the deltas add up']],
  ['ends messages only', { events: doneForMessagesOnly }, ['output_item_done comes once']],
  [
    'counts no tokens when it streams',
    { events: countsNothing },
    [
      'the tokens of an answer are counted, as one request (streamed)',
      'cached and reasoning tokens are told (streamed)',
      'response_done holds what getResponse gives',
    ],
  ],
  ['hides that a stream broke', { events: endsInSilence }, ['a stream that ends without']],
  ['leaves streams open', { events: neverCloses }, ['leaving a stream early releases']],
  ['takes the first call only', { response: firstCallOnly }, ['parallel function calls']],
  ['takes refusals for texts', { response: textsOnly }, ['a refusal comes back']],
  [
    'loses providerData',
    { response: losesData },
    ['what the provider wants back', 'an item of an unknown type goes back'],
  ],
  ['keeps a Date', { response: keepsADate }, ['items are plain JSON']],
  ['changes its request', { request: changesRequest }, ['a request is left as it was']],
  [
    'ignores its signal',
    { request: ignoresSignal },
    ['a call that is cancelled', 'a stream that is cancelled', 'cancelling a'],
  ],
  ['forgets handoffs', { request: forgetsHandoffs }, ['instructions, conversation, tools']],
  ['turns the input around', { request: turnsInputAround }, ['a conversation reaches']],
  ['sends foreign data', { request: takesForeignData }, ['what another provider put']],
  ['remembers too much', { request: remembersTooMuch }, ['what a model remembers']],
  [
    'throws plain errors',
    { error: plainErrors },
    ['a refused key', 'a rate limit', 'a provider out of reach', 'an answer that breaks off'],
  ],
  ['takes seconds for ms', { error: takesSecondsForMs }, ['a rate limit']],
  ['wraps a cancellation', { error: wrapsCancellation }, ['a call that is cancelled']],
  ['sends twice', { fetch: sendsTwice }, ['one call sends one request']],
  ['tries again by itself', { fetch: triesAgain }, ['a failed call is sent once']],
  ['decodes piece by piece', { fetch: decodesPieces }, ['an answer that arrives byte by byte']],
  ['mixes calls', mixesCalls, ['ten calls at once']],
];

function eachEvent(
  map: (event: ModelStreamEvent) => readonly ModelStreamEvent[],
): NonNullable<Mistake['events']> {
  return async function* mapped(events) {
    for await (const event of events) yield* map(event);
  };
}

function eachItem(
  map: (item: AgentOutputItem) => AgentOutputItem,
): NonNullable<Mistake['response']> {
  return (response) => ({ ...response, output: response.output.map(map) });
}

function same<T>(value: T): T {
  return value;
}
