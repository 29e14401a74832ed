/** Users who replace more drafts do not miss the oldest. */
const maxDrafts = 5;

/** The drafts set aside after `text` replaces `draft`: newest first, without the text itself. */
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

/** Parses stored drafts; unreadable data gives none. */
export function readSetAside(stored: string | null): string[] {
  if (stored === null) return [];
  try {
    const drafts: unknown = JSON.parse(stored);
    return Array.isArray(drafts) ? drafts.filter((draft) => typeof draft === "string") : [];
  } catch {
    return [];
  }
}
