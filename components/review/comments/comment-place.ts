import { isOnWholeFile } from "#lib/contracts/comparisons/on-whole-file.ts";
import type { ReviewComment } from "#lib/contracts/comparisons/review-comment.ts";
import type { Place } from "../session/review-changes.ts";

type Lines = Pick<ReviewComment, "firstLine" | "lastLine">;

export function toPlace({ path, side, firstLine, lastLine }: Pick<ReviewComment, "path" | "side"> & Lines): Place {
  return { path, side, first: firstLine, last: lastLine };
}

/** `Line 2`, `Lines 2 to 5`, or the whole file. */
export function describeLines({ firstLine, lastLine }: Lines): string {
  if (isOnWholeFile({ firstLine })) return "The file as a whole";
  return firstLine === lastLine ? `Line ${lastLine}` : `Lines ${firstLine} to ${lastLine}`;
}

/** `a.py:2`, `a.py:2-5`, or the path alone. */
export function formatCommentPlace({ path, firstLine, lastLine }: Pick<ReviewComment, "path"> & Lines): string {
  if (isOnWholeFile({ firstLine })) return path;
  return `${path}:${firstLine === lastLine ? lastLine : `${firstLine}-${lastLine}`}`;
}
