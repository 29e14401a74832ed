import { findFileKind, type FileKind } from "./find-file-kind.ts";
import { hashWord } from "./hash-word.ts";
import { splitWords } from "./split-words.ts";

/** The facts about a path that ranking uses: hashes of the words of its file name and of its directories. */
type PathDescription = { kind: FileKind; nameWords: number[]; directoryWords: number[] };

/** Room for several projects of the largest size. */
const maxRemembered = 50_000;

let remembered = new Map<string, PathDescription>();

/** Cached, because each prompt needs this for every path of a project. */
export function describePath(path: string): PathDescription {
  const known = remembered.get(path);
  if (known !== undefined) return known;
  const nameStart = path.lastIndexOf("/") + 1;
  const description = {
    kind: findFileKind(path),
    nameWords: readWords(path.slice(nameStart)),
    directoryWords: readWords(path.slice(0, nameStart)),
  };
  if (remembered.size >= maxRemembered) remembered = new Map();
  remembered.set(path, description);
  return description;
}

function readWords(text: string): number[] {
  return [...new Set(splitWords(text).map(hashWord))];
}
