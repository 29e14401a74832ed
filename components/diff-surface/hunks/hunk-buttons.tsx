import { ChevronsDown, ChevronsUp } from "lucide-react";
import type { HunkAction, HunkActions, HunkTarget } from "../surface-types.ts";

/** The actions of one change. `isCompact`: icons only, with the words as titles. */
export function HunkButtons({
  target,
  actions,
  onExpand,
  isCompact = false,
}: {
  target: HunkTarget;
  actions: HunkActions;
  /** Null if there are no more lines to show. */
  onExpand: ((direction: "up" | "down") => void) | null;
  isCompact?: boolean;
}) {
  const list: HunkAction[] = [
    ...actions.list(target),
    ...(onExpand === null
      ? []
      : [
          {
            label: "More above",
            name: "Show more lines above this change",
            icon: <ChevronsUp aria-hidden />,
            act: () => onExpand("up"),
          },
          {
            label: "More below",
            name: "Show more lines below this change",
            icon: <ChevronsDown aria-hidden />,
            act: () => onExpand("down"),
          },
        ]),
  ];
  return list.map(({ label, name, icon, isPressed, act }) => (
    <button
      key={label}
      type="button"
      onClick={act}
      title={isCompact ? name : undefined}
      aria-label={name}
      aria-pressed={isPressed}
      className={
        isCompact
          ? "flex size-6 items-center justify-center rounded-sm text-muted hover:bg-hover hover:text-foreground aria-pressed:bg-accent-surface aria-pressed:text-accent [&_svg]:size-3.5"
          : "flex min-h-6 items-center gap-1.5 rounded-sm px-1 font-medium underline-offset-2 hover:underline [&_svg]:size-3.5"
      }
    >
      {icon}
      {!isCompact && label}
    </button>
  ));
}
