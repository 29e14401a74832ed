/** A draft to save, and the id of its future comment: however often it is sent, there is one comment. */
export type QueuedDraft = { draftId: string; commentId: string };

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
