import { useMemo, useState, useSyncExternalStore } from "react";
import type { ReviewFile } from "#lib/contracts/comparisons/diff.ts";
import type { FilePath } from "#lib/contracts/ids.ts";
import { Folding, listFolded } from "./folding.ts";

/** The folded files of a review, and the actions that change them. */
export function useFoldedFiles({
  files,
  viewedPaths,
}: {
  files: readonly ReviewFile[];
  viewedPaths: ReadonlySet<FilePath>;
}) {
  const [folding] = useState(() => new Folding());
  const chosen = useSyncExternalStore(folding.subscribe, folding.getState, folding.getState);
  const folded = useMemo(() => listFolded({ files, viewedPaths, chosen }), [files, viewedPaths, chosen]);
  const { fold, followMark } = folding;
  return { folded, fold, toggle: (path: FilePath) => fold({ paths: [path], isFolded: !folded.has(path) }), followMark };
}
