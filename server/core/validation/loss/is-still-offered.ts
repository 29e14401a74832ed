import { listDeclarations, type Declaration } from "../declarations/list-declarations.ts";
import type { ValidationInput } from "../validator.ts";
import type { FileSide } from "./analyze-losses.ts";
import { escapePattern } from "./escape-pattern.ts";

/**
 * True if the file still re-exports the name, or, in Go, if another file of the package declares it: the same function
 * for another platform.
 */
export function isStillOffered({
  declaration: { kind, name, keys },
  side,
  sides,
  input: { untouchedFiles, sourceParser },
}: {
  declaration: Declaration;
  side: FileSide;
  sides: readonly FileSide[];
  input: ValidationInput;
}): boolean {
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

function readDirectory(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}
