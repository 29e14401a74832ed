import type { FilePath } from "#lib/contracts/ids.ts";

/** A page of patches in request form: `limit` files after `afterPath`. */
type PatchPage = { afterPath?: FilePath; limit: number };

/** Fills a screen: requested before the differing files are known. */
export const firstPatchPage: PatchPage = { limit: 8 };

const maxFiles = 100;
/** Changed lines; a file with more has its own page. */
const maxLines = 10_000;

/** The pages that contain the patches of all differing files, in order. The first is `firstPatchPage`. */
export function listPatchPages(
  changed: readonly { path: FilePath; additions: number; deletions: number }[],
): PatchPage[] {
  const pages = [firstPatchPage];
  let afterPath = changed[firstPatchPage.limit - 1]?.path;
  let fileCount = 0;
  let lineCount = 0;
  const close = (last: FilePath) => {
    if (afterPath !== undefined && fileCount > 0) pages.push({ afterPath, limit: fileCount });
    afterPath = last;
    fileCount = 0;
    lineCount = 0;
  };
  let previous = afterPath;
  for (const { path, additions, deletions } of changed.slice(firstPatchPage.limit)) {
    if (
      previous !== undefined &&
      (fileCount === maxFiles || (fileCount > 0 && lineCount + additions + deletions > maxLines))
    )
      close(previous);
    fileCount += 1;
    lineCount += additions + deletions;
    previous = path;
  }
  if (previous !== undefined) close(previous);
  return pages;
}
