import type { GenerationId } from "#lib/contracts/ids.ts";
import type { ReviewComment } from "#lib/contracts/comparisons/review-comment.ts";
import type { Place } from "../session/review-changes.ts";
import type { ReviewFile } from "#lib/contracts/comparisons/diff.ts";

/**
 * Where to show a comment on the parent in the review of the version made from it: at the parent's lines, on the old
 * side. A comment on lines that the parent does not have, or on the whole file, is shown at the file.
 */
export function placeAnswered({
  comment,
  parentId,
  files,
}: {
  comment: ReviewComment;
  parentId: GenerationId;
  files: readonly ReviewFile[];
}): Place {
  const { path, side, firstLine, lastLine, generationId } = comment;
  const file = files.find((each) => each.path === path) ?? files.find(({ previousPath }) => previousPath === path);
  const at = file?.path ?? path;
  if (side === "deletions" || generationId !== parentId)
    return { path: at, side: file?.status === "deleted" ? "deletions" : "additions", first: 0, last: 0 };
  const isBeforeChange = file !== undefined && file.status !== "kept" && firstLine > 0;
  return {
    path: at,
    side: isBeforeChange || file?.status === "deleted" ? "deletions" : "additions",
    first: firstLine,
    last: lastLine,
  };
}
