import type { SecretFinding } from "./secret-finding.ts";

/** What a model reads instead of a secret. */
export const withheldMark = "[secret withheld by Graft]";

/** This many characters of a random value do not occur elsewhere, so a part this long identifies the secret. */
const gramLength = 16;

/** Random-looking pieces of a finding: the token of an address, the lines of a private key. */
const randomPieces = /[A-Za-z0-9+/_=-]{16,}/g;

const passwordOfAddress = /:\/\/[^\s/:@]*(:[^\s/@]+@)/;

/**
 * Replaces secrets, and recognisable parts of them, in everything that a model is told: file texts, search results,
 * reports. Parts matter because tools show truncated lines.
 */
export class SecretMask {
  readonly #values: readonly string[];
  readonly #grams = new Set<string>();

  /** @param secrets the texts that findings point at */
  constructor(secrets: Iterable<string>) {
    const values = new Set<string>();
    for (const secret of secrets) {
      values.add(secret);
      const password = passwordOfAddress.exec(secret)?.[1];
      if (password !== undefined) values.add(password);
      // Only the password of an address is secret: other files may contain its host and database name.
      for (const [piece] of (password ?? secret).matchAll(randomPieces)) if (isRandom(piece)) this.#addGrams(piece);
    }
    this.#values = [...values].sort((one, other) => other.length - one.length);
  }

  get isEmpty(): boolean {
    return this.#values.length === 0;
  }

  apply(text: string): string {
    let masked = text;
    for (const value of this.#values) masked = masked.replaceAll(value, () => withheldMark);
    return this.#grams.size === 0 ? masked : masked.replace(randomPieces, (piece) => this.#maskPiece(piece));
  }

  #addGrams(piece: string): void {
    for (let start = 0; start + gramLength <= piece.length; start += 1)
      this.#grams.add(piece.slice(start, start + gramLength));
  }

  #maskPiece(piece: string): string {
    let masked = "";
    let shownFrom = 0;
    let start = 0;
    while (start + gramLength <= piece.length) {
      if (!this.#grams.has(piece.slice(start, start + gramLength))) {
        start += 1;
        continue;
      }
      let end = start + gramLength;
      while (end < piece.length && this.#grams.has(piece.slice(end - gramLength + 1, end + 1))) end += 1;
      masked += piece.slice(shownFrom, start) + withheldMark;
      shownFrom = end;
      start = end;
    }
    return masked + piece.slice(shownFrom);
  }
}

/** Long names have no digits, and rulers have no letters between them; keys have both. */
function isRandom(piece: string): boolean {
  return /\d/.test(piece) && /[A-Za-z]/.test(piece);
}

/** The secret texts that the findings of a file point at. */
export function pickSecrets({ text, findings }: { text: string; findings: readonly SecretFinding[] }): string[] {
  return findings.map(({ start, end }) => text.slice(start, end)).filter((secret) => secret !== "");
}
