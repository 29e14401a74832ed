import { useEffect, useEffectEvent, useLayoutEffect, useRef } from "react";
import { Button } from "../../ui/button.tsx";
import { ErrorState } from "../../ui/states/error-state.tsx";
import { useStoredText } from "../../ui/hooks/stored-text.ts";
import { TextArea } from "../../ui/text-area.tsx";

/**
 * Where a comment is written. Ctrl+Enter saves it, Escape leaves it as it stands; only Discard throws it away. What is
 * typed is the browser's, under `textKey`, so it outlives the form, which comes and goes with the lines that are in
 * sight.
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
  /** As long as nothing was typed. */
  initialText: string;
  label: string;
  saveLabel: string;
  error: unknown;
  isPending: boolean;
  /** Another number: the focus may have been asked for, which `takeFocus` then says. */
  focusRequest: number;
  takeFocus: () => boolean;
  onSave: (body: string) => void;
  onLeave: () => void;
  onDiscard: () => void;
  /** It went away while it had the focus. */
  onFocusLost: () => void;
}) {
  const [text, setText] = useStoredText(textKey);
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
    // One goes on behind what stands there.
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
          {body.trim() === "" || body === initialText ? "Cancel" : "Discard"}
        </Button>
        <span className="text-xs text-muted">It goes to the model with your next prompt.</span>
      </div>
    </form>
  );
}
