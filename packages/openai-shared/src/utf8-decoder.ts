/** Decodes UTF-8 that comes in chunks; a character may be cut anywhere. */
export interface Utf8Decoder {
  decode(chunk: Uint8Array): string;
  /** What an unfinished character at the end is shown as. */
  end(): string;
}

/**
 * A decoder whose chunks go through a stateless `TextDecoder`, which runtimes do several times faster than
 * a streaming one; only a character on a chunk's border is put together here. A byte order mark at the
 * start is taken away.
 */
export function utf8Decoder(): Utf8Decoder {
  let rest: Uint8Array | undefined;
  let started = false;

  function toText(bytes: Uint8Array): string {
    const text = STATELESS.decode(bytes);
    if (started || text === '') return text;
    started = true;
    return text.startsWith('\uFEFF') ? text.slice(1) : text;
  }

  return {
    decode(chunk) {
      const bytes = rest === undefined ? chunk : joined(rest, chunk);
      const whole = bytes.length - unfinishedLength(bytes);
      rest = whole === bytes.length ? undefined : bytes.slice(whole);
      return toText(rest === undefined ? bytes : bytes.subarray(0, whole));
    },
    end() {
      const text = rest === undefined ? '' : toText(rest);
      rest = undefined;
      return text;
    },
  };
}

// Without `stream: true` a TextDecoder keeps nothing between calls.
const STATELESS = new TextDecoder('utf-8', { ignoreBOM: true });

/** How many bytes at the end begin a character that is not complete: 0 to 3. */
function unfinishedLength(bytes: Uint8Array): number {
  const last = bytes.length - 1;
  for (let back = 0; back < 3 && back <= last; back++) {
    const byte = bytes[last - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte < 0xc0) continue; // the middle of a character
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
    return length > back + 1 ? back + 1 : 0;
  }
  return 0;
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(a.length + b.length);
  bytes.set(a);
  bytes.set(b, a.length);
  return bytes;
}
