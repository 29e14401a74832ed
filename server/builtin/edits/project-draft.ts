import { buildTextEdits, toUnixText, type TextEdit } from "./text-edits.ts";

export type DraftOperation =
  | { type: "write"; path: string; content: string }
  | { type: "edit"; path: string; edits: TextEdit[] }
  | { type: "delete"; path: string };

/** A rule would change a file whose text is not in the conversation: it is too large, not text, or one of too many. */
export class UnreadFileError extends Error {
  constructor(path: string) {
    super(`${path} has to change and could not be read.`);
    this.name = "UnreadFileError";
  }
}

/**
 * A project's files with the changes so far. Rules read and write whole texts with `\n` line endings; the output is
 * small edits against the original files.
 */
export class ProjectDraft {
  readonly #paths: ReadonlySet<string>;
  readonly #original: ReadonlyMap<string, string>;
  /** Texts with `\n` line endings, created on first access. */
  readonly #unixTexts = new Map<string, string>();
  /** null: deleted. */
  readonly #changed = new Map<string, string | null>();

  /**
   * @param paths every file of the project
   * @param texts the exact texts of the files that were read
   */
  constructor({ paths, texts }: { paths: Iterable<string>; texts: ReadonlyMap<string, string> }) {
    this.#paths = new Set(paths);
    this.#original = texts;
  }

  /** All current paths, sorted. */
  get paths(): string[] {
    const deleted = (path: string): boolean => this.#changed.get(path) === null;
    return [...new Set([...this.#paths, ...this.#changed.keys()])].filter((path) => !deleted(path)).sort();
  }

  has(path: string): boolean {
    return this.#changed.has(path) ? this.#changed.get(path) !== null : this.#paths.has(path);
  }

  /** The current text; null if the file does not exist or was not read. */
  find(path: string): string | null {
    const changed = this.#changed.get(path);
    if (changed !== undefined) return changed;
    const original = this.#original.get(path);
    if (original === undefined) return null;
    const text = this.#unixTexts.get(path) ?? toUnixText(original);
    this.#unixTexts.set(path, text);
    return text;
  }

  /** Creates a file, or replaces the text of a file that was read. @throws UnreadFileError for any other */
  write({ path, text }: { path: string; text: string }): void {
    if (this.#paths.has(path) && !this.#original.has(path)) throw new UnreadFileError(path);
    this.#changed.set(path, text);
  }

  delete(path: string): void {
    this.#changed.set(path, null);
  }

  /** The changes as operations: new files first, then edits, then deletions, each in path order. */
  get operations(): DraftOperation[] {
    const changed = [...this.#changed].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
    const writes = changed.flatMap(([path, text]): DraftOperation[] =>
      text !== null && !this.#paths.has(path) ? [{ type: "write", path, content: text }] : [],
    );
    const edits = changed.flatMap(([path, text]): DraftOperation[] => {
      const original = this.#original.get(path);
      if (text === null || original === undefined) return [];
      if (original === "") return text === "" ? [] : [{ type: "write", path, content: text }];
      const steps = buildTextEdits({ oldText: original, newText: text });
      return steps.length === 0 ? [] : [{ type: "edit", path, edits: steps }];
    });
    const deletions = changed.flatMap(([path, text]): DraftOperation[] =>
      text === null && this.#paths.has(path) ? [{ type: "delete", path }] : [],
    );
    return [...writes, ...edits, ...deletions];
  }
}
