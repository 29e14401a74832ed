import { KeyHint } from "../ui/key-hint.tsx";

/** Says which keys act while a person moves through the lines. */
export function LineLevelHint() {
  return (
    <p role="status" className="flex flex-wrap items-center gap-x-4 gap-y-1 border-t bg-surface px-3 py-1 text-xs text-muted">
      <span>
        <KeyHint>j</KeyHint> <KeyHint>k</KeyHint> line
      </span>
      <span>
        <KeyHint>Shift</KeyHint> <KeyHint>↓</KeyHint> <KeyHint>↑</KeyHint> more lines, fewer
      </span>
      <span>
        <KeyHint>c</KeyHint> comment
      </span>
      <span>
        <KeyHint>Esc</KeyHint> back to the files
      </span>
    </p>
  );
}
