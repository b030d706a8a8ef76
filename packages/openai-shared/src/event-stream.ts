import type { ByteReaderLike, ByteStreamLike } from './client-like.js';
import { utf8Decoder, type Utf8Decoder } from './utf8-decoder.js';

/** Reads server-sent events from an answer's body. */
export interface EventStream {
  /** The `data` of the events in the next chunk, maybe none; `undefined` at the end of the stream. */
  read(): Promise<readonly string[] | undefined>;
  /** All of a body that turned out to be JSON and no events; known with its end. */
  readonly json: string | undefined;
  /** Reads no further, but lets the answer end by itself, so that its connection can be used again. */
  finish(): void;
  /** Cuts the connection; safe at any time, any number of times. */
  cancel(): void;
}

/** Reads the server-sent events of a body, chunk by chunk. */
export function openEventStream(body: ByteStreamLike): EventStream {
  const reader = body.getReader();
  const decoder = eventStreamDecoder();
  let ended = false;
  let plain: JsonBody | 'none' | undefined;
  let json: string | undefined;
  const cancel = (): void => {
    // A stream that already failed answers with its own failure, which the reader has had.
    reader.cancel().catch(() => undefined);
  };
  return {
    async read() {
      if (ended) return undefined;
      const { done, value } = await reader.read();
      if (!done) {
        if (value === undefined) return [];
        plain ??= jsonBodyOf(value);
        if (plain === undefined || plain === 'none') return decoder.push(value);
        plain.text += plain.decoder.decode(value);
        return [];
      }
      ended = true;
      if (plain === undefined || plain === 'none') return decoder.end();
      json = plain.text + plain.decoder.end();
      return [];
    },
    get json() {
      return json;
    },
    finish() {
      if (ended) return;
      ended = true;
      const timer = setTimeout(cancel, PATIENCE_MS);
      void readToEnd(reader).finally(() => clearTimeout(timer));
    },
    cancel,
  };
}

/** A body in the reading that is one JSON object, as no event stream begins. */
interface JsonBody {
  readonly decoder: Utf8Decoder;
  text: string;
}

/** What a body is, by the first of its bytes that is not white; unknown as long as there is none. */
function jsonBodyOf(chunk: Uint8Array): JsonBody | 'none' | undefined {
  const first = chunk.find((byte) => byte > SPACE);
  if (first === undefined) return undefined;
  return first === BRACE ? { decoder: utf8Decoder(), text: '' } : 'none';
}

/** How long a server may take to end an answer that has said all. */
const PATIENCE_MS = 1000;

async function readToEnd(reader: ByteReaderLike): Promise<void> {
  try {
    while (!(await reader.read()).done);
  } catch {
    // Nobody waits for what comes after the end.
  }
}

/** Turns bytes into the data of server-sent events. */
export interface EventStreamDecoder {
  push(chunk: Uint8Array): readonly string[];
  /** What is left at the end: an event that is whole and only lacks its closing blank line. */
  end(): readonly string[];
}

/**
 * A decoder of `text/event-stream` (WHATWG HTML, section 9.2.6) that knows no chunk borders: characters,
 * line ends and events may be cut anywhere. Event names, ids and retry times are not of interest here.
 */
export function eventStreamDecoder(): EventStreamDecoder {
  const decoder = utf8Decoder();
  let line = '';
  let data: string | undefined;
  let afterCr = false;
  let events: string[] = [];

  function endLine(text: string): void {
    if (text === '') {
      if (data !== undefined && data !== '') events.push(data);
      data = undefined;
    } else if (text.startsWith('data:')) {
      const value = text.slice(text.charCodeAt(5) === SPACE ? 6 : 5);
      data = data === undefined ? value : `${data}\n${value}`;
    } else if (text === 'data') {
      data = data === undefined ? '' : `${data}\n`;
    }
  }

  function feed(chunk: string): void {
    let text = chunk;
    if (text === '') return;
    if (afterCr && text.startsWith('\n')) text = text.slice(1);
    afterCr = false;
    if (text.includes('\r')) {
      afterCr = text.endsWith('\r');
      text = text.replaceAll(/\r\n?/g, '\n');
    }
    let from = 0;
    for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', from)) {
      endLine(line === '' ? text.slice(from, at) : line + text.slice(from, at));
      line = '';
      from = at + 1;
    }
    // Adding to a string that nobody looks into is cheap, however many chunks one line takes.
    if (from < text.length) line += from === 0 ? text : text.slice(from);
  }

  function take(): readonly string[] {
    const taken = events;
    if (taken.length > 0) events = [];
    return taken;
  }

  return {
    push(chunk) {
      feed(decoder.decode(chunk));
      return take();
    },
    end() {
      feed(decoder.end());
      const whole = events.length;
      endLine(line);
      line = '';
      endLine('');
      if (events.length > whole && !isWhole(events.at(-1) ?? '')) events.pop();
      return take();
    },
  };
}

const SPACE = 32;
const BRACE = 123;

/** Whether the data of an unfinished event was not cut off. */
function isWhole(data: string): boolean {
  if (data === '[DONE]') return true;
  try {
    JSON.parse(data);
    return true;
  } catch {
    return false;
  }
}
