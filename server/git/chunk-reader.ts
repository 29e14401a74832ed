/** Reads a stream in pieces of known length, then the rest as it arrives. */
export class ChunkReader {
  readonly #chunks: AsyncIterator<Uint8Array>;
  #pending: Buffer = Buffer.alloc(0);

  constructor(chunks: AsyncIterable<Uint8Array>) {
    this.#chunks = chunks[Symbol.asyncIterator]();
  }

  /** The next `length` bytes; null if the stream ends before them. */
  async read(length: number): Promise<Buffer | null> {
    const parts = [this.#pending];
    let available = this.#pending.length;
    while (available < length) {
      const next = await this.#chunks.next();
      if (next.done === true) return null;
      parts.push(Buffer.from(next.value));
      available += next.value.length;
    }
    const all = Buffer.concat(parts);
    this.#pending = all.subarray(length);
    return all.subarray(0, length);
  }

  /** The remaining bytes. */
  async *rest(): AsyncGenerator<Uint8Array> {
    if (this.#pending.length > 0) yield this.#pending;
    this.#pending = Buffer.alloc(0);
    for (;;) {
      const next = await this.#chunks.next();
      if (next.done === true) return;
      yield next.value;
    }
  }

  /** The next bytes up to and including `end`, at most `maxBytes`; null if it does not arrive. */
  async readUntil({ end, maxBytes }: { end: number; maxBytes: number }): Promise<Buffer | null> {
    for (;;) {
      const at = this.#pending.indexOf(end);
      if (at !== -1) return this.read(at + 1);
      if (this.#pending.length > maxBytes) return null;
      const next = await this.#chunks.next();
      if (next.done === true) return null;
      this.#pending = Buffer.concat([this.#pending, next.value]);
    }
  }
}
