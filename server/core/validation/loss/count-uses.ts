import type { Declaration } from "../declarations/list-declarations.ts";
import type { ValidationInput } from "../validator.ts";
import type { FileSide } from "./analyze-losses.ts";
import { cutLost } from "./cut-lost.ts";
import { listUsedNames } from "./list-used-names.ts";

/** `stillUsed`: something counts on what is gone. `letGo`: what used it was changed to do without. */
export type UseOfLost = "still-used" | "let-go" | "never-used";

/**
 * Where the names of lost declarations are used, by words: in the parent outside of what was lost, and in the
 * candidate. Words cannot tell two things of one name apart, so a use is sooner seen than missed; a file that does not
 * speak of the module uses nothing of it.
 */
export class LostUses {
  readonly #files: { path: string; text: string; before: ReadonlySet<string>; after: ReadonlySet<string> }[];

  constructor({ sides, input }: { sides: readonly FileSide[]; input: ValidationInput }) {
    this.#files = [
      ...sides.map((side) => ({
        path: side.path,
        text: `${side.before ?? ""}\n${side.after ?? ""}`,
        before: listUsedNames({ path: side.path, text: cutLost(side) }),
        after: listUsedNames({ path: side.path, text: side.after ?? "" }),
      })),
      ...input.untouchedFiles.map(({ path, text }) => {
        const names = listUsedNames({ path, text });
        return { path, text, before: names, after: names };
      }),
    ];
  }

  find({ declaration, side }: { declaration: Declaration; side: FileSide }): UseOfLost {
    const { kind, name, isPrivate, isData } = declaration;
    const isOwn = ({ path }: { path: string }) => path === side.path;
    const files = isPrivate
      ? this.#files.filter(isOwn)
      : this.#files.filter(
          (file) =>
            kind !== "symbol" || isOwn(file) || !needsImport.test(side.path) || speaksOf({ file, path: side.path }),
        );
    if (files.some(({ after }) => after.has(name))) return "still-used";
    const mayBeLetGo = (kind === "symbol" || kind === "member") && !isData;
    return mayBeLetGo && files.some(({ before }) => before.has(name)) ? "let-go" : "never-used";
  }
}

/** Languages in which a file names the module of what it uses. */
const needsImport = /\.(?:pyi?|[cm]?[jt]sx?|vue|svelte)$/;

function speaksOf({ file, path }: { file: { text: string }; path: string }): boolean {
  const parts = path.replace(/\.[^./]*$/, "").split("/");
  const last = parts.pop() ?? "";
  const module = /^(?:index|__init__|mod|main)$/.test(last) ? (parts.pop() ?? last) : last;
  return file.text.includes(module);
}
