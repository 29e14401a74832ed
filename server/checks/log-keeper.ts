/** Keeps the start and the end of an output of any length, and the newest lines for users who watch. */
export class LogKeeper {
  readonly #headBytes: number;
  readonly #tailBytes: number;
  #head: Buffer[] = [];
  #headLength = 0;
  #tail: Buffer[] = [];
  #tailLength = 0;
  #cutBytes = 0;

  constructor({ maxBytes, headBytes = Math.floor(maxBytes / 4) }: { maxBytes: number; headBytes?: number }) {
    this.#headBytes = headBytes;
    this.#tailBytes = maxBytes - this.#headBytes;
  }

  add(chunk: Buffer): void {
    const room = this.#headBytes - this.#headLength;
    if (room > 0) {
      this.#head.push(chunk.subarray(0, room));
      this.#headLength += Math.min(room, chunk.length);
    }
    const rest = room > 0 ? chunk.subarray(room) : chunk;
    if (rest.length === 0) return;
    this.#tail.push(rest);
    this.#tailLength += rest.length;
    // Twice as much, so that not every new line shifts the buffer.
    if (this.#tailLength > 2 * this.#tailBytes) this.#shorten();
  }

  /** Whether output was dropped. */
  get isCut(): boolean {
    this.#shorten();
    return this.#cutBytes > 0;
  }

  /** Everything that is kept. */
  read(): string {
    this.#shorten();
    if (this.#cutBytes === 0) return decode([...this.#head, ...this.#tail]);
    return `${decode(this.#head)}\n… ${this.#cutBytes} bytes are left out here …\n${decode(this.#tail)}`;
  }

  readEnd(maxCharacters: number): string {
    return this.read().slice(-maxCharacters);
  }

  #shorten(): void {
    const excess = this.#tailLength - this.#tailBytes;
    if (excess <= 0) return;
    const whole = Buffer.concat(this.#tail);
    this.#tail = [whole.subarray(excess)];
    this.#tailLength = this.#tailBytes;
    this.#cutBytes += excess;
  }
}

/** Replaces NUL, which cannot be stored, and half a character at a cut. */
function decode(chunks: readonly Buffer[]): string {
  return Buffer.concat(chunks).toString("utf8").replaceAll("\0", "\uFFFD");
}
