import { useCallback, useMemo, useRef, useState } from "react";
import type { GenerationId } from "#lib/contracts/ids.ts";
import { readStoredText, useStoredText, writeStoredText } from "../../ui/stored-text.ts";
import { formatDrafts, parseDrafts, toDraft, type CommentDraft } from "./draft-list.ts";

/**
 * The comments on a comparison that are being written, several at once. This browser keeps their places, and apart from
 * those the words of each, so that a key press draws one form. Both go when it is saved or discarded; a draft without
 * words goes with the page.
 */
export function useCommentDrafts({ base, head }: { base: GenerationId; head: GenerationId }) {
  const key = `graft.comments.${base}.${head}`;
  const [stored, setStored] = useStoredText(key);
  const [begun, setBegun] = useState<ReadonlySet<string>>(new Set());
  const [folded, setFolded] = useState<ReadonlySet<string>>(new Set());
  const wanted = useRef<string | null>(null);
  const [focusRequest, setFocusRequest] = useState(0);
  const list = useMemo(
    () => parseDrafts(stored).filter(({ draftId }) => begun.has(draftId) || hasText(`${key}.${draftId}`)),
    [key, stored, begun],
  );

  const put = (drafts: readonly CommentDraft[]) => setStored(drafts.length === 0 ? null : formatDrafts(drafts));
  const drop = ({ draftId }: CommentDraft) => {
    writeStoredText({ key: `${key}.${draftId}`, value: null });
    setBegun((before) => without(before, draftId));
    // What another tab, or a save that took its time, has written meanwhile stays.
    put(parseDrafts(readStoredText(key)).filter((draft) => draft.draftId !== draftId));
  };
  return {
    list,
    folded,
    textKey: useCallback(({ draftId }: CommentDraft) => `${key}.${draftId}`, [key]),
    /**
     * Opens the form at a place with what was typed there before, and asks for the focus. `text` takes the place of
     * that.
     */
    begin: ({ text, ...rest }: Omit<CommentDraft, "draftId"> & { text?: string }) => {
      const draft = toDraft(rest);
      if (text !== undefined) writeStoredText({ key: `${key}.${draft.draftId}`, value: text });
      setBegun((before) => new Set(before).add(draft.draftId));
      setFolded((before) => without(before, draft.draftId));
      const drafts = parseDrafts(readStoredText(key));
      if (!drafts.some(({ draftId }) => draftId === draft.draftId)) put([...drafts, draft]);
      wanted.current = draft.draftId;
      setFocusRequest((before) => before + 1);
    },
    /** Folds the form; what was typed stays. One into which nothing was typed is gone. */
    leave: (draft: CommentDraft) => {
      if (hasText(`${key}.${draft.draftId}`)) setFolded((before) => new Set(before).add(draft.draftId));
      else drop(draft);
    },
    drop,
    focusRequest,
    /** Whether the focus was asked for this form. True once: a form that comes into sight again does not take it. */
    takeFocus: ({ draftId }: CommentDraft) => {
      const isWanted = wanted.current === draftId;
      if (isWanted) wanted.current = null;
      return isWanted;
    },
  };
}

export type CommentDrafts = ReturnType<typeof useCommentDrafts>;

function hasText(key: string): boolean {
  return (readStoredText(key) ?? "").trim() !== "";
}

function without(ids: ReadonlySet<string>, id: string): ReadonlySet<string> {
  return new Set([...ids].filter((other) => other !== id));
}
