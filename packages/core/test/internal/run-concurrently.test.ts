import { describe, expect, it } from 'vitest';
import { openAbortScope, orAbort } from '../../src/internal/abort-scope.js';
import { runConcurrently } from '../../src/internal/run-concurrently.js';
import { aborted, createGate, settled } from '../support/gate.js';

const { signal } = new AbortController();

describe('tasks that run at the same time', () => {
  it('start in order, and all are awaited', async () => {
    const started: number[] = [];
    const ended: number[] = [];
    const gate = createGate();
    await runConcurrently(
      [1, 2, 3],
      async (input) => {
        started.push(input);
        if (input === 3) gate.open();
        await gate.opened;
        ended.push(input);
      },
      { signal },
    );
    expect(started).toEqual([1, 2, 3]);
    expect(ended).toEqual([1, 2, 3]);
  });

  it('are none where there is nothing to do', async () => {
    await expect(runConcurrently([], () => Promise.reject(new Error('no')), { signal })).resolves.toBeUndefined();
  });

  it('are no more at a time than the limit', async () => {
    let running = 0;
    let most = 0;
    await runConcurrently(
      [1, 2, 3, 4, 5],
      async () => {
        most = Math.max(most, ++running);
        await settled();
        running--;
      },
      { signal, limit: 2 },
    );
    expect(most).toBe(2);
  });

  it.each([1, 3])('fail with the first failure, once all are over: %i inputs', async (count) => {
    const log: string[] = [];
    const failure = new Error('first');
    const inputs = Array.from({ length: count }, (_, i) => i);
    await expect(
      runConcurrently(
        inputs,
        async (input, taskSignal) => {
          if (input === 0) {
            await settled();
            throw failure;
          }
          await aborted(taskSignal);
          await settled();
          log.push(`${input} is over`);
          throw new Error('later');
        },
        { signal },
      ),
    ).rejects.toBe(failure);
    expect(log).toEqual(inputs.slice(1).map((input) => `${input} is over`));
  });

  it('are not started after a failure', async () => {
    const started: number[] = [];
    await expect(
      runConcurrently(
        [1, 2, 3],
        (input) => {
          started.push(input);
          return Promise.reject(new Error('no'));
        },
        { signal, limit: 1 },
      ),
    ).rejects.toThrow('no');
    expect(started).toEqual([1]);
  });

  it.each([1, 2])('hear of a cancellation from outside: %i inputs', async (count) => {
    const controller = new AbortController();
    const reasons: unknown[] = [];
    const done = runConcurrently(
      Array.from({ length: count }, (_, i) => i),
      async (_input, taskSignal) => {
        await aborted(taskSignal);
        reasons.push(taskSignal?.reason);
      },
      { signal: controller.signal },
    );
    controller.abort('stop');
    await done;
    expect(reasons).toEqual(Array.from({ length: count }, () => 'stop'));
  });
});

describe('a signal of one\'s own', () => {
  it('aborts with the outer ones, or alone, with its reason', () => {
    const outer = new AbortController();
    const scope = openAbortScope(outer.signal);
    outer.abort('outer');
    expect(scope.signal.reason).toBe('outer');
    const alone = openAbortScope(signal);
    alone.abort('alone');
    expect(alone.signal.reason).toBe('alone');
    expect(signal.aborted).toBe(false);
  });

  it('is aborted at once below one that is', () => {
    expect(openAbortScope(undefined, AbortSignal.abort('before')).signal.reason).toBe('before');
  });

  it('no longer follows once it is closed', () => {
    const outer = new AbortController();
    const scope = openAbortScope(outer.signal);
    scope.close();
    outer.abort();
    expect(scope.signal.aborted).toBe(false);
  });
});

describe('a promise or an abort', () => {
  it('is the promise where nothing aborts', async () => {
    await expect(orAbort(Promise.resolve(1), signal)).resolves.toBe(1);
    await expect(orAbort(Promise.reject(new RangeError('no')), signal)).rejects.toThrow(RangeError);
  });

  it('is the reason as soon as it aborts, whatever the promise does later', async () => {
    const controller = new AbortController();
    const reason = new Error('stop');
    let fail: (error: Error) => void = () => undefined;
    const work = new Promise<never>((_resolve, reject) => {
      fail = reject;
    });
    const raced = orAbort(work, controller.signal);
    controller.abort(reason);
    await expect(raced).rejects.toBe(reason);
    fail(new Error('later')); // not unhandled
    await settled();
    await expect(orAbort(Promise.reject(new Error('x')), AbortSignal.abort(reason))).rejects.toBe(reason);
  });
});
