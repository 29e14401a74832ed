import { useEffect } from "react";
import { useStableCallback } from "../../../ui/hooks/stable-callback.ts";
import { useHotkeys } from "../../../ui/keys/hotkeys.ts";
import { offerCommands } from "../../../ui/keys/offered-commands.ts";
import { bindCommands, listOffers, type Command } from "./command-table.ts";

/** Binds the keys of a command table, and offers its commands in the palette, while the page is mounted. */
export function useCommands<Context>({
  heading,
  commands,
  context,
  isActive = always,
}: {
  /** The palette's group name. */
  heading: string;
  commands: readonly Command<Context>[];
  context: Context;
  /** Called on every press. */
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
