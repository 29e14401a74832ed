import { folderOf } from "#lib/compare-by-folder.ts";
import type { ReviewFile } from "#lib/contracts/comparisons/diff.ts";

/** A row of the file list: a folder with its totals, or a file, shown by name if its folder is above it. */
export type ListRow =
  | { type: "folder"; folder: string; fileCount: number; additions: number; deletions: number; isFolded: boolean }
  | { type: "file"; file: ReviewFile; name: string };

/** The files in a flat list with whole paths, or grouped below their folders; root files have no folder row. */
export function buildListRows({
  files,
  isGrouped,
  folded,
}: {
  files: readonly ReviewFile[];
  isGrouped: boolean;
  folded: ReadonlySet<string>;
}): ListRow[] {
  if (!isGrouped) return files.map((file) => ({ type: "file", file, name: file.path }));
  return [...Map.groupBy(files, ({ path }) => folderOf(path))].flatMap(([folder, inFolder]): ListRow[] => {
    const rows = inFolder.map((file): ListRow => ({
      type: "file",
      file,
      name: folder === "" ? file.path : file.path.slice(folder.length + 1),
    }));
    if (folder === "") return rows;
    const isFolded = folded.has(folder);
    const sum = (of: (file: ReviewFile) => number) => inFolder.reduce((total, file) => total + of(file), 0);
    return [
      {
        type: "folder",
        folder,
        fileCount: inFolder.length,
        additions: sum(({ additions }) => additions),
        deletions: sum(({ deletions }) => deletions),
        isFolded,
      },
      ...(isFolded ? [] : rows),
    ];
  });
}
