import { escapePattern } from "./escape-pattern.ts";
import { cutTexts } from "./list-used-names.ts";

/** Prefixes of a use: `Gson.`, `self::`, `order->`. */
const qualifier = /([\p{L}_$][\p{L}\d_$]*)\s*(?:\.|::|->|\\)\s*$/u;

/**
 * True if a program in a language without scope analysis uses a name, judged by its words. After another type's name
 * (`Strings.repeat` for `repeat` of `Parser`), or imported from another type, the name belongs to that type.
 */
export function isUsedInWords({
  path,
  text,
  name,
  owner,
  isStatic,
  isCalled,
  isOwnFile,
}: {
  path: string;
  text: string;
  name: string;
  owner: string | undefined;
  /** A static member follows its type's name, or is bare within its type. */
  isStatic: boolean;
  /** Its name alone, which could also be a variable, is not a use: it must be called, or passed on after `::`. */
  isCalled: boolean;
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
    if (isCalled && !/^\s*\(/.test(code.slice(index + name.length)) && !/::\s*$/.test(before)) return false;
    if (/^\s*import\b/.test(before)) return false;
    const holder = qualifier.exec(before)?.[1];
    if (holder !== undefined && owners.has(holder)) return true;
    // `"x".repeat` and `words().repeat` do not follow a name, and are not bare uses either.
    const isBare = holder === undefined && !/(?:\.|::|->)\s*$/.test(before);
    if (isBare) return isStatic && !isOwnFile ? isImportedFromOwner : !isBoundByImport;
    return !isStatic && !(owner !== undefined && /^\p{Lu}/u.test(holder ?? "") && holder !== "Self");
  });
}
