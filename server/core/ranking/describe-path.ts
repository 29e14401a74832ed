import { findFileKind, type FileKind } from "./find-file-kind.ts";
import { hashWord } from "./hash-word.ts";
import { splitWords } from "./split-words.ts";

/** What ranking needs to know of a path: hashes of the words of its file name and of its directories. */
export type PathDescription = { kind: FileKind; nameWords: number[]; directoryWords: number[] };

/** Several projects of the largest size. */
const maxRemembered = 50_000;

let remembered = new Map<string, PathDescription>();

/** Each prompt asks this of every path of a project, so it is worked out once for each. */
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
