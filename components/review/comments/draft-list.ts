import type { FilePath } from "#lib/contracts/ids.ts";
import type { ReviewCommentId } from "#lib/contracts/comparisons/review-comment.ts";
import { formatLines, type Place } from "../session/review-changes.ts";

/** A comment being written at a place: a new one, or a new text for an existing one. */
export type CommentDraft = { draftId: string; place: Place; commentId: ReviewCommentId | null };

export function toDraft({ place, commentId }: Omit<CommentDraft, "draftId">): CommentDraft {
  return { draftId: commentId ?? `${formatLines(place)} ${place.path}`, place, commentId };
}

/** Serialised drafts: a line for each with its lines, its comment or `-`, and its path. */
export function formatDrafts(drafts: readonly CommentDraft[]): string {
  return drafts.map(({ place, commentId }) => `${formatLines(place)} ${commentId ?? "-"} ${place.path}`).join("\n");
}

/** Invalid lines are skipped: another release may have written them. */
export function parseDrafts(text: string | null): CommentDraft[] {
  return (text ?? "").split("\n").flatMap((line) => {
    const [, side, first, last, commentId, path] = /^([RL])(\d{1,7})(?:-(\d{1,7}))? (\S+) (.+)$/.exec(line) ?? [];
    if (path === undefined) return [];
    const place: Place = {
      path: path as FilePath,
      side: side === "L" ? "deletions" : "additions",
      first: Number(first),
      last: Number(last ?? first),
    };
    return [toDraft({ place, commentId: commentId === undefined || commentId === "-" ? null : commentId })];
  });
}
