import { useMemo } from "react";
import type { FilePath, GenerationId } from "#lib/contracts/ids.ts";
import { useDraftText } from "../ui/hooks/draft-text.ts";

/** `text` is null for a binary file, of which only the path can change. `savedAt` is ISO 8601. */
export type EditDraft = { path: string; text: string | null; savedAt: string };

/**
 * Unsaved edits of a version's file, stored in this browser. A version is immutable, so the draft always matches its
 * original text.
 */
export function useEditDraft({
  generationId,
  path,
}: {
  generationId: GenerationId;
  path: FilePath | null;
}): [draft: EditDraft | null, setDraft: (draft: EditDraft | null) => void] {
  const [stored, setStored] = useDraftText(`graft.edit.${generationId}.${path ?? ""}`);
  const draft = useMemo(() => (stored === null ? null : parseDraft(stored)), [stored]);
  return [draft, (next) => setStored(next === null ? null : JSON.stringify(next))];
}

function parseDraft(stored: string): EditDraft | null {
  try {
    const value: unknown = JSON.parse(stored);
    return isDraft(value) ? value : null;
  } catch {
    return null;
  }
}

function isDraft(value: unknown): value is EditDraft {
  return (
    typeof value === "object" &&
    value !== null &&
    "path" in value &&
    typeof value.path === "string" &&
    "text" in value &&
    (typeof value.text === "string" || value.text === null) &&
    "savedAt" in value &&
    typeof value.savedAt === "string"
  );
}
