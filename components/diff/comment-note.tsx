import { useState } from "react";
import type { ReviewComment } from "#lib/contracts/review-comment.ts";
import { Button } from "../ui/button.tsx";
import { ErrorState } from "../ui/error-state.tsx";
import { TextArea } from "../ui/text-area.tsx";

/** A comment below its last line. One that was sent stays as it was. */
export function CommentNote({ comment, onRemove }: { comment: ReviewComment; onRemove: () => void }) {
  return (
    <div className="flex items-start gap-3 border-y border-caution/40 bg-caution-surface px-3 py-2">
      <div className="min-w-0 flex-1">
        <p className="text-xs text-muted">
          {comment.firstLine === comment.lastLine ? `Line ${comment.lastLine}` : `Lines ${comment.firstLine} to ${comment.lastLine}`}
          {comment.isSent && ", sent"}
        </p>
        <p className="break-words whitespace-pre-wrap">{comment.body}</p>
      </div>
      {!comment.isSent && (
        <Button size="sm" look="ghost" onClick={onRemove}>
          Remove
        </Button>
      )}
    </div>
  );
}

/** Where a new comment is written. Escape leaves it, Ctrl+Enter keeps it. */
export function CommentForm({ label, error, isPending, onSave, onCancel }: { label: string; error: unknown; isPending: boolean; onSave: (body: string) => void; onCancel: () => void }) {
  const [body, setBody] = useState("");
  const save = () => {
    if (body.trim() !== "") onSave(body);
  };
  return (
    <form
      className="flex flex-col gap-2 border-y border-accent/40 bg-background p-2"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <TextArea
        aria-label={label}
        value={body}
        placeholder="What should be different here"
        // A form that appears on request takes the words at once.
        // oxlint-disable-next-line jsx-a11y/no-autofocus
        autoFocus
        onChange={(event) => setBody(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape") onCancel();
          if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
            event.preventDefault();
            save();
          }
        }}
      />
      {error !== null && <ErrorState error={error} />}
      <div className="flex items-center gap-2">
        <Button type="submit" size="sm" look="primary" disabled={body.trim() === ""} isPending={isPending}>
          Comment
        </Button>
        <Button size="sm" onClick={onCancel}>
          Cancel
        </Button>
        <span className="text-xs text-muted">It goes to the model with your next prompt.</span>
      </div>
    </form>
  );
}
