import { useMemo, useState } from "react";
import type { FilePath } from "#lib/contracts/ids.ts";
import type { ReviewFile } from "#lib/contracts/diff.ts";
import { whyFolded } from "./surface-items.ts";

/** Which files are folded: those that start so or were viewed, as far as a person did not fold or unfold them. */
export function useFoldedFiles({
  files,
  viewedPaths,
}: {
  files: readonly ReviewFile[];
  viewedPaths: ReadonlySet<FilePath>;
}) {
  const [chosen, setChosen] = useState<ReadonlyMap<FilePath, boolean>>(new Map());
  const folded = useMemo<ReadonlySet<string>>(
    () =>
      new Set(
        files
          .filter((file) => chosen.get(file.path) ?? (viewedPaths.has(file.path) || whyFolded(file) !== null))
          .map(({ path }) => path),
      ),
    [files, chosen, viewedPaths],
  );
  const fold = ({ paths, isFolded }: { paths: readonly FilePath[]; isFolded: boolean }) =>
    setChosen((before) => new Map([...before, ...paths.map((path) => [path, isFolded] as const)]));
  /** From now on the file is folded or not as its mark says. */
  const followMark = (path: FilePath) =>
    setChosen((before) => new Map([...before].filter(([other]) => other !== path)));
  return { folded, fold, toggle: (path: FilePath) => fold({ paths: [path], isFolded: !folded.has(path) }), followMark };
}

export type FoldedFiles = ReturnType<typeof useFoldedFiles>;
