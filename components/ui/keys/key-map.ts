import { useCallback, useMemo } from "react";
import { useStoredText } from "../hooks/stored-text.ts";

/** The key that the user presses instead of a default one. */
export type KeyMap = ReadonlyMap<string, string>;

const noChanges: KeyMap = new Map();

function parse(stored: string | null): KeyMap {
  if (stored === null) return noChanges;
  try {
    const entries: unknown = JSON.parse(stored);
    return new Map(
      Array.isArray(entries)
        ? entries.filter(
            (entry): entry is [string, string] =>
              Array.isArray(entry) &&
              entry.length === 2 &&
              entry.every((key) => typeof key === "string" && key.length === 1),
          )
        : [],
    );
  } catch {
    return noChanges;
  }
}

/** The user's remapped keys without a modifier. */
export function useKeyMap(): [map: KeyMap, setMap: (map: KeyMap) => void] {
  const [stored, setStored] = useStoredText("graft.keys");
  const map = useMemo(() => parse(stored), [stored]);
  return [
    map,
    useCallback((next: KeyMap) => setStored(next.size === 0 ? null : JSON.stringify([...next])), [setStored]),
  ];
}

/**
 * Applies a key map to a key or a sequence: `n` and with it `Shift+N`, unless the new key is a sign, which is another
 * sign with Shift. Named keys and those with a modifier stay unchanged.
 */
export function translateKey({ key, map }: { key: string; map: KeyMap }): string {
  if (map.size === 0) return key;
  return key
    .split(" ")
    .map((press) => {
      const shifted = /^Shift\+(.)$/.exec(press)?.[1];
      if (shifted !== undefined) {
        const changed = map.get(shifted.toLowerCase());
        return changed === undefined || changed.toUpperCase() === changed ? press : `Shift+${changed.toUpperCase()}`;
      }
      return map.get(press) ?? press;
    })
    .join(" ");
}
