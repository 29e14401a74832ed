/** Shorter values also occur in ordinary text: removing them would damage answers. */
const minSecretLength = 8;

const redactedMark = "[redacted]";

/** `json`: the text is JSON, in which any character of a secret may be escaped. */
type FilteredForm = "text" | "json";

/** The forms of secrets to search for: plain, and escaped as in a JSON string. */
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
 * Removes secrets from a text that arrives in pieces. A possible start of a secret is held back until later pieces
 * decide, so that the result does not depend on the cuts. If several secrets match at one position, the longest is
 * removed.
 */
export class SecretFilter {
  readonly #patterns: readonly string[];
  readonly #isJson: boolean;
  /** The held text with JSON escapes decoded to one character each. */
  #read = "";
  /** The original spelling of each character of `#read`. */
  #written: string[] = [];
  /** A JSON escape that has not arrived completely. */
  #openEscape = "";

  constructor({ patterns, form }: { patterns: readonly string[]; form: FilteredForm }) {
    this.#patterns = patterns;
    this.#isJson = form === "json";
  }

  /** Returns the text that is certain not to be part of a secret. */
  push(piece: string): string {
    this.#take(piece);
    return this.#release({ holdFrom: (start) => this.#findOpenStart(start) });
  }

  /** Returns the rest after the last piece. */
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

  /**
   * The first complete secret at or after `from`. `found` stores each secret's last position, so that no text is
   * searched twice.
   */
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

  /** The position at which the end of the held text could begin a secret; the text's length if it could not. */
  #findOpenStart(from: number): number {
    const longest = this.#patterns[0]?.length ?? 0;
    for (let start = Math.max(from, this.#read.length - longest + 1); start < this.#read.length; start += 1) {
      const tail = this.#read.slice(start);
      if (this.#patterns.some((pattern) => pattern.length > tail.length && pattern.startsWith(tail))) return start;
    }
    return this.#read.length;
  }
}

/** Removes secrets from a complete text, with the same result as piece by piece. */
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

/** One character of JSON text as written; null if the text ends within an escape. */
function readUnit({ text, index }: { text: string; index: number }): string | null {
  const first = text.charAt(index);
  if (first !== "\\") return first;
  const kind = text.charAt(index + 1);
  const length = kind === "u" ? 6 : 2;
  return kind === "" || index + length > text.length ? null : text.slice(index, index + length);
}

const escapes: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", b: "\b", f: "\f" };

/** Exactly one character also for an invalid escape, so that `#read` and `#written` keep the same length. */
function unescape(written: string): string {
  if (written.length === 1) return written;
  const kind = written.charAt(1);
  if (kind !== "u") return escapes[kind] ?? kind;
  const code = Number.parseInt(written.slice(2), 16);
  return String.fromCharCode(Number.isNaN(code) ? 0xfffd : code);
}
