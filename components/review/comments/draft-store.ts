import type { GenerationId } from "#lib/contracts/ids.ts";
import { formatQueue, parseQueue, type QueuedDraft } from "./comment-queue.ts";
import { formatDrafts, parseDrafts, type CommentDraft } from "./draft-list.ts";

/** Texts stored in this browser, for all its tabs. */
export type TextStorage = {
  read: (key: string) => string | null;
  write: (text: { key: string; value: string | null }) => void;
};

/**
 * The drafts of a comparison in browser storage: their places, separately the text of each, and those that wait for the
 * server. Changes by other tabs are read before each write.
 */
export class DraftStore {
  readonly key: string;
  readonly #storage: TextStorage;

  constructor({ base, head, storage }: { base: GenerationId; head: GenerationId; storage: TextStorage }) {
    this.key = `graft.comments.${base}.${head}`;
    this.#storage = storage;
  }

  get queueKey(): string {
    return `${this.key}.queue`;
  }

  readonly textKey = ({ draftId }: Pick<CommentDraft, "draftId">): string => `${this.key}.${draftId}`;

  textOf(draft: Pick<CommentDraft, "draftId">): string {
    return (this.#storage.read(this.textKey(draft)) ?? "").trim();
  }

  putText({ draft, value }: { draft: Pick<CommentDraft, "draftId">; value: string | null }): void {
    this.#storage.write({ key: this.textKey(draft), value });
  }

  list(): CommentDraft[] {
    return parseDrafts(this.#storage.read(this.key));
  }

  add(draft: CommentDraft): void {
    const drafts = this.list();
    if (!drafts.some(({ draftId }) => draftId === draft.draftId)) this.#put([...drafts, draft]);
  }

  /** With its text, and its place in the queue. */
  remove({ draftId }: Pick<CommentDraft, "draftId">): void {
    this.putText({ draft: { draftId }, value: null });
    this.#put(this.list().filter((draft) => draft.draftId !== draftId));
    this.unqueue(draftId);
  }

  queue(): QueuedDraft[] {
    return parseQueue(this.#storage.read(this.queueKey));
  }

  enqueue(queued: QueuedDraft): void {
    this.#putQueue([...this.queue().filter(({ draftId }) => draftId !== queued.draftId), queued]);
  }

  unqueue(draftId: string): void {
    const queue = this.queue();
    if (queue.some((queued) => queued.draftId === draftId))
      this.#putQueue(queue.filter((queued) => queued.draftId !== draftId));
  }

  #put(drafts: readonly CommentDraft[]): void {
    this.#storage.write({ key: this.key, value: drafts.length === 0 ? null : formatDrafts(drafts) });
  }

  #putQueue(queue: readonly QueuedDraft[]): void {
    this.#storage.write({ key: this.queueKey, value: queue.length === 0 ? null : formatQueue(queue) });
  }
}
