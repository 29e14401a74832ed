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

/**
 * Stores or deletes a text, and notifies all subscribers. Returns false if the browser's storage is full or disabled:
 * the text then lasts until the page is left.
 */
export function writeStoredText({ key, value }: { key: string; value: string | null }): boolean {
  values.set(key, value);
  const isStored = store({ key, value });
  for (const listener of listeners.get(key) ?? []) listener();
  return isStored;
}

function store({ key, value }: { key: string; value: string | null }): boolean {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
    return true;
  } catch {
    return false;
  }
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
 * A setting stored in this browser, shared by all its tabs; null if there is none, and until hydration. If storage is
 * disabled or full, the text lasts until the page is left. For the user's own texts, see `useDraftText`.
 */
export function useStoredText(key: string): [text: string | null, setText: (text: string | null) => void] {
  const text = useSyncExternalStore(
    useCallback((listener: () => void) => subscribe({ key, listener }), [key]),
    () => values.get(key) ?? null,
    () => null,
  );
  const setText = useCallback((value: string | null) => void writeStoredText({ key, value }), [key]);
  return [text, setText];
}
