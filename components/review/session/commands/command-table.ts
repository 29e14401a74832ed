/**
 * One thing that a person does by key. A table of them feeds the keys, the help, the settings, the hints in menus and
 * the command palette.
 */
export type Command<Context> = {
  id: string;
  /** As they are bound, each with a modifier written as tinykeys has it. */
  keys: readonly string[];
  /** A few words for lists of keys. */
  does: string;
  /** What the palette and menus call it; absent where it is only worth a key. */
  label?: string;
  /** False where it cannot be done now. */
  when?: (context: Context) => boolean;
  /** Returning false leaves the key to whoever else has bound it. */
} & (
  | { run: (context: Context, event: KeyboardEvent | null) => unknown }
  /** Of two keys, the first goes on and the second back. */
  | { step: (context: Context, by: 1 | -1, event: KeyboardEvent | null) => unknown }
);

/** Keys that a person types or that the browser has a meaning for: pressed, they do this and nothing else. */
function isOwn(keys: string): boolean {
  return keys !== "Enter" && keys !== "Escape";
}

/** What to bind. `getContext` is asked with every press. */
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

/** A key as lists of keys show it: `mod+F` for `$mod+KeyF`, `Esc` for `Escape`. */
export function toShownKey(keys: string): string {
  return keys
    .replace("$mod", "mod")
    .replace(/Key([A-Z])$/, "$1")
    .replace(/^(mod\+)([a-z])$/, (_, modifier: string, letter: string) => modifier + letter.toUpperCase())
    .replace("Escape", "Esc")
    .replace("ArrowDown", "↓")
    .replace("ArrowUp", "↑");
}

/** Rows of a list of keys. */
export function listShortcuts(
  commands: readonly Pick<Command<never>, "keys" | "does">[],
): { keys: readonly string[]; does: string }[] {
  return commands.map(({ keys, does }) => ({ keys: keys.map(toShownKey), does }));
}

/** What the palette offers now: commands with a label that can be done. */
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
