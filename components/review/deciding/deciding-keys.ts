import { useEffect, useEffectEvent, type RefObject } from "react";
import { offerCommands } from "../../ui/offered-commands.ts";
import { useHotkeys } from "../../ui/hotkeys.ts";
import { bindCommands, listOffers } from "../session/command-table.ts";
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
  const bindings = bindCommands({ commands: decidingCommands, getContext: () => context });
  useHotkeys(
    Object.fromEntries(
      Object.entries(bindings).map(([keys, act]) => [
        keys,
        (event: KeyboardEvent) => (isOwn(root.current) ? act(event) : false),
      ]),
    ),
  );
  const list = useEffectEvent(() => (isOwn(root.current) ? listOffers({ commands: decidingCommands, context }) : []));
  useEffect(() => offerCommands({ heading: "Changes to decide on", list: () => list() }), []);
}
