import { useEffect, useEffectEvent } from "react";
import { tinykeys } from "tinykeys";
import { useSingleKeys } from "./single-keys.ts";

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.closest("input:not([type=checkbox]), textarea, select, [role=combobox]") !== null);
}

function isUnderDialog(target: EventTarget | null): boolean {
  const dialog = document.querySelector("[role=dialog], [role=menu], [role=listbox]");
  return dialog !== null && !(target instanceof Node && dialog.contains(target) && dialog.getAttribute("role") === "dialog");
}

function needsModifier(binding: string): boolean {
  return /\$mod|Control|Meta|Alt/.test(binding);
}

/**
 * Binds keys on the window while the component is mounted. Keys without a modifier act neither in a text field nor under
 * an open dialog, nor when the person has switched them off.
 */
export function useHotkeys(bindings: Record<string, (event: KeyboardEvent) => void>): void {
  const [singleKeysAreOn] = useSingleKeys();
  const run = useEffectEvent(({ binding, event }: { binding: string; event: KeyboardEvent }) => bindings[binding]?.(event));
  const names = Object.keys(bindings).join("\n");
  useEffect(() => {
    const active = names.split("\n").filter((name) => name !== "" && (singleKeysAreOn || needsModifier(name)));
    const handlers = active.map((binding) => {
      const handle = (event: KeyboardEvent) => {
        if (!needsModifier(binding) && (isTyping(event.target) || isUnderDialog(event.target))) return;
        run({ binding, event });
      };
      return [binding, handle] as const;
    });
    // tinykeys would ignore fields by itself, but ⌘K has to work in them.
    return tinykeys(window, Object.fromEntries(handlers), { ignore: () => false });
  }, [names, singleKeysAreOn]);
}
