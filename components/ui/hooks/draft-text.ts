import { useCallback } from "react";
import { showToast } from "../overlays/toast.ts";
import { useStoredText, writeStoredText } from "./stored-text.ts";

/** The keys of the drafts that the browser did not store: they exist in this tab only. */
const unstored = new Set<string>();

function askBeforeLeaving(event: BeforeUnloadEvent): void {
  event.preventDefault();
}

/**
 * Stores or deletes a text that the user would miss, in this browser. If its storage is full or switched off, the text
 * lasts while the tab is open: the user is told, and the browser asks before the tab is closed or reloaded.
 */
export function writeDraftText({ key, value }: { key: string; value: string | null }): void {
  const isStored = writeStoredText({ key, value });
  const hadUnstored = unstored.size > 0;
  if (isStored || value === null || value === "") unstored.delete(key);
  else unstored.add(key);
  const hasUnstored = unstored.size > 0;
  if (hasUnstored && !hadUnstored) {
    window.addEventListener("beforeunload", askBeforeLeaving);
    void showToast({
      kind: "warning",
      text: "This browser does not store your unsent text: its storage is full or switched off. The text is kept until you close or reload this tab. Send or copy it first.",
    });
  }
  if (!hasUnstored) window.removeEventListener("beforeunload", askBeforeLeaving);
}

/** A text that the user has not sent or saved yet, shared by all tabs of this browser; null if there is none. */
export function useDraftText(key: string): [text: string | null, setText: (text: string | null) => void] {
  const [text] = useStoredText(key);
  const setText = useCallback((value: string | null) => writeDraftText({ key, value }), [key]);
  return [text, setText];
}
