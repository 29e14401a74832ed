import type { GenerationId } from "#lib/contracts/ids.ts";
import type { ReviewComment, ReviewCommentId } from "#lib/contracts/comparisons/review-comment.ts";
import { formatCommentPlace, toPlace } from "./comment-place.ts";
import type { QueuedDraft } from "./comment-queue.ts";
import { toDraft, type CommentDraft } from "./draft-list.ts";
import { DraftStore, type TextStorage } from "./draft-store.ts";

type Saving = { isPending: boolean; error: unknown };

export type CommentState = {
  /** Drafts started on this page: others are only listed with text. */
  begun: ReadonlySet<string>;
  /** Drafts whose forms are closed. */
  folded: ReadonlySet<string>;
  /** A draft's error is shown with that draft only. */
  savings: ReadonlyMap<string, Saving>;
  removingId: ReviewCommentId | null;
  focusRequest: number;
};

export type CommentPorts = {
  storage: TextStorage;
  api: {
    create: (comment: { place: CommentDraft["place"]; body: string; commentId: string }) => Promise<unknown>;
    edit: (comment: { commentId: ReviewCommentId; body: string }) => Promise<unknown>;
    remove: (comment: { commentId: ReviewCommentId }) => Promise<unknown>;
    /** Refetches the comments. */
    refresh: () => Promise<unknown>;
  };
  /** Why a request failed; `isAway` if the server was unreachable. */
  explain: (error: unknown) => { isAway: boolean; message: string };
  tell: (news: { kind: "success" | "error"; text: string; undo?: () => void }) => void;
  newId: () => string;
};

const idle: Saving = { isPending: false, error: null };

/**
 * The comments being written on a comparison, several at once, and the actions that save and remove comments. The
 * browser stores their places, and separately the text of each, so that a key press re-renders one form. Both are
 * deleted when a draft is saved or discarded; a draft without text is dropped with the page. An unsaved draft stays,
 * and while the server is unreachable, drafts wait for it.
 */
