import { listDeclarations, type Declaration } from "../declarations/list-declarations.ts";
import type { ValidationInput } from "../validator.ts";
import type { FileSide } from "./analyze-losses.ts";
import { escapePattern } from "./escape-pattern.ts";

/**
 * True if the file still re-exports the name, or still derives a type's values, or, in Go, if another file of the
 * package declares it: the same function for another platform.
 */
export function isStillOffered({
  declaration,
  side,
  sides,
  input: { untouchedFiles, sourceParser },
}: {
  declaration: Declaration;
  side: FileSide;
  sides: readonly FileSide[];
  input: ValidationInput;
}): boolean {
  const { kind, name, keys } = declaration;
  if (kind === "member") return isValueOfDerivedType({ declaration, side, sourceParser });
  if (kind !== "symbol") return false;
  const escaped = escapePattern(name);
  if (/\.[cm]?[jt]sx?$/.test(side.path))
    return new RegExp(`\\bexport\\s*(?:type\\s*)?\\{[^}]*(?<![\\w$])${escaped}\\s*[,}]`).test(side.after ?? "");
  if (!side.path.endsWith(".go")) return false;
  const others = [
    ...sides.flatMap(({ path, after }) => (after === null ? [] : [{ path, text: after }])),
    ...untouchedFiles,
  ];
  return others.some(
    ({ path, text }) =>
      path.endsWith(".go") &&
      path !== side.path &&
      readDirectory(path) === readDirectory(side.path) &&
      text.includes(name) &&
      listDeclarations({ path, text, sourceParser }).some((other) => keys.some((key) => other.keys.includes(key))),
  );
}

/** `type Channel = (typeof channels)[number]` instead of `type Channel = "a" | "b"`. */
function isValueOfDerivedType({
  declaration: { isData, isStored, name, owner },
  side: { path, after },
  sourceParser,
}: {
  declaration: Declaration;
  side: FileSide;
  sourceParser: ValidationInput["sourceParser"];
}): boolean {
  if (!isData || isStored || owner === undefined || after === null || !/\.[cm]?tsx?$/.test(path)) return false;
  const escaped = escapePattern(owner);
  if (!new RegExp(`\\btype\\s+${escaped}\\s*=[^;]*\\btypeof\\b`).test(after)) return false;
  const hasOthers = listDeclarations({ path, text: after, sourceParser }).some((other) => other.owner === owner);
  return !hasOthers && new RegExp(`(["'\x60])${escapePattern(name)}\\1`).test(after);
}

function readDirectory(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}
