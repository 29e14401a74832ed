import type { ReactNode } from "react";
import { isOnWholeFile } from "#lib/contracts/comparisons/on-whole-file.ts";
import type { CommentWithFate, ReviewComment } from "#lib/contracts/comparisons/review-comment.ts";
import { CommentFateBadge } from "../../generation/answered-comments/comment-fate-badge.tsx";
import { Button } from "../../ui/button.tsx";
import { cn } from "../../ui/class-names.ts";
import { useStoredText } from "../../ui/hooks/stored-text.ts";
import { describeLines } from "./comment-place.ts";

/**
 * A comment below its last line, or below its file's header. A sent comment cannot be edited. `isLinked`: the address
 * names it.
 */
export function CommentNote({
  comment,
  isLinked,
  isRemoving,
  onEdit,
  onRemove,
  onCopyLink,
}: {
  comment: ReviewComment;
  isLinked: boolean;
  isRemoving: boolean;
  onEdit: () => void;
  onRemove: () => void;
  onCopyLink: () => void;
}) {
  return (
    <Note
      title={`${describeLines(comment)}${comment.isSent ? ", sent" : ""}`}
      className={cn("border-caution/40 bg-caution-surface", isLinked && "border-l-2 border-l-caution")}
      actions={
        <>
          <Button size="sm" look="ghost" onClick={onCopyLink}>
            Copy link
          </Button>
          {!comment.isSent && (
            <>
              <Button size="sm" look="ghost" onClick={onEdit}>
                Edit
              </Button>
              <Button size="sm" look="ghost" isPending={isRemoving} onClick={onRemove}>
                Remove
              </Button>
            </>
          )}
        </>
      }
    >
      {comment.body}
    </Note>
  );
}

/**
 * A comment from which the version was made, with what happened to its lines. `isPlaced`: it is rendered below those
 * lines.
 */
export function AnsweredNote({ comment, isPlaced }: { comment: CommentWithFate; isPlaced: boolean }) {
  const isQuoted = !isPlaced && !isOnWholeFile(comment);
  return (
    <Note
      title={`${describeLines(comment)} of the parent`}
      className="border-line bg-surface"
      badge={<CommentFateBadge {...comment} />}
    >
      {isQuoted && (
        <span className="mb-1 block border-l-2 border-line-strong pl-2 font-mono text-xs text-muted">
          {comment.quote}
        </span>
      )}
      {comment.body}
    </Note>
  );
}

/** A closed form's unsaved text, in one line. */
export function DraftNote({
  textKey,
  isQueued,
  onContinue,
  onDiscard,
}: {
  textKey: string;
  isQueued: boolean;
  onContinue: () => void;
  onDiscard: () => void;
}) {
  const [text] = useStoredText(textKey);
  return (
    <div className="flex items-center gap-3 border-y border-accent/40 bg-background px-3 py-1.5">
      <span className="shrink-0 text-xs text-muted">{isQueued ? "Waits for Graft" : "Draft, not saved"}</span>
      <span className="min-w-0 flex-1 truncate">{text}</span>
      <Button size="sm" onClick={onContinue}>
        Continue
      </Button>
      <Button size="sm" look="ghost" onClick={onDiscard}>
        Discard
      </Button>
    </div>
  );
}

function Note({
  title,
  badge,
  className,
  actions,
  children,
}: {
  title: string;
  badge?: ReactNode;
  className: string;
  actions?: ReactNode;
  children: ReactNode;
}) {
  return (
    <div className={cn("flex flex-wrap items-start gap-x-3 gap-y-1 border-y px-3 py-2", className)}>
      <div className="min-w-0 flex-1 basis-48">
        <p className="flex flex-wrap items-center gap-2 text-xs text-muted">
          {badge}
          {title}
        </p>
        <p className="break-words whitespace-pre-wrap">{children}</p>
      </div>
      {actions !== undefined && <div className="flex gap-1">{actions}</div>}
    </div>
  );
}
