import { compareLines } from "../../diff/compare-lines.ts";
import { foldLookalikes } from "./fold-lookalikes.ts";
import type { LineBlock } from "./line-block.ts";

/** The search lines differ from the file's only by look-alike characters and trailing white space. */
type Alike = LineBlock & { file: string[] };

/** Characters of the search lines in order, and the file's spelling of each. */
type Spelling = { search: string[]; file: string[] };

/** The comparison by characters takes quadratic time; longer look-alike rewrites do not occur. */
const maxComparedCharacters = 20_000;

/**
 * The new lines with the file's spelling of the characters that they share with the old lines. Null if it is unclear
 * whether a new character follows the block's or the file's spelling.
 */
export function keepLookalikes({ search, replace, file }: Alike): string[] | null {
  const spelling = alignSpelling({ search, file });
  if (spelling === null) return null;
  const { removed, added } = compareLines({ before: search, after: replace });
  const lines: string[] = [];
  let from = 0;
  let to = 0;
  while (from < search.length || to < replace.length) {
    if (removed[from] !== 1 && added[to] !== 1) {
      lines.push(file[from] ?? "");
      from += 1;
      to += 1;
      continue;
    }
    const old = { start: from, end: from };
    const current = { start: to, end: to };
    while (removed[old.end] === 1) old.end += 1;
    while (added[current.end] === 1) current.end += 1;
    from = old.end;
    to = current.end;
    if (current.start === current.end) continue;
    const part = alignSpelling({ search: search.slice(old.start, old.end), file: file.slice(old.start, old.end) });
    const spelled =
      part === null
        ? null
        : spell({ text: replace.slice(current.start, current.end).join("\n"), part, whole: spelling });
    if (spelled === null) return null;
    lines.push(...spelled.split("\n"));
  }
  return lines;
}

function alignSpelling({ search, file }: { search: string[]; file: string[] }): Spelling | null {
  const aligned: Spelling = { search: [], file: [] };
  for (const [index, line] of search.entries()) {
    const other = file[index] ?? "";
    const [ours, theirs] = [splitCharacters(line.trimEnd()), splitCharacters(other.trimEnd())];
    if (ours.length !== theirs.length) return null;
    aligned.search.push(...ours, "\n");
    aligned.file.push(...theirs, "\n");
  }
  return aligned;
}

function spell({ text, part, whole }: { text: string; part: Spelling; whole: Spelling }): string | null {
  const characters = splitCharacters(text);
  if (characters.length + part.search.length > maxComparedCharacters) return null;
  const { removed, added } = compareLines({ before: part.search, after: characters });
  const kept = [...part.search.keys()].filter((index) => removed[index] === 0);
  const partners = new Map<number, number>();
  for (const index of characters.keys()) if (added[index] === 0) partners.set(index, kept[partners.size] ?? 0);
  const isMeant = createIntentionCheck(whole);
  const spelled = characters.map((character, index) => {
    const partner = partners.get(index);
    const spelling = partner === undefined ? undefined : part.file[partner];
    if (partner !== undefined && spelling === character) return character;
    // A single shared character between changed ones may be shared by chance.
    const isShared =
      partner !== undefined &&
      (partners.get(index - 1) === partner - 1 ||
        partners.get(index + 1) === partner + 1 ||
        (index === 0 && partner === 0));
    if (isShared && spelling !== undefined) return spelling;
    return isMeant(character) ? character : null;
  });
  return spelled.every((character) => character !== null) ? spelled.join("") : null;
}

/**
 * Whether a new character is certainly meant literally: no line of the block shows another spelling of it in the file.
 */
function createIntentionCheck({ search, file }: Spelling): (character: string) => boolean {
  const spellings = new Map<string, Set<string>>();
  for (const [index, character] of search.entries()) {
    const known = spellings.get(character) ?? new Set();
    spellings.set(character, known.add(file[index] ?? ""));
  }
  const isPlain = (character: string) => foldLookalikes(character) === character;
  const isTypographic = [...spellings].some(([character, seen]) => !isPlain(character) && !seen.has(character));
  return (character) => {
    const seen = spellings.get(character);
    if (seen !== undefined) return seen.has(character);
    return isPlain(character) || !isTypographic;
  };
}

/** Characters with their combining marks. */
function splitCharacters(text: string): string[] {
  return text.match(/[\s\S]\p{M}*/gu) ?? [];
}
