import { describe, expect, it } from 'vitest';
import { HookEmitter } from '../../src/internal/hook-emitter.js';
import { settled } from '../support/gate.js';

type Events = { hello: [name: string]; bye: [] };

describe('a hook emitter', () => {
  it('calls its listeners in the order they were added, each awaited', async () => {
    const log: string[] = [];
    const emitter = new HookEmitter<Events>();
    emitter.on('hello', async (name) => {
      await settled();
      log.push(`first ${name}`);
    });
    emitter.on('hello', (name) => {
      log.push(`second ${name}`);
    });
    await emitter.emit('hello', 'Ada');
    expect(log).toEqual(['first Ada', 'second Ada']);
  });

  it('has nothing to await where nobody listens', () => {
    const emitter = new HookEmitter<Events>();
    expect(emitter.emit('hello', 'Ada')).toBeUndefined();
    const listener = (): void => undefined;
    emitter.on('hello', listener).off('hello', listener);
    expect(emitter.emit('hello', 'Ada')).toBeUndefined();
    expect(emitter.hasListeners('hello')).toBe(false);
  });

  it('calls a listener that was added for once, once', async () => {
    let count = 0;
    const emitter = new HookEmitter<Events>();
    emitter.once('bye', () => {
      count++;
    });
    await emitter.emit('bye');
    await emitter.emit('bye');
    expect(count).toBe(1);
  });

  it('calls a listener that was added for once, once, also where two tell of the event at the same time', async () => {
    let calls = 0;
    const emitter = new HookEmitter<Events>();
    emitter.on('bye', settled);
    emitter.once('bye', () => {
      calls++;
    });
    await Promise.all([emitter.emit('bye'), emitter.emit('bye')]);
    expect(calls).toBe(1);
  });

  it('removes a listener by itself, also one that was added for once', async () => {
    let count = 0;
    const listener = (): void => {
      count++;
    };
    const emitter = new HookEmitter<Events>();
    emitter.on('bye', listener).once('bye', listener);
    emitter.off('bye', listener).off('bye', listener).off('hello', listener);
    await emitter.emit('bye');
    expect(count).toBe(0);
  });

  it('calls all who listened when it began, whoever leaves meanwhile', async () => {
    const log: string[] = [];
    const emitter = new HookEmitter<Events>();
    const second = (): void => {
      log.push('second');
    };
    emitter.on('bye', () => {
      log.push('first');
      emitter.off('bye', second);
    });
    emitter.on('bye', second);
    await emitter.emit('bye');
    expect(log).toEqual(['first', 'second']);
  });

  it('fails with what a listener threw; those after it are not called', async () => {
    const failure = new Error('no');
    let called = false;
    const emitter = new HookEmitter<Events>();
    emitter.on('bye', () => {
      throw failure;
    });
    emitter.on('bye', () => {
      called = true;
    });
    await expect(emitter.emit('bye')).rejects.toBe(failure);
    expect(called).toBe(false);
  });
});
