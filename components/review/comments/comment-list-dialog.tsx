import { CommentFateBadge } from "../../generation/answered-comments/comment-fate-badge.tsx";
import { Dialog } from "../../ui/overlays/dialog.tsx";
import { readStoredText } from "../../ui/hooks/stored-text.ts";
import { formatCommentPlace } from "./comment-place.ts";
import type { ReviewNote } from "./review-note.tsx";

/**
 * All comments of a comparison: drafts, unsent ones, sent ones, and those from which the version was made. Choosing one
 * goes to its place.
 */
export function CommentListDialog({
  notes,
  onGoTo,
  onClose,
}: {
  notes: readonly ReviewNote[];
  onGoTo: (note: ReviewNote) => void;
  onClose: () => void;
}) {
  return (
    <Dialog
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      title="Comments"
      description="Comments that were not sent go to the model with your next prompt."
    >
      <ul aria-label="Comments" className="max-h-[60vh] overflow-y-auto rounded-md border">
        {notes.map((note) => (
          <li key={note.key} className="border-b last:border-b-0">
            <button
              type="button"
              onClick={() => {
                onClose();
                onGoTo(note);
              }}
              className="flex w-full flex-col gap-0.5 px-3 py-2 text-left text-sm -outline-offset-2 hover:bg-hover"
            >
              <span className="flex flex-wrap items-center gap-x-2 text-xs break-all text-muted">
                <span className="font-mono">
                  {formatCommentPlace(
                    note.kind === "draft"
                      ? { path: note.place.path, firstLine: note.place.first, lastLine: note.place.last }
                      : note.comment,
                  )}
                </span>
                {note.kind === "answered" ? (
                  <CommentFateBadge {...note.comment} />
                ) : note.kind === "draft" ? (
                  "draft, not saved"
                ) : note.comment.isSent ? (
                  "sent"
                ) : (
                  "not sent yet"
                )}
              </span>
              <span className="break-words whitespace-pre-wrap">
                {note.kind === "draft" ? (readStoredText(note.textKey) ?? note.comment?.body ?? "") : note.comment.body}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
