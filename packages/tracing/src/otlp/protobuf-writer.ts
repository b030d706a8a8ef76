/** Writes protobuf fields one after the other (the protocol buffers documentation, "Encoding"). */
export class ProtobufWriter {
  #bytes = new Uint8Array(256);
  #length = 0;

  /** Integers, enums and booleans. Zeros are written too, as a value of an attribute may be one. */
  varint(field: number, value: number | bigint): this {
    this.#tag(field, WIRE_VARINT);
    this.#varint(value < 0 ? BigInt.asUintN(64, BigInt(value)) : value);
    return this;
  }

  fixed64(field: number, value: bigint): this {
    this.#tag(field, WIRE_64);
    this.#reserve(8).setBigUint64(0, value, true);
    return this;
  }

  fixed32(field: number, value: number): this {
    this.#tag(field, WIRE_32);
    this.#reserve(4).setUint32(0, value, true);
    return this;
  }

  double(field: number, value: number): this {
    this.#tag(field, WIRE_64);
    this.#reserve(8).setFloat64(0, value, true);
    return this;
  }

  string(field: number, value: string): this {
    return this.bytes(field, encoder.encode(value));
  }

  /** Bytes, or a message that is written already. */
  bytes(field: number, value: Uint8Array): this {
    this.#tag(field, WIRE_LENGTH);
    this.#varint(value.length);
    const at = this.#length;
    this.#reserve(value.length);
    this.#bytes.set(value, at);
    return this;
  }

  /** A message in a field of this one. */
  message(field: number, write: (writer: ProtobufWriter) => void): this {
    const inner = new ProtobufWriter();
    write(inner);
    return this.bytes(field, inner.finish());
  }

  finish(): Uint8Array<ArrayBuffer> {
    return this.#bytes.slice(0, this.#length);
  }

  #tag(field: number, wireType: number): void {
    this.#varint(field * 8 + wireType);
  }

  #varint(value: number | bigint): void {
    let rest = value;
    while (rest > 0x7f) {
      // A double is exact up to 2^53, but bit operations on it are not beyond 2^31.
      this.#byte(Number(typeof rest === 'bigint' ? rest & 0x7fn : rest % 0x80) | 0x80);
      rest = typeof rest === 'bigint' ? rest >> 7n : Math.floor(rest / 0x80);
    }
    this.#byte(Number(rest));
  }

  #byte(value: number): void {
    this.#reserve(1).setUint8(0, value);
  }

  /** Room for that many bytes more, which count as written. */
  #reserve(size: number): DataView {
    const at = this.#length;
    this.#length += size;
    if (this.#length > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(this.#length, this.#bytes.length * 2));
      larger.set(this.#bytes);
      this.#bytes = larger;
    }
    return new DataView(this.#bytes.buffer, at, size);
  }
}

const encoder = new TextEncoder();
const WIRE_VARINT = 0;
const WIRE_64 = 1;
const WIRE_LENGTH = 2;
const WIRE_32 = 5;
