import { useEffectEvent, useLayoutEffect } from "react";
import { translateKey, useKeyMap } from "./key-map.ts";
import { createKeyRegistry, needsModifier, type KeyHandler, type KeyLevel } from "./key-registry.ts";
import { useSingleKeys } from "./single-keys.ts";

/** Without popups that are closing: the user's next key is meant for the page. */
const openPopups = ["dialog", "menu", "listbox"]
  .map((role) => `[role=${role}]:not([data-closed], [data-closed] *)`)
  .join(", ");

/** Presses that belonged to a field or a popup when they began: the popup's own handler may have closed it since. */
const taken = new WeakSet<Event>();

function noteTaken(event: KeyboardEvent): void {
  if (isTyping(event.target) || document.querySelector(openPopups) !== null) taken.add(event);
}

const registry = createKeyRegistry({
  isTaken: (event) => taken.has(event),
  isApple: typeof navigator !== "undefined" && /Mac|iPhone|iPad/.test(navigator.userAgent),
});

/** In a text field, or in a select, which jumps to the option that begins with the letter. */
function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    target.closest("[data-closed]") === null &&
    (target.isContentEditable ||
      target.closest("input:not([type=checkbox], [type=radio]), textarea, select, [role=combobox]") !== null)
  );
}

/**
 * Binds keys on the window while the component is mounted. Keys without a modifier are ignored in a text field, while a
 * dialog or a menu is open, and if the user has switched them off. A handler that returns false passes its key to the
 * next level.
 */
export function useHotkeys(bindings: Record<string, KeyHandler>, level: KeyLevel = "page"): void {
  const [singleKeysAreOn] = useSingleKeys();
  const [keyMap] = useKeyMap();
  const run = useEffectEvent(({ keys, event }: { keys: string; event: KeyboardEvent }) => bindings[keys]?.(event));
  const names = Object.keys(bindings).join("\n");
  // Before the paint: on a busy machine, other effects run long after the user sees the screen and presses a key.
  useLayoutEffect(() => {
    const active = names.split("\n").filter((keys) => keys !== "" && (singleKeysAreOn || needsModifier(keys)));
    // Adding the same listeners again has no effect.
    window.addEventListener("keydown", noteTaken, true);
    window.addEventListener("keydown", registry.handle);
    return registry.add({
      level,
      bindings: new Map(
        active.map((keys) => [translateKey({ key: keys, map: keyMap }), (event) => run({ keys, event })]),
      ),
    });
  }, [names, singleKeysAreOn, keyMap, level]);
}
