import { X } from "lucide-react";
import type { ReviewComment } from "#lib/contracts/comparisons/review-comment.ts";
import { formatCommentPlace } from "../review/comments/comment-place.ts";

/** The review comments to send with the prompt. The user can exclude some, which stay unsent. */
export function CommentChips({
  comments,
  onLeaveOut,
}: {
  comments: readonly ReviewComment[];
  onLeaveOut: (comment: ReviewComment) => void;
}) {
  if (comments.length === 0) return null;
  return (
    <div className="flex flex-col gap-1 text-sm">
      <p className="text-xs font-medium text-muted">
        {comments.length === 1
          ? "1 review comment goes with the prompt"
          : `${comments.length} review comments go with the prompt`}
      </p>
      <ul aria-label="Review comments" className="flex flex-wrap gap-1.5">
        {comments.map((comment) => (
          <li key={comment.commentId} className="flex max-w-full items-center gap-1 rounded-md border bg-surface pl-2">
            <span className="truncate text-xs">
              <span className="font-mono text-muted">{formatCommentPlace(comment)}</span> {comment.body}
            </span>
            <button
              type="button"
              aria-label={`Skip the comment on ${formatCommentPlace(comment)}`}
              onClick={() => onLeaveOut(comment)}
              className="flex size-6 shrink-0 items-center justify-center rounded-sm text-muted hover:bg-hover hover:text-foreground"
            >
              <X aria-hidden className="size-3.5" />
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
