import type { CommentWithFate, ReviewComment, ReviewCommentId } from "#lib/contracts/comparisons/review-comment.ts";
import { readStoredText } from "../../ui/hooks/stored-text.ts";
import type { Place } from "../session/review-changes.ts";
import { CommentForm } from "./comment-form.tsx";
import { AnsweredNote, CommentNote, DraftNote } from "./comment-note.tsx";
import type { CommentSession, CommentState } from "./comment-session.ts";
import type { CommentDraft } from "./draft-list.ts";

/** A note at a place of a review, in display order. */
export type ReviewNote = { key: string; place: Place } & (
  | { kind: "draft"; draft: CommentDraft; textKey: string; comment: ReviewComment | null }
  | { kind: "comment"; comment: ReviewComment }
  | { kind: "answered"; comment: CommentWithFate }
);

/** A comment, a draft, or a comment from which the version was made. */
export function ReviewNoteView({
  note,
  session,
  state,
  isQueued,
  isLinked,
  onCopyLink,
  onFocusLost,
}: {
  note: ReviewNote;
  session: CommentSession;
  state: CommentState;
  isQueued: boolean;
  isLinked: boolean;
  onCopyLink: (commentId: ReviewCommentId) => void;
  onFocusLost: () => void;
}) {
  if (note.kind === "answered") return <AnsweredNote comment={note.comment} isPlaced={note.place.first > 0} />;
  if (note.kind === "comment") {
    const { comment, place } = note;
    const { commentId } = comment;
    return (
      <CommentNote
        comment={comment}
        isLinked={isLinked}
        isRemoving={state.removingId === commentId}
        onEdit={() => session.begin({ place, commentId })}
        onRemove={() => void session.remove(comment)}
        onCopyLink={() => onCopyLink(commentId)}
      />
    );
  }
  const { draft, textKey, comment } = note;
  const discard = () => session.discard({ draft, text: readStoredText(textKey) });
  if (isQueued || state.folded.has(draft.draftId))
    return (
      <DraftNote textKey={textKey} isQueued={isQueued} onContinue={() => session.goOn(draft)} onDiscard={discard} />
    );
  const { place } = draft;
  return (
    <CommentForm
      textKey={textKey}
      initialText={comment?.body ?? ""}
      label={`Comment on ${place.path}${place.first === 0 ? "" : `, line ${place.last}`}`}
      saveLabel={comment === null ? "Comment" : "Save"}
      {...session.savingOf(draft)}
      focusRequest={state.focusRequest}
      takeFocus={() => session.takeFocus(draft)}
      onSave={(body) => void session.save({ draft, isNew: comment === null, body })}
      onLeave={() => session.leave(draft)}
      onDiscard={discard}
      onFocusLost={onFocusLost}
    />
  );
}
