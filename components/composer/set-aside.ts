/** Who replaces more drafts than this does not miss the oldest. */
const maxDrafts = 5;

/** The drafts that are set aside once `text` takes the place of `draft`: the newest first, without the text itself. */
export function setAside({
  earlier,
  draft,
  text,
}: {
  earlier: readonly string[];
  draft: string | null;
  text: string;
}): string[] {
  const drafts = draft === null || draft.trim() === "" ? earlier : [draft, ...earlier];
  return [...new Set(drafts)].filter((each) => each.trim() !== text.trim()).slice(0, maxDrafts);
}

/** What was stored; what cannot be read is none. */
export function readSetAside(stored: string | null): string[] {
  if (stored === null) return [];
  try {
    const drafts: unknown = JSON.parse(stored);
    return Array.isArray(drafts) ? drafts.filter((draft) => typeof draft === "string") : [];
  } catch {
    return [];
  }
}
