import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useEffectEvent, useRef, useState } from "react";
import type { GenerationId } from "#lib/contracts/ids.ts";
import type { ReviewComment } from "#lib/contracts/review-comment.ts";
import { readAppError } from "#lib/trpc/app-error.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { useIsReachable } from "#lib/trpc/is-reachable.ts";
import { randomKey } from "../../composer/idempotency-key.ts";
import { readStoredText } from "../../ui/stored-text.ts";
import { showToast } from "../../ui/toast.ts";
import type { CommentDrafts } from "./comment-drafts.ts";
import { formatCommentPlace, toPlace } from "./comment-place.ts";
import { useCommentQueue } from "./comment-queue.ts";
import type { CommentDraft } from "./draft-list.ts";

type Saving = { isPending: boolean; error: unknown };

const idle: Saving = { isPending: false, error: null };

/**
 * Saves drafts and removes comments. What cannot be saved stays a draft, and what went wrong with it stands with that
 * draft alone. While the server is away, drafts wait for it.
 */
export function useCommentActions({
  base,
  head,
  drafts,
}: {
  base: GenerationId;
  head: GenerationId;
  drafts: CommentDrafts;
}) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const refresh = () => queryClient.invalidateQueries({ queryKey: trpc.comment.pathKey() });
  const add = useMutation(trpc.comment.add.mutationOptions());
  const edit = useMutation(trpc.comment.edit.mutationOptions());
  const remove = useMutation(trpc.comment.remove.mutationOptions());
  const [savings, setSavings] = useState<ReadonlyMap<string, Saving>>(new Map());
  const queue = useCommentQueue({ base, head });
  // A save whose answer was lost may have been one: the next of the same draft is of the same comment.
  const idByDraft = useRef(new Map<string, string>());
  const isReachable = useIsReachable();
  const setSaving = ({ draftId, saving }: { draftId: string; saving: Saving }) =>
    setSavings((before) => new Map(before).set(draftId, saving));

  const create = ({
    place: { path, side, first, last },
    body,
    commentId = randomKey(),
  }: {
    place: CommentDraft["place"];
    body: string;
    commentId?: string;
  }) =>
    add.mutateAsync({
      commentId,
      generationId: head,
      againstGenerationId: base,
      path,
      side,
      firstLine: first,
      lastLine: last,
      body,
    });
  const putBack = async ({ body, ...comment }: ReviewComment) => {
    const place = toPlace(comment);
    try {
      await create({ place, body });
      await refresh();
    } catch (error) {
      drafts.begin({ place, commentId: null, text: body });
      void showToast({ kind: "error", text: `${readAppError(error).message} What it said stands in a draft.` });
    }
  };

  const send = async ({
    draft,
    isNew,
    body,
    id,
  }: {
    draft: CommentDraft;
    isNew: boolean;
    body: string;
    id: string;
  }) => {
    if (isNew || draft.commentId === null) await create({ place: draft.place, body, commentId: id });
    else await edit.mutateAsync({ commentId: draft.commentId, body });
    await refresh();
  };
  const idFor = (draftId: string): string => {
    const id =
      queue.list.find((queued) => queued.draftId === draftId)?.commentId ??
      idByDraft.current.get(draftId) ??
      randomKey();
    idByDraft.current.set(draftId, id);
    return id;
  };
  const drop = (draft: CommentDraft) => {
    drafts.drop(draft);
    queue.remove(draft.draftId);
    idByDraft.current.delete(draft.draftId);
    setSaving({ draftId: draft.draftId, saving: idle });
  };

  const saveQueued = useEffectEvent(async () => {
    for (const { draftId, commentId } of queue.list) {
      const draft = drafts.list.find((other) => other.draftId === draftId);
      const body = draft === undefined ? "" : (readStoredText(drafts.textKey(draft)) ?? "").trim();
      if (draft !== undefined && body !== "") {
        try {
          await send({ draft, isNew: false, body, id: commentId });
          drafts.drop(draft);
          idByDraft.current.delete(draftId);
        } catch (error) {
          const { code, message } = readAppError(error);
          if (code === "OFFLINE") return;
          void showToast({ kind: "error", text: `${message} The comment stands in a draft.` });
        }
      }
      queue.remove(draftId);
    }
  });
  const hasQueued = queue.list.length > 0;
  useEffect(() => {
    if (isReachable && hasQueued) void saveQueued();
  }, [isReachable, hasQueued]);

  return {
    isQueued: ({ draftId }: CommentDraft): boolean => queue.has(draftId),
    /** Back into the form, where it is not saved by itself any more. */
    goOn: (draft: CommentDraft) => {
      idFor(draft.draftId);
      queue.remove(draft.draftId);
      drafts.begin(draft);
    },
    savingOf: ({ draftId }: CommentDraft): Saving => savings.get(draftId) ?? idle,
    /** `isNew`: also where the draft was of a comment, which is not there any more or was sent. */
    save: async ({ draft, isNew, body }: { draft: CommentDraft; isNew: boolean; body: string }) => {
      const { draftId } = draft;
      const id = idFor(draftId);
      setSaving({ draftId, saving: { isPending: true, error: null } });
      try {
        await send({ draft, isNew, body, id });
        drop(draft);
      } catch (error) {
        const isAway = readAppError(error).code === "OFFLINE";
        if (isAway) queue.add({ draftId, commentId: id });
        setSaving({ draftId, saving: { isPending: false, error: isAway ? null : error } });
      }
    },
    discard: ({ draft, text }: { draft: CommentDraft; text: string | null }) => {
      drop(draft);
      if (text === null || text.trim() === "") return;
      const { place, commentId } = draft;
      void showToast({
        kind: "success",
        text: "The draft is discarded.",
        action: { label: "Undo", onClick: () => drafts.begin({ place, commentId, text }) },
      });
    },
    removingId: remove.isPending ? (remove.variables.commentId ?? null) : null,
    remove: async (comment: ReviewComment) => {
      try {
        await remove.mutateAsync({ commentId: comment.commentId });
        void showToast({
          kind: "success",
          text: `The comment on ${formatCommentPlace(comment)} is removed.`,
          action: { label: "Undo", onClick: () => void putBack(comment) },
        });
      } catch (error) {
        void showToast({ kind: "error", text: readAppError(error).message });
      }
      await refresh();
    },
  };
}
