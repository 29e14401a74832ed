import type { FilePath } from "#lib/contracts/ids.ts";
import type { SourceParser } from "../../syntax/source-parser.ts";
import type { Declaration } from "../declarations/list-declarations.ts";
import { listImports, type ImportedModule } from "../list-imports.ts";
import { locateModules } from "../locate-module.ts";
import type { ValidationInput } from "../validator.ts";
import type { FileSide } from "./analyze-losses.ts";
import { cutLost } from "./cut-lost.ts";
import { escapePattern } from "./escape-pattern.ts";
import { bareName, findUses, type UsesOfName } from "./find-uses.ts";
import { isUsedInWords } from "./is-used-in-words.ts";
import { listUsedNames } from "./list-used-names.ts";
import { maySee } from "./may-see.ts";

/** `stillUsed`: something depends on the lost declaration. `letGo`: its users were changed to work without it. */
export type UseOfLost = "still-used" | "let-go" | "never-used";

/** `uses` is null for a language without scope analysis. */
type ReadText = { uses: ReadonlyMap<string, UsesOfName> | null; imports: readonly ImportedModule[] };
type UsingText = { text: string; names: ReadonlySet<string> };
/** `before` excludes the lost declarations, because their references to each other are not uses. */
type UsingFile = { path: FilePath; before: UsingText; after: UsingText };

/**
 * Uses of the names of lost declarations: in the parent outside the lost code, and in the candidate. If a grammar reads
 * the file, a parameter, a local value or an import with that name does not count. Otherwise words decide, which rather
 * reports a use too many than misses one. A file that does not mention the module uses nothing of it.
 */
export class LostUses {
  readonly #files: UsingFile[];
  readonly #sourceParser: SourceParser;
  readonly #names: ReadonlySet<string>;
  readonly #readTexts = new Map<UsingText, ReadText>();

  constructor({ sides, input }: { sides: readonly FileSide[]; input: ValidationInput }) {
    this.#sourceParser = input.sourceParser;
    this.#names = new Set(sides.flatMap(({ missing }) => missing.map(({ name }) => name)));
    this.#files = [
      ...sides.map((side) => ({
        path: side.path,
        before: readUsingText({ path: side.path, text: cutLost(side) }),
        after: readUsingText({ path: side.path, text: side.after ?? "" }),
      })),
      ...input.untouchedFiles.map(({ path, text }) => {
        const using = readUsingText({ path, text });
        return { path, before: using, after: using };
      }),
    ];
  }

  find({ declaration, side }: { declaration: Declaration; side: FileSide }): UseOfLost {
    const { kind, name, isData } = declaration;
    if (kind === "dependency") return this.#findImports(name);
    const head = readHead({ side, declaration });
    const isStatic = kind === "member" && /\bstatic\b/.test(head);
    const isCalled = callOnly.test(side.path) && new RegExp(`\\b${escapePattern(name)}\\s*\\(`).test(head);
    const isUsed = (now: "before" | "after") =>
      this.#files.some(
        ({ path, [now]: using }) =>
          maySee({ file: { path, text: using.text }, declaration, modulePath: side.path }) &&
          this.#isUsedIn({ file: using, path, declaration, modulePath: side.path, isStatic, isCalled }),
      );
    if (isUsed("after")) return "still-used";
    const mayBeLetGo = (kind === "symbol" || kind === "member") && !isData;
    return mayBeLetGo && isUsed("before") ? "let-go" : "never-used";
  }

  #isUsedIn({
    file,
    path,
    declaration: { kind, name, owner, isData },
    modulePath,
    isStatic,
    isCalled,
  }: {
    file: UsingText;
    path: FilePath;
    declaration: Declaration;
    modulePath: FilePath;
    isStatic: boolean;
    isCalled: boolean;
  }): boolean {
    const { text } = file;
    if (!file.names.has(bareName(name))) return false;
    if (kind === "route" || isData) return true;
    const { uses, imports } = this.#read({ path, file });
    if (uses === null)
      return isUsedInWords({ path, text, name, owner, isStatic, isCalled, isOwnFile: path === modulePath });
    const ofName = uses.get(name);
    if (ofName === undefined) return false;
    if (kind === "member") return ofName.isMember;
    if (path === modulePath || ofName.isFree) return ofName.isFree;
    // A name that another file imports may come from here; so may members of a module that is imported as a whole.
    const ofModule = imports.filter((imported) =>
      locateModules({ importer: path, imported: { ...imported, names: [] }, paths: [modulePath] }).includes(modulePath),
    );
    return ofModule.some(({ names }) => names.includes(name) || (names.length === 0 && ofName.isMember));
  }

  /** Each text is parsed once for all lost declarations. */
  #read({ path, file }: { path: FilePath; file: UsingText }): ReadText {
    const known = this.#readTexts.get(file);
    if (known !== undefined) return known;
    const source = { path, text: file.text, sourceParser: this.#sourceParser };
    const uses = findUses({ ...source, names: this.#names });
    const read = { uses, imports: uses === null ? [] : listImports(source) };
    this.#readTexts.set(file, read);
    return read;
  }

  /** A dependency is released if files of the change imported it and no file does any more. */
  #findImports(name: string): UseOfLost {
    const line = importLine(name);
    const isIn = (text: string) => line.test(text);
    if (this.#files.some(({ after }) => isIn(after.text))) return "still-used";
    return this.#files.some(({ before }) => isIn(before.text)) ? "let-go" : "never-used";
  }
}

function readUsingText({ path, text }: { path: string; text: string }): UsingText {
  return { text, names: listUsedNames({ path, text }) };
}

/** Languages in which a method's name is only written to call it, or after `::`. */
const callOnly = /\.(?:java|php)$/;

/** A declaration in Java, C#, PHP or Kotlin before its body or its value; empty elsewhere. */
function readHead({ side, declaration: { startLine, endLine } }: { side: FileSide; declaration: Declaration }): string {
  if (startLine < 0 || !/\.(?:java|cs|php|kt)$/.test(side.path)) return "";
  const text = (side.before ?? "")
    .split("\n")
    .slice(startLine, endLine + 1)
    .join("\n");
  return text.replace(/[={;][^]*$/, "");
}

/** A line that imports a package: `import x from "name/part"`, `from name.part import x`, `use name::x`. */
function importLine(dependency: string): RegExp {
  const package_ = dependency.replace(/^@types\/(?:([\w.-]+)__)?/, (_, scope?: string) =>
    scope === undefined ? "" : `@${scope}/`,
  );
  const name = escapePattern(package_).replace(/[-_]/g, "[-_]");
  return new RegExp(
    `^[^\\n]*\\b(?:import|from|require|use|using|include|extern crate)\\b[^\\n]*(?<![\\w@/.-])${name}(?![\\w-])`,
    "imu",
  );
}
