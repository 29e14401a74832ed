/**
 * A text that only grows, or restarts. A reader takes what is new since its last read, so that a read costs only the
 * new text.
 */
export class TextStream {
  #chunks: string[] = [];
  #lineBreaks = 0;
  #length = 0;
  #edition = 0;

  /** In UTF-16 units. */
  get length(): number {
    return this.#length;
  }

  /** Lines started so far; 0 while it is empty. */
  get lineCount(): number {
    const last = this.#chunks.at(-1);
    if (last === undefined) return 0;
    return last.endsWith("\n") ? this.#lineBreaks : this.#lineBreaks + 1;
  }

  append(text: string): void {
    if (text === "") return;
    this.#chunks.push(text);
    this.#length += text.length;
    for (let index = text.indexOf("\n"); index !== -1; index = text.indexOf("\n", index + 1)) this.#lineBreaks += 1;
  }

  reset(): void {
    if (this.#length === 0) return;
    this.#chunks = [];
    this.#lineBreaks = 0;
    this.#length = 0;
    this.#edition += 1;
  }

  /** Its last characters, at most this many. */
  readEnd(maxCharacters: number): string {
    let end = "";
    for (let index = this.#chunks.length - 1; index >= 0 && end.length < maxCharacters; index -= 1)
      end = (this.#chunks[index] ?? "") + end;
    return end.slice(-maxCharacters);
  }

  /** Returns the text after `position`. If the text was restarted since, returns all of it (`isAnew`). */
  readSince(position: StreamPosition | null): { text: string; isAnew: boolean; position: StreamPosition } {
    const isAnew = position === null || position.edition !== this.#edition;
    const text = this.#chunks.slice(isAnew ? 0 : position.chunk).join("");
    return { text, isAnew, position: { edition: this.#edition, chunk: this.#chunks.length } };
  }
}

export type StreamPosition = { edition: number; chunk: number };
