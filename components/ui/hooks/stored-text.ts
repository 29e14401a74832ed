import { useCallback, useSyncExternalStore } from "react";

/** Stored values, read once per key after the first render and then cached here. */
const values = new Map<string, string | null>();
const listeners = new Map<string, Set<() => void>>();

function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    // Storage is disabled: the value lasts until the page is left.
    return null;
  }
}

/** The current value of a key, outside React. */
export function readStoredText(key: string): string | null {
  return values.has(key) ? (values.get(key) ?? null) : read(key);
}

/** Stores or deletes a text, and notifies all subscribers. */
export function writeStoredText({ key, value }: { key: string; value: string | null }): void {
  values.set(key, value);
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    // Storage is full or disabled: the value lasts until the page is left.
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
 * A text stored in this browser, shared by all its tabs; null if there is none, and until hydration. If storage is
 * disabled or full, the text lasts until the page is left.
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
