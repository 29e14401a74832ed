import type { RefObject } from "react";
import { useCommands } from "../session/commands/use-commands.ts";
import { decidingCommands, type DecidingContext } from "./deciding-commands.ts";

/** Marks a deciding section: a page may have two. */
export const decidingMark = "data-deciding";

/** Keys act in the focused section, or in the first one if none has the focus. */
function isOwn(root: HTMLElement | null): boolean {
  if (root === null) return false;
  const places = [...document.querySelectorAll(`[${decidingMark}]`)];
  const focused = places.find((place) => place.contains(document.activeElement));
  return (focused ?? places[0]) === root;
}

/** Binds the keys of a deciding section, and offers its commands in the palette. */
export function useDecidingKeys({
  root,
  context,
}: {
  root: RefObject<HTMLElement | null>;
  context: DecidingContext;
}): void {
  useCommands({
    heading: "Changes to decide on",
    commands: decidingCommands,
    context,
    isActive: () => isOwn(root.current),
  });
}
