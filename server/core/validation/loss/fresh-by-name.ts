import type { Declaration } from "../declarations/list-declarations.ts";
import type { FileSide } from "./analyze-losses.ts";
import { foldLine } from "./fold-line.ts";

const sameShare = 0.6;

/** The new declarations of a change by name. */
export class FreshByName {
  readonly #byName: ReadonlyMap<string, { declaration: Declaration; lines: string[] }[]>;

  constructor(sides: readonly FileSide[]) {
    const fresh = sides.flatMap((side) =>
      side.fresh.flatMap((declaration) =>
        declaration.startLine < 0 ? [] : [{ declaration, lines: readLines({ text: side.after, declaration }) }],
      ),
    );
    this.#byName = Map.groupBy(fresh, ({ declaration: { name } }) => name);
  }

  /** True if another class or module of the change now has a declaration with this name and mostly the same lines. */
  hasMoved({ declaration, side }: { declaration: Declaration; side: FileSide }): boolean {
    const { kind, name, owner, startLine } = declaration;
    if (startLine < 0 || (kind !== "symbol" && kind !== "member")) return false;
    const others = (this.#byName.get(name) ?? []).filter(
      (other) => /^(?:symbol|member)$/.test(other.declaration.kind) && other.declaration.owner !== owner,
    );
    if (others.length === 0) return false;
    const own = readLines({ text: side.before, declaration });
    return others.some(({ lines }) => {
      const set = new Set(lines);
      const shared = own.filter((line) => set.has(line)).length;
      return shared / Math.max(1, own.length, lines.length) >= sameShare;
    });
  }
}

function readLines({ text, declaration }: { text: string | null; declaration: Declaration }): string[] {
  return (text ?? "")
    .split("\n")
    .slice(declaration.startLine, declaration.endLine + 1)
    .map(foldLine)
    .filter((line) => /[\p{L}\d]/u.test(line));
}
