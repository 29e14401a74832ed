import type { ProjectId } from "#lib/contracts/ids.ts";
import { useDraftText } from "../ui/hooks/draft-text.ts";
import { readSetAside, setAside } from "./set-aside.ts";

/** A project's draft, or that of a new project. */
export type DraftPlace = ProjectId | "new";

/** Unsent text, stored in this browser: one draft per project, and one for a new project. */
export function usePromptDraft(place: DraftPlace): [draft: string | null, setDraft: (draft: string | null) => void] {
  return useDraftText(`graft.draft.${place}`);
}

/**
 * Replaces the draft. An unsent one is set aside and offered in the composer without a time limit, so that no typed
 * text is lost.
 */
export function useReplaceableDraft(place: DraftPlace): {
  replace: (text: string) => void;
  earlier: readonly string[];
  bringBack: (draft: string) => void;
  discard: (draft: string) => void;
} {
  const [draft, setDraft] = usePromptDraft(place);
  const [stored, setStored] = useDraftText(`graft.set-aside.${place}`);
  const earlier = readSetAside(stored);
  const keep = (drafts: readonly string[]) => setStored(drafts.length === 0 ? null : JSON.stringify(drafts));
  const replace = (text: string) => {
    keep(setAside({ earlier, draft, text }));
    setDraft(text);
  };
  return {
    replace,
    earlier,
    bringBack: replace,
    discard: (discarded) => keep(earlier.filter((each) => each !== discarded)),
  };
}
