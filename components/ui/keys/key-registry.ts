import { matchKeybindingPress, parseKeybinding, type KeybindingPress } from "tinykeys";

/** The order in which levels receive keys: the page, then its project, then the frame of all pages. */
const levels = ["page", "project", "app"] as const;

export type KeyLevel = (typeof levels)[number];

/** Returning false passes the key to other bindings. */
export type KeyHandler = (event: KeyboardEvent) => unknown;

type Binding = { presses: readonly KeybindingPress[]; needsModifier: boolean; act: KeyHandler };

type Scope = { level: KeyLevel; bindings: readonly Binding[] };

/** A binding of which some keys were pressed, with the remaining ones. */
type Step = { binding: Binding; rest: readonly KeybindingPress[] };

/** The timeout for the next key of a sequence, the same as in tinykeys. */
const sequenceTimeoutMs = 1_000;

const modifiers: ReadonlySet<string> = new Set(["Shift", "Control", "Alt", "AltGraph", "Meta"]);

/** Whether a key binding in tinykeys syntax is more than a typed character. */
export function needsModifier(keys: string): boolean {
  return /\$mod|Control|Meta|Alt/.test(keys);
}

/**
 * All keys of a window, so that one press has one effect: the innermost scope that handles it stops it, and a started
 * sequence receives the next character whatever else is bound to it.
 *
 * @param isTaken whether a press belongs to a text field or a dialog. Keys without a modifier are then ignored
 * @param isApple whether Option produces the characters that other systems have on AltGr
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
    // The position of a sign and its modifiers depend on the keyboard layout: German has `/` on Shift+7 and `[` on
    // AltGr+8.
    if (typeof key === "string" && isSign(key) && required.length === 0)
      return event.key === key && givesCharacter({ event, isApple });
    return matchKeybindingPress(event, press);
  };
  const advance = ({ event, steps }: { event: KeyboardEvent; steps: readonly Step[] }): Step[] =>
    steps.flatMap(({ binding, rest: [press, ...rest] }) => (matches({ event, press }) ? [{ binding, rest }] : []));

  return {
    /** Returns an unregister function. On one level the newest scope wins. */
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
      // Autofill dispatches key events without a key.
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
      // A wrong key after `g` has no other effect; it can only start a new sequence.
      const isSlip = pending.length > 0 && givesCharacter({ event, isApple });
      const steps = continued.length > 0 ? continued : isSlip ? first.filter(({ rest }) => rest.length > 0) : first;
      begun = steps.filter(({ rest }) => rest.length > 0);
      pressedAt = event.timeStamp;
      if (begun.length > 0) return;
      for (const { binding } of steps) if (binding.act(event) !== false) return;
    },
  };
}

/** A single character that is not a letter. */
function isSign(key: string): boolean {
  return /^[^\p{L}]$/u.test(key);
}

/**
 * Whether a press produces a character and is not a command: some layouts need AltGr for characters, Apple systems
 * Option.
 */
function givesCharacter({ event, isApple }: { event: KeyboardEvent; isApple: boolean }): boolean {
  if ([...event.key].length !== 1 || event.metaKey) return false;
  if (event.getModifierState("AltGraph")) return true;
  return !event.ctrlKey && (!event.altKey || isApple);
}
