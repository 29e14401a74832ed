import { extensionOf, baseNameOf } from "../paths/project-paths.ts";

/** Constructs of a language that span lines and contain any text: strings, comments and here-documents. */
type Syntax = { pairs: readonly (readonly [open: string, close: string])[]; lineComment?: string; hasHereDocs?: true };

const cComment = ["/*", "*/"] as const;
const template = ["`", "`"] as const;
const triple = ['"""', '"""'] as const;
const tripleSingle = ["'''", "'''"] as const;

const cLike: Syntax = { pairs: [cComment], lineComment: "//" };
const scriptLike: Syntax = { pairs: [cComment, template], lineComment: "//" };
const tripleLike: Syntax = { pairs: [cComment, triple], lineComment: "//" };
const pythonLike: Syntax = { pairs: [triple, tripleSingle], lineComment: "#" };
const shellLike: Syntax = { pairs: [], lineComment: "#", hasHereDocs: true };

const syntaxes: Record<string, Syntax> = {
  ...spread(["c", "h", "cc", "cpp", "hpp", "css", "scss", "less", "proto", "m"], cLike),
  ...spread(["js", "mjs", "cjs", "jsx", "ts", "mts", "cts", "tsx", "go"], scriptLike),
  ...spread(["java", "kt", "kts", "swift", "scala", "cs", "dart", "groovy", "gradle"], tripleLike),
  ...spread(["py", "pyi", "toml"], pythonLike),
  ...spread(["sh", "bash", "zsh", "dockerfile", "makefile", "tf", "rb", "pl"], shellLike),
  ...spread(["json", "jsonc", "json5", "ini", "env", "cfg"], { pairs: [] }),
  ex: { pairs: [triple], lineComment: "#" },
  graphql: { pairs: [triple], lineComment: "#" },
};

function spread(extensions: readonly string[], syntax: Syntax): Record<string, Syntax> {
  return Object.fromEntries(extensions.map((extension) => [extension, syntax]));
}

/**
 * Tracks whether a string, a comment or a here-document is open after a line, in which a fence line would be content.
 * Escapes and nested templates are not tracked; if that misleads it, the block is requested again.
 */
export class OpenText {
  readonly #syntax: Syntax;
  #closer: string | null = null;
  #hereDocEnd: string | null = null;

  /** Null for a file that can contain fences anywhere: a document, or an unknown language. */
  static of(path: string): OpenText | null {
    const name = baseNameOf(path).toLowerCase();
    const extension = extensionOf(path);
    const syntax = syntaxes[extension === "" ? name.replace(/^\./, "").replace(/\..*$/, "") : extension];
    return syntax === undefined ? null : new OpenText(syntax);
  }

  private constructor(syntax: Syntax) {
    this.#syntax = syntax;
  }

  get isOpen(): boolean {
    return this.#closer !== null || this.#hereDocEnd !== null;
  }

  read(line: string): void {
    if (this.#hereDocEnd !== null) {
      if (line.trim() === this.#hereDocEnd) this.#hereDocEnd = null;
      return;
    }
    this.#readCode(line);
    if (this.#syntax.hasHereDocs === true && this.#closer === null)
      this.#hereDocEnd = /<<[-~]?\s*(["']?)([A-Za-z_]\w*)\1/.exec(line)?.[2] ?? null;
  }

  #readCode(line: string): void {
    const { pairs, lineComment } = this.#syntax;
    let quote: string | null = null;
    for (let index = 0; index < line.length; index += 1) {
      const character = line.charAt(index);
      if (this.#closer !== null) {
        if (line.startsWith(this.#closer, index)) {
          index += this.#closer.length - 1;
          this.#closer = null;
        } else if (character === "\\") index += 1;
      } else if (quote !== null) {
        if (character === "\\") index += 1;
        else if (character === quote) quote = null;
      } else {
        const pair = pairs.find(([open]) => line.startsWith(open, index));
        if (pair !== undefined) {
          this.#closer = pair[1];
          index += pair[0].length - 1;
        } else if (lineComment !== undefined && line.startsWith(lineComment, index)) return;
        else if (character === '"' || character === "'") quote = character;
      }
    }
  }
}
