/** A file for a labeller: its text alone, never an extractor's result. */
export type SourceFile = { path: string; text: string };

/** Positions of declarations, `path:line`, that a repository is known to have. */
export type Labels = { entities?: Set<string>; fields?: Set<string>; routes?: Set<string> };

/** Finds positions by patterns that are independent of the extractors. */
export type Labeller = (files: readonly SourceFile[]) => Labels;

function lineAt(text: string, index: number): number {
  return text.slice(0, index).split("\n").length;
}

/** The position of each match in the files that `isWanted` accepts. */
export function placesOf({
  files,
  pattern,
  isWanted = () => true,
}: {
  files: readonly SourceFile[];
  /** With the flag g. If it has a group `at`, the position is that group's line. */
  pattern: RegExp;
  isWanted?: (file: SourceFile) => boolean;
}): Set<string> {
  const places = new Set<string>();
  for (const file of files) {
    if (!isWanted(file)) continue;
    for (const match of file.text.matchAll(pattern)) {
      const group = match.groups?.["at"];
      const index = match.index + (group === undefined ? match[0].search(/\S/) : match[0].lastIndexOf(group));
      places.add(`${file.path}:${lineAt(file.text, index)}`);
    }
  }
  return places;
}

export function listLines({ path, text }: SourceFile): { place: string; line: string }[] {
  return text.split("\n").map((line, at) => ({ place: `${path}:${at + 1}`, line }));
}
