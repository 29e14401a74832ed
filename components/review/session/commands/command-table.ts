/** A command of the user. The command table feeds key bindings, help, settings, menu hints and the command palette. */
export type Command<Context> = {
  id: string;
  /** The bindings, with modifiers in tinykeys syntax. */
  keys: readonly string[];
  /** A short description for key lists. */
  does: string;
  /** The label in palette and menus; absent for commands that are only bound to a key. */
  label?: string;
  /** False if it is not available now. */
  when?: (context: Context) => boolean;
  /** Returning false passes the key to other bindings. */
} & (
  | { run: (context: Context, event: KeyboardEvent | null) => unknown }
  /** Of two keys, the first steps forward and the second back. */
  | { step: (context: Context, by: 1 | -1, event: KeyboardEvent | null) => unknown }
);

/** Keys with a meaning in the browser or for typing: their default action is prevented. */
function isOwn(keys: string): boolean {
  return keys !== "Enter" && keys !== "Escape";
}

/** The bindings. `getContext` is called on every press. */
export function bindCommands<Context>({
  commands,
  getContext,
}: {
  commands: readonly Command<Context>[];
  getContext: () => Context;
}): Record<string, (event: KeyboardEvent) => unknown> {
  const bindings: Record<string, (event: KeyboardEvent) => unknown> = {};
  for (const command of commands)
    for (const [index, keys] of command.keys.entries())
      bindings[keys] = (event) => {
        const context = getContext();
        if (command.when?.(context) === false) return false;
        const done = act({ command, context, by: index === 0 ? 1 : -1, event });
        if (done !== false && isOwn(keys)) event.preventDefault();
        return done;
      };
  return bindings;
}

function act<Context>({
  command,
  context,
  by,
  event,
}: {
  command: Command<Context>;
  context: Context;
  by: 1 | -1;
  event: KeyboardEvent | null;
}): unknown {
  return "step" in command ? command.step(context, by, event) : command.run(context, event);
}

/** A key in readable form: `mod+F` for `$mod+KeyF`, `Esc` for `Escape`. */
function toShownKey(keys: string): string {
  return keys
    .replace("$mod", "mod")
    .replace(/Key([A-Z])$/, "$1")
    .replace(/^(mod\+)([a-z])$/, (_, modifier: string, letter: string) => modifier + letter.toUpperCase())
    .replace("Escape", "Esc")
    .replace("ArrowDown", "↓")
    .replace("ArrowUp", "↑");
}

/** Rows of a key list. */
export function listShortcuts(
  commands: readonly Pick<Command<never>, "keys" | "does">[],
): { keys: readonly string[]; does: string }[] {
  return commands.map(({ keys, does }) => ({ keys: keys.map(toShownKey), does }));
}

/** The palette's current entries: available commands with a label. */
export function listOffers<Context>({
  commands,
  context,
}: {
  commands: readonly Command<Context>[];
  context: Context;
}): { id: string; label: string; key: string | null; run: () => void }[] {
  return commands.flatMap((command) =>
    command.label === undefined || command.when?.(context) === false
      ? []
      : [
          {
            id: command.id,
            label: command.label,
            key: command.keys[0] === undefined ? null : toShownKey(command.keys[0]),
            run: () => void act({ command, context, by: 1, event: null }),
          },
        ],
  );
}
