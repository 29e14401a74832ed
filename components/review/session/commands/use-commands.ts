import { useEffect } from "react";
import { useStableCallback } from "../../../ui/hooks/stable-callback.ts";
import { useHotkeys } from "../../../ui/keys/hotkeys.ts";
import { offerCommands } from "../../../ui/keys/offered-commands.ts";
import { bindCommands, listOffers, type Command } from "./command-table.ts";

/** Binds the keys of a table of commands, and offers the commands in the palette, as long as the page is there. */
export function useCommands<Context>({
  heading,
  commands,
  context,
  isActive = always,
}: {
  /** What the palette calls them. */
  heading: string;
  commands: readonly Command<Context>[];
  context: Context;
  /** Asked with every press. */
  isActive?: () => boolean;
}): void {
  const bindings = bindCommands({ commands, getContext: () => context });
  useHotkeys(
    Object.fromEntries(
      Object.entries(bindings).map(([keys, act]) => [
        keys,
        (event: KeyboardEvent) => (isActive() ? act(event) : false),
      ]),
    ),
  );
  const list = useStableCallback(() => (isActive() ? listOffers({ commands, context }) : []));
  useEffect(() => offerCommands({ heading, list }), [heading, list]);
}

const always = () => true;
