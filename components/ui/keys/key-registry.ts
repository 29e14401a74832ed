import { matchKeybindingPress, parseKeybinding, type KeybindingPress } from "tinykeys";

/** Who is asked first: what a page binds, then its project, then the frame around all pages. */
const levels = ["page", "project", "app"] as const;

export type KeyLevel = (typeof levels)[number];

/** Returning false leaves the key to whoever else has bound it. */
export type KeyHandler = (event: KeyboardEvent) => unknown;

type Binding = { presses: readonly KeybindingPress[]; needsModifier: boolean; act: KeyHandler };

type Scope = { level: KeyLevel; bindings: readonly Binding[] };

/** A binding of which some keys were pressed, with those that are missing. */
type Step = { binding: Binding; rest: readonly KeybindingPress[] };

/** As long as tinykeys waits for the next key of a sequence. */
const sequenceTimeoutMs = 1_000;

const modifiers: ReadonlySet<string> = new Set(["Shift", "Control", "Alt", "AltGraph", "Meta"]);

/** Whether a key binding, as tinykeys writes it, is more than a character that is typed. */
export function needsModifier(keys: string): boolean {
  return /\$mod|Control|Meta|Alt/.test(keys);
}

/**
 * All keys of a window, so that one press does one thing: the innermost scope that handles it keeps it from the others,
 * and a sequence that was begun takes the next character whatever else is bound to it.
 *
 * @param isTaken whether a press belongs to a text field or a dialog. Keys without a modifier then do not act
 * @param isApple whether Option is how characters are reached that other systems have behind AltGr
 */
export function createKeyRegistry({
  isTaken,
  isApple,
}: {
  isTaken: (event: KeyboardEvent) => boolean;
  isApple: boolean;
}) {
  const scopes: Scope[] = [];
  let begun: readonly Step[] = [];
  let pressedAt = 0;

  const matches = ({ event, press }: { event: KeyboardEvent; press: KeybindingPress | undefined }): boolean => {
    if (press === undefined) return false;
    const [required, , key] = press;
    // Where a sign is on the keyboard, and behind which modifiers, is the layout's: German has `/` at Shift+7 and `[` at AltGr+8.
    if (typeof key === "string" && isSign(key) && required.length === 0)
      return event.key === key && givesCharacter({ event, isApple });
    return matchKeybindingPress(event, press);
  };
  const advance = ({ event, steps }: { event: KeyboardEvent; steps: readonly Step[] }): Step[] =>
    steps.flatMap(({ binding, rest: [press, ...rest] }) => (matches({ event, press }) ? [{ binding, rest }] : []));

  return {
    /** Gives what takes the scope away again. Of two on one level, the later is asked first. */
    add({ level, bindings }: { level: KeyLevel; bindings: ReadonlyMap<string, KeyHandler> }): () => void {
      const scope = {
        level,
        bindings: [...bindings].map(([keys, act]) => ({
          presses: parseKeybinding(keys),
          needsModifier: needsModifier(keys),
          act,
        })),
      };
      scopes.unshift(scope);
      scopes.sort((one, other) => levels.indexOf(one.level) - levels.indexOf(other.level));
      return () => void scopes.splice(scopes.indexOf(scope), 1);
    },
    handle(event: KeyboardEvent): void {
      // The browser's own completion dispatches events without a key.
      if (typeof event.key !== "string" || event.isComposing || modifiers.has(event.key)) return;
      const isFree = !isTaken(event);
      const active = scopes.flatMap(({ bindings }) => bindings.filter((binding) => isFree || binding.needsModifier));
      const pending =
        event.timeStamp - pressedAt > sequenceTimeoutMs ? [] : begun.filter(({ binding }) => active.includes(binding));
      const continued = advance({ event, steps: pending });
      const first =
        continued.length > 0
          ? []
          : advance({ event, steps: active.map((binding) => ({ binding, rest: binding.presses })) });
      // A slip after `g` does not do something else: it only may begin anew.
      const isSlip = pending.length > 0 && givesCharacter({ event, isApple });
      const steps = continued.length > 0 ? continued : isSlip ? first.filter(({ rest }) => rest.length > 0) : first;
      begun = steps.filter(({ rest }) => rest.length > 0);
      pressedAt = event.timeStamp;
      if (begun.length > 0) return;
      for (const { binding } of steps) if (binding.act(event) !== false) return;
    },
  };
}

/** One character that is no letter. */
function isSign(key: string): boolean {
  return /^[^\p{L}]$/u.test(key);
}

/**
 * Whether a press gives a character and is no command: some layouts reach characters by AltGr, on Apple systems by
 * Option.
 */
function givesCharacter({ event, isApple }: { event: KeyboardEvent; isApple: boolean }): boolean {
  if ([...event.key].length !== 1 || event.metaKey) return false;
  if (event.getModifierState("AltGraph")) return true;
  return !event.ctrlKey && (!event.altKey || isApple);
}
