import type { RefObject } from "react";
import { useCommands } from "../session/commands/use-commands.ts";
import { decidingCommands, type DecidingContext } from "./deciding-commands.ts";

/** Marks where changes are decided on: a page may have two such places. */
export const decidingMark = "data-deciding";

/** Keys act in the place that has the focus, and in the first one as long as none has. */
function isOwn(root: HTMLElement | null): boolean {
  if (root === null) return false;
  const places = [...document.querySelectorAll(`[${decidingMark}]`)];
  const focused = places.find((place) => place.contains(document.activeElement));
  return (focused ?? places[0]) === root;
}

/** Binds the keys of a place to decide, and offers its commands in the palette. */
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
