import { escapePattern } from "./escape-pattern.ts";
import { cutTexts } from "./list-used-names.ts";

/** What a use may be written behind: `Gson.`, `self::`, `order->`. */
const qualifier = /([\p{L}_$][\p{L}\d_$]*)\s*(?:\.|::|->|\\)\s*$/u;

/**
 * True where a program of a language without scopes here uses a name by its words. What stands behind another type's
 * name (`Strings.repeat` for `repeat` of `Parser`), or is imported from another type, is that type's.
 */
export function isUsedInWords({
  path,
  text,
  name,
  owner,
  isStatic,
  isOwnFile,
}: {
  path: string;
  text: string;
  name: string;
  owner: string | undefined;
  /** A static member is written behind its type's name, or bare where its type is. */
  isStatic: boolean;
  isOwnFile: boolean;
}): boolean {
  const code = cutTexts({ path, text });
  const owners = new Set((owner ?? "").split(/\.| as /));
  const escaped = escapePattern(name);
  const imports = [...code.matchAll(new RegExp(`^\\s*import\\s+static\\s+[\\w.]*?(\\w+)\\.${escaped}\\s*;`, "gmu"))];
  const isImportedFromOwner = imports.some(([, type = ""]) => owners.has(type));
  const isBoundByImport = imports.length > 0 && !isImportedFromOwner;
  return [...code.matchAll(new RegExp(`(?<![\\p{L}\\d_$])${escaped}(?![\\p{L}\\d_$])`, "gu"))].some(({ index }) => {
    const lineStart = code.lastIndexOf("\n", index) + 1;
    const before = code.slice(lineStart, index);
    if (/^\s*import\b/.test(before)) return false;
    const holder = qualifier.exec(before)?.[1];
    if (holder !== undefined && owners.has(holder)) return true;
    // `"x".repeat` and `words().repeat` have no name before them, and are no bare uses either.
    const isBare = holder === undefined && !/(?:\.|::|->)\s*$/.test(before);
    if (isBare) return isStatic && !isOwnFile ? isImportedFromOwner : !isBoundByImport;
    return !isStatic && !(owner !== undefined && /^\p{Lu}/u.test(holder ?? "") && holder !== "Self");
  });
}
