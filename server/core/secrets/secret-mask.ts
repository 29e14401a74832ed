import type { SecretFinding } from "./secret-finding.ts";

/** What a model reads in place of a secret. */
export const withheldMark = "[secret withheld by Graft]";

/** So many characters of a random value are found nowhere else, so a part of one gives the secret away. */
const gramLength = 16;

/** Pieces of a finding that look random: of an address the token, of a private key its lines. */
const randomPieces = /[A-Za-z0-9+/_=-]{16,}/g;

const passwordOfAddress = /:\/\/[^\s/:@]*(:[^\s/@]+@)/;

/**
 * Replaces secrets, and recognisable parts of them, in whatever a model is told: texts of files, lines of a search,
 * reports. Parts matter since tools show lines that were cut.
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
      // Of an address only the password is secret: its host and database are words that other files may have.
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

/** Long names have no digits, or no letters between rulers; keys have both. */
function isRandom(piece: string): boolean {
  return /\d/.test(piece) && /[A-Za-z]/.test(piece);
}

/** The texts that the findings of a file point at. */
export function pickSecrets({ text, findings }: { text: string; findings: readonly SecretFinding[] }): string[] {
  return findings.map(({ start, end }) => text.slice(start, end)).filter((secret) => secret !== "");
}