export class CommentSession {
  readonly store: DraftStore;
  readonly #ports: CommentPorts;
  readonly #listeners = new Set<() => void>();
  /** A save whose response was lost may have succeeded: the next save of the draft updates the same comment. */
  readonly #idByDraft = new Map<string, string>();
  #wanted: string | null = null;
  #state: CommentState = {
    begun: new Set(),
    folded: new Set(),
    savings: new Map(),
    removingId: null,
    focusRequest: 0,
  };

  constructor({ base, head, ports }: { base: GenerationId; head: GenerationId; ports: CommentPorts }) {
    this.store = new DraftStore({ base, head, storage: ports.storage });
    this.#ports = ports;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  readonly getState = (): CommentState => this.#state;

  listDrafts(): CommentDraft[] {
    return this.store.list().filter((draft) => this.#state.begun.has(draft.draftId) || this.store.textOf(draft) !== "");
  }

  /** Opens the form at a place with its stored text and requests the focus. `text` replaces the stored text. */
  begin({ text, ...rest }: Omit<CommentDraft, "draftId"> & { text?: string }): void {
    const draft = toDraft(rest);
    const { draftId } = draft;
    if (text !== undefined) this.store.putText({ draft, value: text });
    const { begun, folded, focusRequest } = this.#state;
    this.#wanted = draftId;
    this.#set({ begun: new Set(begun).add(draftId), folded: without(folded, draftId), focusRequest: focusRequest + 1 });
    this.store.add(draft);
  }

  /** Back in the form, where it is no longer saved automatically. */
  goOn(draft: CommentDraft): void {
    this.#idFor(draft.draftId);
    this.store.unqueue(draft.draftId);
    this.begin(draft);
  }

  /** Closes the form and keeps the text. A draft without text is removed. */
  leave(draft: CommentDraft): void {
    if (this.store.textOf(draft) === "") this.drop(draft);
    else this.#set({ folded: new Set(this.#state.folded).add(draft.draftId) });
  }

  drop({ draftId }: CommentDraft): void {
    this.store.remove({ draftId });
    this.#idByDraft.delete(draftId);
    const savings = new Map(this.#state.savings);
    savings.delete(draftId);
    this.#set({ begun: without(this.#state.begun, draftId), savings });
  }

  discard({ draft, text }: { draft: CommentDraft; text: string | null }): void {
    this.drop(draft);
    if (text === null || text.trim() === "") return;
    const { place, commentId } = draft;
    this.#ports.tell({
      kind: "success",
      text: "The draft is discarded.",
      undo: () => this.begin({ place, commentId, text }),
    });
  }

  /** Whether this form may take the focus. True once: a form that is mounted again by scrolling does not take it. */
  takeFocus({ draftId }: CommentDraft): boolean {
    const isWanted = this.#wanted === draftId;
    if (isWanted) this.#wanted = null;
    return isWanted;
  }

  savingOf({ draftId }: CommentDraft): Saving {
    return this.#state.savings.get(draftId) ?? idle;
  }

  /** `isNew`: also if the draft's comment was deleted or sent. */
  async save({ draft, isNew, body }: { draft: CommentDraft; isNew: boolean; body: string }): Promise<void> {
    const { draftId } = draft;
    const commentId = this.#idFor(draftId);
    this.#setSaving({ draftId, saving: { isPending: true, error: null } });
    try {
      await this.#send({ draft, isNew, body, commentId });
      this.drop(draft);
    } catch (error) {
      const { isAway } = this.#ports.explain(error);
      if (isAway) this.store.enqueue({ draftId, commentId });
      this.#setSaving({ draftId, saving: { isPending: false, error: isAway ? null : error } });
    }
  }

  /** Saves the waiting drafts one by one, until the server is unreachable again. */
  async saveQueued(): Promise<void> {
    for (const { draftId, commentId } of this.store.queue()) {
      const draft = this.listDrafts().find((other) => other.draftId === draftId);
      const body = draft === undefined ? "" : this.store.textOf(draft);
      if (draft !== undefined && body !== "") {
        try {
          await this.#send({ draft, isNew: false, body, commentId });
          this.drop(draft);
        } catch (error) {
          const { isAway, message } = this.#ports.explain(error);
          if (isAway) return;
          this.#ports.tell({ kind: "error", text: `${message} The comment is kept as a draft.` });
        }
      }
      this.store.unqueue(draftId);
    }
  }

  async remove(comment: ReviewComment): Promise<void> {
    const { commentId } = comment;
    this.#set({ removingId: commentId });
    try {
      await this.#ports.api.remove({ commentId });
      this.#ports.tell({
        kind: "success",
        text: `The comment on ${formatCommentPlace(comment)} is removed.`,
        undo: () => void this.#putBack(comment),
      });
    } catch (error) {
      this.#ports.tell({ kind: "error", text: this.#ports.explain(error).message });
    } finally {
      this.#set({ removingId: null });
    }
    await this.#ports.api.refresh();
  }

  async #putBack({ body, ...comment }: ReviewComment): Promise<void> {
    const place = toPlace(comment);
    try {
      await this.#ports.api.create({ place, body, commentId: this.#ports.newId() });
      await this.#ports.api.refresh();
    } catch (error) {
      this.begin({ place, commentId: null, text: body });
      const { message } = this.#ports.explain(error);
      this.#ports.tell({ kind: "error", text: `${message} Its text is kept as a draft.` });
    }
  }

  async #send({
    draft: { commentId: edited, place },
    isNew,
    body,
    commentId,
  }: {
    draft: CommentDraft;
    isNew: boolean;
    body: string;
    commentId: string;
  }): Promise<void> {
    const { api } = this.#ports;
    if (isNew || edited === null) await api.create({ place, body, commentId });
    else await api.edit({ commentId: edited, body });
    await api.refresh();
  }

  #idFor(draftId: string): string {
    const queued: QueuedDraft | undefined = this.store.queue().find((each) => each.draftId === draftId);
    const id = queued?.commentId ?? this.#idByDraft.get(draftId) ?? this.#ports.newId();
    this.#idByDraft.set(draftId, id);
    return id;
  }

  #setSaving({ draftId, saving }: { draftId: string; saving: Saving }): void {
    this.#set({ savings: new Map(this.#state.savings).set(draftId, saving) });
  }

  #set(next: Partial<CommentState>): void {
    this.#state = { ...this.#state, ...next };
    for (const listener of this.#listeners) listener();
  }
}

function without(ids: ReadonlySet<string>, id: string): ReadonlySet<string> {
  return new Set([...ids].filter((other) => other !== id));
}
