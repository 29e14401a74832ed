import type { ProjectId } from "#lib/contracts/ids.ts";
import { useStoredText } from "../ui/hooks/stored-text.ts";
import { readSetAside, setAside } from "./set-aside.ts";

/** A project, or the one that is not there yet. */
export type DraftPlace = ProjectId | "new";

/**
 * What was typed and not yet sent, kept by this browser: one draft a project, and one for a project that is not there
 * yet.
 */
export function usePromptDraft(place: DraftPlace): [draft: string | null, setDraft: (draft: string | null) => void] {
  return useStoredText(`graft.draft.${place}`);
}

/**
 * Puts another text in the place of the draft. One that was not sent is set aside, where the composer offers it:
 * nothing that was typed is lost, and no time runs out.
 */
export function useReplaceableDraft(place: DraftPlace): {
  replace: (text: string) => void;
  earlier: readonly string[];
  bringBack: (draft: string) => void;
  discard: (draft: string) => void;
} {
  const [draft, setDraft] = usePromptDraft(place);
  const [stored, setStored] = useStoredText(`graft.set-aside.${place}`);
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
