import { useMemo } from "react";
import type { GenerationId } from "#lib/contracts/ids.ts";
import { readStoredText, useStoredText } from "../../ui/hooks/stored-text.ts";

/** A draft to save, and the id of its future comment: however often it is sent, there is one comment. */
export type QueuedDraft = { draftId: string; commentId: string };

/**
 * Drafts of a comparison that could not be saved because the server was unreachable. Stored in this browser, for all
 * its tabs.
 */
export function useCommentQueue({ base, head }: { base: GenerationId; head: GenerationId }) {
  const key = `graft.comments.${base}.${head}.queue`;
  const [stored, setStored] = useStoredText(key);
  const list = useMemo(() => parseQueue(stored), [stored]);
  const without = (draftId: string) => parseQueue(readStoredText(key)).filter((queued) => queued.draftId !== draftId);
  const put = (queue: readonly QueuedDraft[]) => setStored(queue.length === 0 ? null : formatQueue(queue));
  return {
    list,
    has: (draftId: string) => list.some((queued) => queued.draftId === draftId),
    add: (queued: QueuedDraft) => put([...without(queued.draftId), queued]),
    remove: (draftId: string) => put(without(draftId)),
  };
}

export function formatQueue(queue: readonly QueuedDraft[]): string {
  return queue.map(({ draftId, commentId }) => `${commentId} ${draftId}`).join("\n");
}

/** Invalid lines are skipped. */
export function parseQueue(text: string | null): QueuedDraft[] {
  return (text ?? "").split("\n").flatMap((line) => {
    const [, commentId, draftId] = /^([\da-f]{32}) (.+)$/.exec(line) ?? [];
    return commentId === undefined || draftId === undefined ? [] : [{ draftId, commentId }];
  });
}
