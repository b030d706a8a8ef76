import { messageOf } from '../../error/index.js';
import { expectSame, expectThat } from '../contract/expect-same.js';
import { aRequest } from './a-request.js';
import { isDelta, type Mode, type ModelLab } from './model-lab.js';
import type { ModelLaw } from './model-law.js';
import type { PreparedModel } from './model-test-setup.js';
import { said } from './said.js';

/** Calls do not disturb each other, and end when they are told to. */
export const callLaws: readonly ModelLaw[] = [
  { name: 'ten calls at once do not mix', modes: ['streamed'], check: expectUnmixed },
  {
    name: 'a call that is cancelled beforehand rejects and sends nothing',
    check: async (lab, mode) => {
      const { model, requests } = await lab.prepare([{}]);
      const reason = new Error('cancelled beforehand');
      const request = aRequest({ signal: AbortSignal.abort(reason) });
      const { error } = await lab.fail({ model, request }, mode);
      expectCancelled(error, reason);
      expectThat(requests().length === 0, 'no request', requests());
    },
  },
  {
    name: 'a call that is cancelled while it waits rejects at once',
    needs: ['silence'],
    check: async (lab, mode) => {
      await cancelWhileWaiting(lab, mode, await lab.prepare([{ fault: { type: 'silent' } }]));
    },
  },
  {
    name: 'a call after a cancelled one is answered',
    needs: ['silence'],
    check: async (lab, mode) => {
      const prepared = await lab.prepare([{ fault: { type: 'silent' } }, aText('Back again.')]);
      await cancelWhileWaiting(lab, mode, prepared);
      const { output } = await lab.ask(prepared.model, aRequest(), mode);
      expectSame(said(output), [{ type: 'text', text: 'Back again.' }], 'The output says');
    },
  },
  {
    name: 'a stream that is cancelled at its first delta throws at once',
    modes: ['streamed'],
    needs: ['stalls'],
    check: async (lab) => {
      const { model } = await lab.prepare([STALLED]);
      await cancelAtFirstDelta(lab, model);
    },
  },
  {
    name: 'a signal that aborts after the call does no harm',
    check: async (lab, mode) => {
      const { model } = await lab.prepare([{}, aText('Still here.')]);
      const controller = new AbortController();
      await lab.ask(model, aRequest({ signal: controller.signal }), mode);
      controller.abort(new Error('too late'));
      const { output } = await lab.ask(model, aRequest(), mode);
      expectSame(said(output), [{ type: 'text', text: 'Still here.' }], 'The output says');
    },
  },
  {
    name: 'a consumer can leave a stream at its first delta',
    modes: ['streamed'],
    needs: ['stalls'],
    check: async (lab) => {
      const { model } = await lab.prepare([STALLED]);
      await leaveAtFirstDelta(lab, model);
    },
  },
  {
    name: 'leaving a stream early releases its connection',
    modes: ['streamed'],
    needs: ['stalls', 'openRequests'],
    check: async (lab) => {
      const prepared = await lab.prepare([STALLED]);
      await leaveAtFirstDelta(lab, prepared.model);
      await expectReleased(lab, prepared);
    },
  },
  {
    name: 'cancelling a stream releases its connection',
    modes: ['streamed'],
    needs: ['stalls', 'openRequests'],
    check: async (lab) => {
      const prepared = await lab.prepare([STALLED]);
      await cancelAtFirstDelta(lab, prepared.model);
      await expectReleased(lab, prepared);
    },
  },
  {
    name: 'cancelling a call that waits releases its connection',
    needs: ['silence', 'openRequests'],
    check: async (lab, mode) => {
      const prepared = await lab.prepare([{ fault: { type: 'silent' } }]);
      await cancelWhileWaiting(lab, mode, prepared);
      await expectReleased(lab, prepared);
    },
  },
];

async function expectUnmixed(lab: ModelLab): Promise<void> {
  const numbers = Array.from({ length: 10 }, (_, index) => index);
  const { model, requests } = await lab.prepare(
    numbers.map((number) => ({
      ...aText(`Answer ${number}, ${'and so on, '.repeat(5 + number)}until ${number}.`),
      split: (text) => text.split(''),
    })),
  );
  const answers = await Promise.all(
    numbers.map(async (number) => {
      const request = aRequest({ input: `question-${number}-marker` });
      return said((await lab.ask(model, request, number % 2 === 0 ? 'plain' : 'streamed')).output);
    }),
  );
  const bodies = requests().map((body) => JSON.stringify(body));
  for (const number of numbers) {
    const arrival = bodies.findIndex((body) => body.includes(`question-${number}-marker`));
    const expected = `Answer ${arrival}, ${'and so on, '.repeat(5 + arrival)}until ${arrival}.`;
    expectSame(answers[number], [{ type: 'text', text: expected }], `The answer to call ${number}`);
  }
}

async function cancelWhileWaiting(
  lab: ModelLab,
  mode: Mode,
  { model, requests }: PreparedModel,
): Promise<void> {
  const controller = new AbortController();
  const reason = new Error('cancelled while it waits');
  const failure = lab.fail({ model, request: aRequest({ signal: controller.signal }) }, mode);
  failure.catch(() => undefined); // looked at below, maybe after the wait has failed
  await lab.until(() => requests().length > 0, 'the request arrives');
  controller.abort(reason);
  expectCancelled((await failure).error, reason);
}

async function cancelAtFirstDelta(lab: ModelLab, model: PreparedModel['model']): Promise<void> {
  const controller = new AbortController();
  const reason = new Error('cancelled at the first delta');
  const request = aRequest({ signal: controller.signal });
  const { error } = await lab.fail({ model, request }, 'streamed', (event) => {
    if (isDelta(event)) controller.abort(reason);
  });
  expectThat(controller.signal.aborted, 'a delta before the stream stalls', error);
  expectCancelled(error, reason);
}

async function leaveAtFirstDelta(lab: ModelLab, model: PreparedModel['model']): Promise<void> {
  const leave = async (): Promise<void> => {
    for await (const event of model.getStreamedResponse(aRequest())) if (isDelta(event)) return;
    throw new Error('Expected a delta before the stream stalls, but it ended.');
  };
  await lab.within(leave(), 'the consumer is let go');
}

async function expectReleased(lab: ModelLab, { openRequests }: PreparedModel): Promise<void> {
  if (openRequests === undefined) {
    throw new Error(
      "prepare() gave no openRequests. Give it, or name 'openRequests' under `without`.",
    );
  }
  await lab.until(() => openRequests() === 0, 'openRequests() is 0');
}

function expectCancelled(error: unknown, reason: Error): void {
  if (error === reason || (error instanceof Error && error.name === 'AbortError')) return;
  const name = error instanceof Error ? error.name : typeof error;
  throw new Error(
    `Expected the reason of the signal or an AbortError, came ${name}: ${messageOf(error)}`,
  );
}

function aText(text: string): {
  readonly output: readonly [{ readonly type: 'text'; readonly text: string }];
} {
  return { output: [{ type: 'text', text }] };
}

const STALLED = {
  ...aText('This is as far as it goes today.'),
  fault: { type: 'stalls' },
} as const;
