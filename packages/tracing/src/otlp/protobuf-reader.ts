/**
 * The fields of a message by their numbers, the last one of each; enough for what a collector answers. What cannot be
 * read ends the reading: an answer that is no protobuf has no fields.
 */
export function readFields(bytes: Uint8Array): ReadonlyMap<number, bigint | Uint8Array> {
  const fields = new Map<number, bigint | Uint8Array>();
  let at = 0;
  const varint = (): bigint | undefined => {
    let value = 0n;
    for (let shift = 0n; shift < 70n; shift += 7n) {
      const byte = bytes[at];
      if (byte === undefined) return undefined;
      at += 1;
      value |= BigInt(byte & 0x7f) << shift;
      if (byte < 0x80) return value;
    }
    return undefined;
  };
  while (at < bytes.length) {
    const tag = varint();
    if (tag === undefined) return fields;
    const value = readValue(Number(tag & 7n), varint, (length) => {
      const start = at;
      at += length;
      return at <= bytes.length ? bytes.subarray(start, at) : undefined;
    });
    if (value === undefined) return fields;
    fields.set(Number(tag >> 3n), value);
  }
  return fields;
}

function readValue(
  wireType: number,
  varint: () => bigint | undefined,
  take: (length: number) => Uint8Array | undefined,
): bigint | Uint8Array | undefined {
  switch (wireType) {
    case 0:
      return varint();
    case 1:
      return take(8);
    case 2: {
      const length = varint();
      return length === undefined ? undefined : take(Number(length));
    }
    case 5:
      return take(4);
    default:
      return undefined;
  }
}
