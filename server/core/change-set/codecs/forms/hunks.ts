import type { TextEdit } from "#lib/contracts/runs/change-set.ts";

const unifiedRange = /^@@+ -(\d+)(?:,\d+)? \+\d+(?:,\d+)? @@+/;

/**
 * Reads the hunks of a patch or a unified diff as edits of whole lines; returns a string that says why they are
 * unreadable. Headings, line numbers and the end of the file only choose between equally good matches.
 */
export function readHunks(body: readonly string[]): TextEdit[] | string {
  const edits: TextEdit[] = [];
  let hunk = new Hunk();
  const close = () => {
    if (hunk.isBegun) edits.push(hunk.toEdit());
    hunk = new Hunk();
  };
  for (const line of body) {
    if (line.startsWith("@@")) {
      // Headings before a hunk are nested: a class, then the method in it.
      if (hunk.isBegun) close();
      hunk.addHeading(line);
    } else if (/^\*\*\* End of File\s*$/.test(line)) {
      hunk.isAtEnd = true;
      close();
    } else if (!hunk.addLine(line)) return `${JSON.stringify(line.slice(0, 100))} begins with none of space, + and -.`;
  }
  close();
  // A hunk with context lines only has no effect if another hunk has changes.
  const changing = edits.filter(({ oldText, newText }) => oldText !== newText);
  return changing.length > 0 ? changing : edits;
}

class Hunk {
  isAtEnd = false;
  readonly #headings: string[] = [];
  #nearLine: number | null = null;
  #oldText = "";
  #newText = "";
  #blankCount = 0;
  #isBegun = false;

  get isBegun(): boolean {
    return this.#isBegun;
  }

  addHeading(line: string): void {
    const range = unifiedRange.exec(line);
    const heading = line
      .slice(2)
      .replace(/@@\s*$/, "")
      .trim();
    if (range !== null) this.#nearLine = Math.max(1, Number(range[1]));
    else if (heading !== "" && !/^[-+.\s\d,]*$/.test(heading)) this.#headings.push(heading);
  }

  /** False for a line outside a hunk. A blank line is context only between other lines; at an edge it is a gap. */
  addLine(line: string): boolean {
    if (line.startsWith("\\ No newline")) return true;
    if (line === "") {
      if (this.#isBegun) this.#blankCount += 1;
      return true;
    }
    const sign = line.charAt(0);
    if (sign !== "+" && sign !== "-" && sign !== " ") return false;
    const text = `${"\n".repeat(this.#blankCount)}`;
    this.#blankCount = 0;
    this.#isBegun = true;
    this.#oldText += text + (sign === "+" ? "" : `${line.slice(1)}\n`);
    this.#newText += text + (sign === "-" ? "" : `${line.slice(1)}\n`);
    return true;
  }

  toEdit(): TextEdit {
    return {
      oldText: this.#oldText,
      newText: this.#newText,
      isWholeLines: true,
      ...(this.#headings.length === 0 ? {} : { within: this.#headings }),
      ...(this.#nearLine === null ? {} : { nearLine: this.#nearLine }),
      ...(this.isAtEnd ? { isAtEnd: true } : {}),
    };
  }
}
