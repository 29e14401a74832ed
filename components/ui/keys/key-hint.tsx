"use client";

import { useSyncExternalStore, type ReactNode } from "react";
import { translateKey, useKeyMap } from "./key-map.ts";

const noSubscription = () => () => undefined;

/** "⌘" on Apple systems, "Ctrl" elsewhere. */
export function useModifierKey(): "⌘" | "Ctrl" {
  return useSyncExternalStore(
    noSubscription,
    () => (/Mac|iPhone|iPad/.test(navigator.userAgent) ? "⌘" : "Ctrl"),
    () => "Ctrl",
  );
}

/** A key as printed on the keyboard, or as remapped in this browser. */
export function KeyHint({ name }: { name: string }) {
  const [keyMap] = useKeyMap();
  return <Key>{translateKey({ key: name, map: keyMap })}</Key>;
}

function Key({ children }: { children: ReactNode }) {
  return (
    <kbd className="inline-flex h-5 min-w-5 items-center justify-center rounded-sm border bg-surface px-1 font-mono text-xs whitespace-nowrap text-muted">
      {children}
    </kbd>
  );
}

/** A key together with the system's modifier key. */
export function ModifierKeyHint({ name }: { name: string }) {
  const modifier = useModifierKey();
  return (
    <Key>
      {modifier === "⌘" ? "⌘" : "Ctrl+"}
      {name}
    </Key>
  );
}
