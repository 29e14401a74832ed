import { useCallback, useSyncExternalStore } from "react";

/** What the browser keeps between visits. Read once a key, after the first paint, then held here. */
const values = new Map<string, string | null>();
const listeners = new Map<string, Set<() => void>>();

function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    // Storage is switched off: the value lives as long as the page.
    return null;
  }
}

/** What is kept under a key now, outside of a render. */
export function readStoredText(key: string): string | null {
  return values.has(key) ? (values.get(key) ?? null) : read(key);
}

/** Keeps a text, or forgets it, and tells all who show it. */
export function writeStoredText({ key, value }: { key: string; value: string | null }): void {
  values.set(key, value);
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    // Storage is full or switched off: the value lives as long as the page.
  }
  for (const listener of listeners.get(key) ?? []) listener();
}

function subscribe({ key, listener }: { key: string; listener: () => void }): () => void {
  const onStorage = (event: StorageEvent) => {
    if (event.key !== key) return;
    values.set(key, event.newValue);
    listener();
  };
  const ofKey = listeners.get(key) ?? new Set();
  listeners.set(key, ofKey.add(listener));
  window.addEventListener("storage", onStorage);
  if (!values.has(key)) {
    values.set(key, read(key));
    listener();
  }
  return () => {
    ofKey.delete(listener);
    window.removeEventListener("storage", onStorage);
  };
}

/**
 * A text that this browser keeps, shared by all its tabs; null where there is none, and until the page is hydrated.
 * Storage that is switched off or full is not an error: the text then lives as long as the page.
 */
export function useStoredText(key: string): [text: string | null, setText: (text: string | null) => void] {
  const text = useSyncExternalStore(
    useCallback((listener: () => void) => subscribe({ key, listener }), [key]),
    () => values.get(key) ?? null,
    () => null,
  );
  const setText = useCallback((value: string | null) => writeStoredText({ key, value }), [key]);
  return [text, setText];
}
