/** A received piece of a string value, with the nearest object key. */
type StreamedString = { key: string; delta: string; isComplete: boolean };

const escapes: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", b: "\b", f: "\f" };

/**
 * Reads string values from JSON that arrives in pieces, so that users can watch a file while a model writes it. For
 * display only: operations are executed from the complete, strictly parsed arguments.
 */
export class StreamedStrings {
  #isInString = false;
  #isEscaped = false;
  #unicode: string | null = null;
  #isKey = true;
  #key = "";
  #text = "";
  #containers: ("object" | "array")[] = [];

  push(json: string): StreamedString[] {
    const strings: StreamedString[] = [];
    for (const character of json) {
      if (this.#isInString) this.#readInString({ character, strings });
      else this.#readStructure(character);
    }
    if (this.#isInString && !this.#isKey && this.#text !== "") {
      strings.push({ key: this.#key, delta: this.#text, isComplete: false });
      this.#text = "";
    }
    return strings;
  }

  #readStructure(character: string): void {
    if (character === '"') {
      this.#isInString = true;
      this.#text = "";
    } else if (character === "{") {
      this.#containers.push("object");
      this.#isKey = true;
    } else if (character === "[") {
      this.#containers.push("array");
      this.#isKey = false;
    } else if (character === "}" || character === "]") {
      this.#containers.pop();
      this.#isKey = false;
    } else if (character === ",") this.#isKey = this.#containers.at(-1) === "object";
    else if (character === ":") this.#isKey = false;
  }

  #readInString({ character, strings }: { character: string; strings: StreamedString[] }): void {
    if (this.#unicode !== null) {
      this.#unicode += character;
      if (this.#unicode.length === 4) {
        this.#text += String.fromCharCode(Number.parseInt(this.#unicode, 16));
        this.#unicode = null;
      }
    } else if (this.#isEscaped) {
      this.#isEscaped = false;
      if (character === "u") this.#unicode = "";
      else this.#text += escapes[character] ?? character;
    } else if (character === "\\") this.#isEscaped = true;
    else if (character === '"') {
      this.#isInString = false;
      if (this.#isKey) this.#key = this.#text;
      else strings.push({ key: this.#key, delta: this.#text, isComplete: true });
      this.#text = "";
    } else this.#text += character;
  }
}

/** The first complete string under one of the keys, in JSON that may be broken; null if there is none. */
export function readFirstString({ json, keys }: { json: string; keys: readonly string[] }): string | null {
  let text = "";
  for (const { key, delta, isComplete } of new StreamedStrings().push(json)) {
    if (!keys.includes(key)) continue;
    text += delta;
    if (isComplete) return text;
  }
  return null;
}
