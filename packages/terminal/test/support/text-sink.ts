import { EventEmitter } from 'node:events';
import { Writable } from 'node:stream';

/** Keeps what is written to it. */
export class TextSink extends Writable {
  text = '';
  readonly #events = new EventEmitter();

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.text += chunk.toString();
    done();
    this.#events.emit('written');
  }

  /** Resolves once the text is there, that many times. */
  async has(text: string, times = 1): Promise<void> {
    while (this.text.split(text).length <= times) {
      await new Promise((resolve) => {
        this.#events.once('written', resolve);
      });
    }
  }
}
