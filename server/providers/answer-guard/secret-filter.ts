/** Shorter values are words of ordinary text: taking them out would damage answers. */
const minSecretLength = 8;

export const redactedMark = "[redacted]";

/** `json`: the text is JSON, in which any character of a secret may be written as an escape. */
export type FilteredForm = "text" | "json";

/** The spellings of secrets that are looked for: as they are, and as JSON writes them within a string. */
export function listSecretPatterns(secrets: readonly string[]): string[] {
  const patterns = secrets
    .filter((secret) => secret.length >= minSecretLength)
    .flatMap((secret) => {
      const escaped = JSON.stringify(secret).slice(1, -1);
      return [secret, escaped, escaped.replaceAll("/", "\\/")];
    });
  return [...new Set(patterns)].sort((one, other) => other.length - one.length);
}

/**
 * Takes secrets out of a text that arrives in pieces. What may be the start of a secret is held back until the next
 * pieces decide, so that the result does not depend on where the pieces are cut. At one place the longest secret wins.
 */
export class SecretFilter {
  readonly #patterns: readonly string[];
  readonly #isJson: boolean;
  /** The held text as it reads: escapes of JSON are one character each. */
  #read = "";
  /** How each character of `#read` was written. */
  #written: string[] = [];
  /** An escape of JSON that has not arrived whole. */
  #openEscape = "";

  constructor({ patterns, form }: { patterns: readonly string[]; form: FilteredForm }) {
    this.#patterns = patterns;
    this.#isJson = form === "json";
  }

  /** The text that is decided on by now. */
  push(piece: string): string {
    this.#take(piece);
    return this.#release({ holdFrom: (start) => this.#findOpenStart(start) });
  }

  /** The rest, once no more pieces come. */
  end(): string {
    const rest = this.#release({ holdFrom: () => this.#read.length }) + this.#openEscape;
    this.#openEscape = "";
    return rest;
  }

  #take(piece: string): void {
    if (!this.#isJson) {
      this.#read += piece;
      for (let index = 0; index < piece.length; index += 1) this.#written.push(piece.charAt(index));
      return;
    }
    const text = this.#openEscape + piece;
    this.#openEscape = "";
    for (let index = 0; index < text.length;) {
      const written = readUnit({ text, index });
      if (written === null) {
        this.#openEscape = text.slice(index);
        return;
      }
      this.#read += unescape(written);
      this.#written.push(written);
      index += written.length;
    }
  }

  #release({ holdFrom }: { holdFrom: (start: number) => number }): string {
    let released = "";
    let position = 0;
    const found = new Map<string, number>();
    for (;;) {
      const end = holdFrom(position);
      const match = this.#findSecret({ from: position, found });
      const isDecided = match !== null && match.start < end;
      released += this.#written.slice(position, isDecided ? match.start : end).join("");
      position = isDecided ? match.end : end;
      if (!isDecided) break;
      released += redactedMark;
    }
    this.#read = this.#read.slice(position);
    this.#written = this.#written.slice(position);
    return released;
  }

  /** The first whole secret from `from` on. `found` keeps where each was last, so that no text is searched twice. */
  #findSecret({ from, found }: { from: number; found: Map<string, number> }): { start: number; end: number } | null {
    let first: { start: number; end: number } | null = null;
    for (const pattern of this.#patterns) {
      const known = found.get(pattern);
      const start = known === undefined || (known !== -1 && known < from) ? this.#read.indexOf(pattern, from) : known;
      found.set(pattern, start);
      if (start !== -1 && (first === null || start < first.start)) first = { start, end: start + pattern.length };
    }
    return first;
  }

  /** Where the end of the held text begins to read like the start of a secret; its length where it does not. */
  #findOpenStart(from: number): number {
    const longest = this.#patterns[0]?.length ?? 0;
    for (let start = Math.max(from, this.#read.length - longest + 1); start < this.#read.length; start += 1) {
      const tail = this.#read.slice(start);
      if (this.#patterns.some((pattern) => pattern.length > tail.length && pattern.startsWith(tail))) return start;
    }
    return this.#read.length;
  }
}

/** A whole text without secrets: the same that the pieces of it come to. */
export function filterSecrets({
  text,
  patterns,
  form,
}: {
  text: string;
  patterns: readonly string[];
  form: FilteredForm;
}): string {
  const filter = new SecretFilter({ patterns, form });
  return filter.push(text) + filter.end();
}

/** One character of JSON text as it is written; null where the text ends within an escape. */
function readUnit({ text, index }: { text: string; index: number }): string | null {
  const first = text.charAt(index);
  if (first !== "\\") return first;
  const kind = text.charAt(index + 1);
  const length = kind === "u" ? 6 : 2;
  return kind === "" || index + length > text.length ? null : text.slice(index, index + length);
}

const escapes: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", b: "\b", f: "\f" };

/** Exactly one character, so that `#read` and `#written` stay in step, for what is no escape too. */
function unescape(written: string): string {
  if (written.length === 1) return written;
  const kind = written.charAt(1);
  if (kind !== "u") return escapes[kind] ?? kind;
  const code = Number.parseInt(written.slice(2), 16);
  return String.fromCharCode(Number.isNaN(code) ? 0xfffd : code);
}
