import { HunkButtons } from "./hunk-buttons.tsx";
import type { HunkActions, HunkTarget } from "../surface-types.ts";

/** A bar below each hunk whose old lines are kept. */
export function HunkBar({
  target,
  actions,
  onExpand,
}: {
  target: HunkTarget;
  actions: HunkActions;
  onExpand: ((direction: "up" | "down") => void) | null;
}) {
  return (
    <div
      role="group"
      aria-label="Kept change"
      className="flex min-h-8 flex-wrap items-center gap-x-3 border-y border-accent/40 bg-accent-surface px-3 py-1 font-sans text-sm text-foreground"
    >
      <span className="basis-full">{actions.bar}</span>
      <HunkButtons target={target} actions={actions} onExpand={onExpand} />
    </div>
  );
}
