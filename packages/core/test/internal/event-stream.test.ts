import { describe, expect, it } from 'vitest';
import { EventStream } from '../../src/internal/event-stream.js';
import { settled } from '../support/gate.js';

async function all<T>(reader: AsyncIterable<T>): Promise<T[]> {
  const seen: T[] = [];
  for await (const event of reader) seen.push(event);
  return seen;
}

function filled(count: number, options: ConstructorParameters<typeof EventStream>[0] = {}): EventStream<number> {
  const stream = new EventStream<number>(options);
  for (let i = 0; i < count; i++) void stream.write(i);
  return stream;
}

describe('an event stream', () => {
  it('keeps what is written before the first reader comes', async () => {
    const stream = filled(3);
    stream.end();
    expect(await all(stream.read())).toEqual([0, 1, 2]);
  });

  it('hands each event to a reader that waits for it', async () => {
    const stream = new EventStream<number>();
    const reader = stream.read();
    const first = reader.next();
    const second = reader.next();
    void stream.write(1);
    void stream.write(2);
    expect(await first).toEqual({ done: false, value: 1 });
    expect(await second).toEqual({ done: false, value: 2 });
  });

  it('hands every event to every reader, at its own pace', async () => {
    const stream = new EventStream<number>();
    const slow = stream.read();
    const quick = stream.read();
    void stream.write(1);
    expect(await quick.next()).toEqual({ done: false, value: 1 });
    void stream.write(2);
    stream.end();
    expect(await all(quick)).toEqual([2]);
    expect(await all(slow)).toEqual([1, 2]);
  });

  it('counts a reader from the call on, before its first event is asked for', async () => {
    const stream = new EventStream<number>();
    const reader = stream.read();
    void stream.write(1);
    stream.end();
    expect(await all(reader)).toEqual([1]);
  });

  it('gives a later reader what another has still to read', async () => {
    const stream = filled(3);
    const first = stream.read();
    await first.next();
    const later = stream.read();
    stream.end();
    expect(await all(later)).toEqual([1, 2]);
    expect(await all(first)).toEqual([1, 2]);
  });

  it('ends for every reader, and stays ended', async () => {
    const stream = new EventStream<number>();
    const reader = stream.read();
    const waiting = [reader.next(), reader.next()];
    stream.end();
    expect(await Promise.all(waiting)).toEqual([
      { done: true, value: undefined },
      { done: true, value: undefined },
    ]);
    expect(await reader.next()).toEqual({ done: true, value: undefined });
    expect(await all(stream.read())).toEqual([]);
  });

  it('takes nothing after its end, and ends once', async () => {
    const stream = filled(1);
    stream.end();
    stream.end({ error: new Error('too late') });
    expect(stream.write(2)).toBeUndefined();
    expect(await all(stream.read())).toEqual([0]);
  });

  it('raises its error after what was written before, once per reader', async () => {
    const failure = new Error('broken');
    const stream = filled(1);
    stream.end({ error: failure });
    for (const reader of [stream.read(), stream.read()]) {
      expect(await reader.next()).toEqual({ done: false, value: 0 });
      await expect(reader.next()).rejects.toBe(failure);
      expect(await reader.next()).toEqual({ done: true, value: undefined });
    }
  });

  it('raises its error to the first of two calls that wait', async () => {
    const failure = new Error('broken');
    const stream = new EventStream<number>();
    const reader = stream.read();
    const waiting = [reader.next(), reader.next()];
    stream.end({ error: failure });
    await expect(waiting[0]).rejects.toBe(failure);
    expect(await waiting[1]).toEqual({ done: true, value: undefined });
  });

  it('raises also an error that is undefined', async () => {
    const stream = new EventStream<number>();
    stream.end({ error: undefined });
    await expect(all(stream.read())).rejects.toBeUndefined();
  });

  it('lets the writer wait for a reader that is too far behind, until it has caught up', async () => {
    const stream = new EventStream<number>({ highWaterMark: 2 });
    const reader = stream.read();
    expect(stream.write(0)).toBeUndefined();
    const written = stream.write(1);
    expect(written).toBeInstanceOf(Promise);
    let free = false;
    void Promise.resolve(written).then(() => {
      free = true;
    });
    await settled();
    expect(free).toBe(false);
    await reader.next();
    await settled();
    expect(free).toBe(true);
  });

  it('waits for the slowest of its readers', async () => {
    const stream = new EventStream<number>({ highWaterMark: 1 });
    const quick = stream.read();
    const slow = stream.read();
    const written = Promise.resolve(stream.write(0)).then(() => 'free');
    await quick.next();
    expect(await Promise.race([written, settled()])).toBeUndefined();
    await slow.next();
    expect(await written).toBe('free');
  });

  it('never waits for absent readers', () => {
    const stream = new EventStream<number>({ highWaterMark: 1 });
    for (let i = 0; i < 100; i++) expect(stream.write(i)).toBeUndefined();
  });

  it('does not wait for a reader that has left', async () => {
    const stream = new EventStream<number>({ highWaterMark: 1 });
    const reader = stream.read();
    const written = Promise.resolve(stream.write(0)).then(() => 'free');
    await reader.return?.();
    expect(await written).toBe('free');
    expect(stream.write(1)).toBeUndefined();
  });

  it('says so when the last reader has left before the end, and only then', async () => {
    let abandoned = 0;
    const stream = new EventStream<number>({ onAbandoned: () => abandoned++ });
    const one = stream.read();
    const two = stream.read();
    await one.return?.();
    await one.return?.();
    expect(abandoned).toBe(0);
    await two.return?.();
    expect(abandoned).toBe(1);
  });

  it('is not abandoned by a reader that read it to the end', async () => {
    let abandoned = 0;
    const stream = new EventStream<number>({ onAbandoned: () => abandoned++ });
    const reading = all(stream.read());
    void stream.write(1);
    stream.end();
    await reading;
    await stream.read().return?.();
    expect(abandoned).toBe(0);
  });

  it('lets a reader that left go quietly, what it waited for included', async () => {
    const stream = new EventStream<number>();
    const reader = stream.read();
    const waiting = reader.next();
    expect(await reader.return?.()).toEqual({ done: true, value: undefined });
    expect(await waiting).toEqual({ done: true, value: undefined });
    expect(await reader.next()).toEqual({ done: true, value: undefined });
  });

  it('holds no event that every reader has read', async () => {
    const stream = filled(1000);
    const reader = stream.read();
    for (let i = 0; i < 1000; i++) await reader.next();
    const later = stream.read();
    stream.end();
    expect(await all(later)).toEqual([]);
  });
});
