/** A tag alone on its line. */
const opening = /^\s*<([\p{L}][\p{L}\p{N}_:.-]*)((?:\s[^<>]*)?)>\s*$/u;
const closing = /^\s*<\/([\p{L}][\p{L}\p{N}_:.-]*)\s*>\s*$/u;

/** Tags that models put around the answer itself. */
const answerName =
  /^(?:(?:final|your|my|the|full|complete|code|file|proposed)[_-]?)*(?:answer|response|reply|output|result|solution|implementation|files?|changes?|code|codebase|contents?|edits?|updates?|modifications?|patch|patches|diffs?|documents?|project|artifacts?|message|assistant|body|div|p|center|section|article|final|search_replace|blocks?)s?$/i;
const thoughtWords = /think|thought|reason|reflect|analysis|draft|scratch|plan\b|思考/i;

/**
 * The tags around parts of an answer. Tags that name the answer are transparent; `<details>` is too, unless it contains
 * thoughts; any other tag may contain anything.
 */
export class WrapperTags {
  readonly #lines: readonly string[];
  /** For each name the lines that close it, in order. */
  readonly #closings = new Map<string, number[]>();

  constructor(lines: readonly string[]) {
    this.#lines = lines;
    for (const [index, line] of lines.entries()) {
      const name = closing.exec(line)?.[1]?.toLowerCase();
      if (name === undefined) continue;
      const known = this.#closings.get(name);
      if (known === undefined) this.#closings.set(name, [index]);
      else known.push(index);
    }
  }

  /** The line that closes the tag on line `index`; null if there is none, or if the tag is transparent. */
  findEnd(index: number): number | null {
    const [, written = "", attributes = ""] = opening.exec(this.#lines[index] ?? "") ?? [];
    const name = written.toLowerCase();
    if (name === "" || answerName.test(name)) return null;
    if (name === "details" && !this.#isAboutThoughts({ index, attributes })) return null;
    const ends = this.#closings.get(name);
    while (ends?.[0] !== undefined && ends[0] <= index) ends.shift();
    return ends?.[0] ?? null;
  }

  #isAboutThoughts({ index, attributes }: { index: number; attributes: string }): boolean {
    const summary = this.#lines.slice(index + 1, index + 4).find((line) => /<summary>/i.test(line)) ?? "";
    return thoughtWords.test(attributes) || thoughtWords.test(summary);
  }
}
