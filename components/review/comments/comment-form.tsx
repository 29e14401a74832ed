import { useEffect, useEffectEvent, useLayoutEffect, useRef } from "react";
import { Button } from "../../ui/button.tsx";
import { ErrorState } from "../../ui/states/error-state.tsx";
import { useDraftText } from "../../ui/hooks/draft-text.ts";
import { TextArea } from "../../ui/text-area.tsx";

/**
 * The form for a comment. Ctrl+Enter saves, Escape closes it and keeps the draft; only Discard deletes it. The text is
 * stored in this browser under `textKey`, so it survives the form, which unmounts when its lines leave the window.
 */
export function CommentForm({
  textKey,
  initialText,
  label,
  saveLabel,
  error,
  isPending,
  focusRequest,
  takeFocus,
  onSave,
  onLeave,
  onDiscard,
  onFocusLost,
}: {
  textKey: string;
  initialText: string;
  label: string;
  saveLabel: string;
  error: unknown;
  isPending: boolean;
  /** A new number means that the form may receive the focus, which `takeFocus` then decides. */
  focusRequest: number;
  takeFocus: () => boolean;
  onSave: (body: string) => void;
  onLeave: () => void;
  onDiscard: () => void;
  /** The form was unmounted while focused. */
  onFocusLost: () => void;
}) {
  const [text, setText] = useDraftText(textKey);
  const body = text ?? initialText;
  const form = useRef<HTMLFormElement>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const tellFocusLost = useEffectEvent(onFocusLost);
  useLayoutEffect(() => {
    const element = form.current;
    return () => {
      if (element?.contains(document.activeElement) === true) tellFocusLost();
    };
  }, []);
  const askForFocus = useEffectEvent(() => {
    const element = field.current;
    if (element === null || !takeFocus()) return;
    element.focus();
    // The cursor is placed after existing text.
    element.setSelectionRange(element.value.length, element.value.length);
  });
  useEffect(() => askForFocus(), [focusRequest]);
  const save = () => {
    if (body.trim() !== "" && !isPending) onSave(body);
  };
  return (
    <form
      ref={form}
      className="flex flex-col gap-2 border-y border-accent/40 bg-background p-2"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      <TextArea
        ref={field}
        aria-label={label}
        value={body}
        readOnly={isPending}
        placeholder="What should be different here"
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape") onLeave();
          if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
            event.preventDefault();
            save();
          }
        }}
      />
      {error !== null && <ErrorState error={error} />}
      <div className="flex flex-wrap items-center gap-2">
        <Button type="submit" size="sm" look="primary" disabled={body.trim() === ""} isPending={isPending}>
          {saveLabel}
        </Button>
        <Button size="sm" onClick={onDiscard}>
          {body.trim() === "" || body === initialText ? "Cancel" : "Delete draft"}
        </Button>
        <span className="text-xs text-muted">It goes to the model with your next prompt.</span>
      </div>
    </form>
  );
}
