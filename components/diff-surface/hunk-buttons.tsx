import { ChevronsDown, ChevronsUp, Link2, MessageSquarePlus, Undo2 } from "lucide-react";
import type { ReactElement } from "react";
import type { HunkActions, HunkTarget } from "./surface-types.ts";

type Action = { label: string; name: string; icon: ReactElement; act: () => void };

/**
 * What can be done with one change. `isCompact`: without words, for where there is little room; they stand in its
 * titles.
 */
export function HunkButtons({
  target,
  actions,
  onExpand,
  isCompact = false,
}: {
  target: HunkTarget;
  actions: HunkActions;
  /** Null where there are no lines to show. */
  onExpand: ((direction: "up" | "down") => void) | null;
  isCompact?: boolean;
}) {
  const isChosen = actions.chosen.get(target.id)?.has(target.hunk) === true;
  const { onToggle } = actions;
  const list: Action[] = [
    {
      label: "Comment",
      name: "Comment on this change",
      icon: <MessageSquarePlus aria-hidden />,
      act: () => actions.onComment(target),
    },
    ...(onToggle === null
      ? []
      : [
          {
            label: isChosen ? "Undo" : "Keep the parent's lines",
            name: isChosen ? "Undo: take this change's lines" : "Keep the parent's lines",
            icon: <Undo2 aria-hidden />,
            act: () => onToggle(target),
          },
        ]),
    {
      label: "Copy link",
      name: "Copy the link to this change",
      icon: <Link2 aria-hidden />,
      act: () => actions.onCopyLink(target),
    },
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
  return list.map(({ label, name, icon, act }) => (
    <button
      key={label}
      type="button"
      onClick={act}
      title={isCompact ? name : undefined}
      aria-label={name}
      className={
        isCompact
          ? "flex size-6 items-center justify-center rounded-sm text-muted hover:bg-hover hover:text-foreground [&_svg]:size-3.5"
          : "flex min-h-6 items-center gap-1.5 rounded-sm px-1 font-medium underline-offset-2 hover:underline [&_svg]:size-3.5"
      }
    >
      {icon}
      {!isCompact && label}
    </button>
  ));
}
