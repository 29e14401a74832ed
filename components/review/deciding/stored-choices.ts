import { writeDraftText } from "../../ui/hooks/draft-text.ts";
import { readStoredText } from "../../ui/hooks/stored-text.ts";
import type { ChoiceStorage } from "./decision-session.ts";

/** Stores the user's decisions on one set of changes in their browser. */
export function storedChoices(name: string): ChoiceStorage {
  const key = `graft.decided.${name}`;
  return { read: () => readStoredText(key), write: (value) => writeDraftText({ key, value }) };
}
