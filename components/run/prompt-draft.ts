import type { ProjectId } from "#lib/contracts/ids.ts";
import { useStoredText } from "../ui/stored-text.ts";

/** What was typed and not yet sent, kept by this browser: one draft a project, and one for a project that is not there yet. */
export function usePromptDraft(project: ProjectId | "new"): [draft: string | null, setDraft: (draft: string | null) => void] {
  return useStoredText(`graft.draft.${project}`);
}
