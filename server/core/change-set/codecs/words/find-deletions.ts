import type { ProjectPaths } from "../paths/project-paths.ts";
import { deletionFillers, deletionSigns, deletionVerbs } from "./deletion-words.ts";

/** The meaning of the words beside the named files: a deletion, nothing, or something else. */
type Words = { paths: readonly string[]; says: "deletion" | "nothing" | "else" };

/**
 * The project files that lines of prose delete without saying more: `Delete the file a.md`, `a.md wurde gelöscht`,
 * `Removed: a.md, b.md`, and a list below `Removed:`. Any word order is accepted, because it differs by language; an
 * unknown word means that the line says more.
 */
export function findDeletions({
  lines,
  project,
}: {
  lines: readonly string[];
  project: ProjectPaths;
}): { index: number; path: string }[] {
  let isBelowHeading = false;
  return lines.flatMap((text, index) => {
    if (text.trim() === "") return [];
    const { paths, says } = readWords({ text, project });
    const isItem = isBelowHeading && says === "nothing" && paths.length > 0;
    isBelowHeading = isItem || (says === "deletion" && paths.length === 0 && /[:：*#]/.test(text));
    const deleted = isItem || says === "deletion" ? paths : listBySentence({ text, project });
    return deleted.map((path) => ({ index, path }));
  });
}

/** After the first clause of a sentence there may be a reason or a next step. */
const clauseEnd =
  /[,;，；]|\s[-–—]\s|\s(?=(?:because|since|as|weil|denn|da|parce|car|puisque|porque|ya|pois|perché|omdat)\s)/iu;

function listBySentence({ text, project }: { text: string; project: ProjectPaths }): readonly string[] {
  return text.split(/(?<=[.!?。！？])\s+/u).flatMap((sentence) => {
    const [clause = ""] = sentence.split(clauseEnd);
    const { paths, says } = readWords({ text: clause, project });
    return says === "deletion" ? paths : [];
  });
}

function readWords({ text, project }: { text: string; project: ProjectPaths }): Words {
  const paths: string[] = [];
  let hasVerb = false;
  for (const token of text.split(/\s+/)) {
    const path = readPath({ token, project });
    if (path !== null) {
      paths.push(path);
      continue;
    }
    for (const word of token.toLowerCase().split(/[^\p{L}\p{N}_.-]+/u)) {
      const bare = word.replace(/^[._-]+|[._-]+$/g, "");
      // Marks of lists, quotes and tables, and numbers of items.
      if (!/\p{L}/u.test(bare)) continue;
      const isSigns = deletionSigns.all.test(bare);
      if (deletionVerbs.has(bare) || (isSigns && deletionSigns.verb.test(bare))) hasVerb = true;
      else if (!isSigns && !deletionFillers.has(bare) && !isCheckbox(token)) return { paths, says: "else" };
    }
  }
  return { paths, says: hasVerb ? "deletion" : "nothing" };
}

/** The file that a token names, with or without surrounding marks. */
function readPath({ token, project }: { token: string; project: ProjectPaths }): string | null {
  const bare = token.replace(/^[`"'*„“«(|]+|[`"'*“”»)|.,:;!?。、]+$/gu, "");
  const inner = bare.replace(/^\[([^\]]*)\]\([^)]*\)?$/, "$1").replace(/^[`[]+|[`\]]+$/g, "");
  return [token, bare, inner].find((each) => project.has(each)) ?? null;
}

function isCheckbox(token: string): boolean {
  return /^\[?[xX]\]$/.test(token);
}
