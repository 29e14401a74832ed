import { KeyHint } from "../ui/keys/key-hint.tsx";

/** Names the keys that work while the user moves through lines. */
export function LineLevelHint() {
  return (
    <p className="flex flex-wrap items-center gap-x-4 gap-y-1 border-t bg-surface px-3 py-1 text-xs text-muted">
      <span>
        <KeyHint name="j" /> <KeyHint name="k" /> line
      </span>
      <span>
        <KeyHint name="Shift" /> <KeyHint name="↓" /> <KeyHint name="↑" /> choose more
      </span>
      <span>
        <KeyHint name="c" /> comment
      </span>
      <span>
        <KeyHint name="Esc" /> back to the files
      </span>
    </p>
  );
}
