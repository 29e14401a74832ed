"use client";

import { useSyncExternalStore } from "react";
import type { ReactNode } from "react";

const noSubscription = () => () => undefined;

/** "⌘" on Apple systems, "Ctrl" elsewhere. */
export function useModifierKey(): "⌘" | "Ctrl" {
  return useSyncExternalStore(
    noSubscription,
    () => (/Mac|iPhone|iPad/.test(navigator.userAgent) ? "⌘" : "Ctrl"),
    () => "Ctrl",
  );
}

/** A key to press, as it stands on the keyboard. */
export function KeyHint({ children }: { children: ReactNode }) {
  return <kbd className="inline-flex h-5 min-w-5 items-center justify-center rounded-sm border bg-surface px-1 font-mono text-xs text-muted">{children}</kbd>;
}

/** A key together with the system's modifier key. */
export function ModifierKeyHint({ name }: { name: string }) {
  const modifier = useModifierKey();
  return (
    <KeyHint>
      {modifier === "⌘" ? "⌘" : "Ctrl "}
      {name}
    </KeyHint>
  );
}
