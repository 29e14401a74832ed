import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { GenerationId } from "#lib/contracts/ids.ts";
import type { ReviewComment } from "#lib/contracts/review-comment.ts";
import { readAppError } from "#lib/trpc/app-error.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { showToast } from "../ui/toast.ts";
import type { CommentDrafts } from "./comment-drafts.ts";
import { formatCommentPlace, toPlace } from "./comment-place.ts";
import type { CommentDraft } from "./draft-list.ts";

type Saving = { isPending: boolean; error: unknown };

const idle: Saving = { isPending: false, error: null };

/** Saves drafts and removes comments. What cannot be saved stays a draft, and what went wrong with it stands with that draft alone. */
export function useCommentActions({ base, head, drafts }: { base: GenerationId; head: GenerationId; drafts: CommentDrafts }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const refresh = () => queryClient.invalidateQueries({ queryKey: trpc.comment.pathKey() });
  const add = useMutation(trpc.comment.add.mutationOptions());
  const edit = useMutation(trpc.comment.edit.mutationOptions());
  const remove = useMutation(trpc.comment.remove.mutationOptions());
  const [savings, setSavings] = useState<ReadonlyMap<string, Saving>>(new Map());
  const setSaving = ({ draftId, saving }: { draftId: string; saving: Saving }) => setSavings((before) => new Map(before).set(draftId, saving));

  const create = ({ place: { path, side, first, last }, body }: { place: CommentDraft["place"]; body: string }) =>
    add.mutateAsync({ generationId: head, againstGenerationId: base, path, side, firstLine: first, lastLine: last, body });
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

  return {
    savingOf: ({ draftId }: CommentDraft): Saving => savings.get(draftId) ?? idle,
    /** `isNew`: also where the draft was of a comment, which is not there any more or was sent. */
    save: async ({ draft, isNew, body }: { draft: CommentDraft; isNew: boolean; body: string }) => {
      const { draftId, place, commentId } = draft;
      setSaving({ draftId, saving: { isPending: true, error: null } });
      try {
        if (isNew || commentId === null) await create({ place, body });
        else await edit.mutateAsync({ commentId, body });
        await refresh();
        drafts.drop(draft);
        setSaving({ draftId, saving: idle });
      } catch (error) {
        setSaving({ draftId, saving: { isPending: false, error } });
      }
    },
    discard: ({ draft, text }: { draft: CommentDraft; text: string | null }) => {
      drafts.drop(draft);
      setSaving({ draftId: draft.draftId, saving: idle });
      if (text === null || text.trim() === "") return;
      const { place, commentId } = draft;
      void showToast({ kind: "success", text: "The draft is discarded.", action: { label: "Undo", onClick: () => drafts.begin({ place, commentId, text }) } });
    },
    removingId: remove.isPending ? (remove.variables.commentId ?? null) : null,
    remove: async (comment: ReviewComment) => {
      try {
        await remove.mutateAsync({ commentId: comment.commentId });
        void showToast({ kind: "success", text: `The comment on ${formatCommentPlace(comment)} is removed.`, action: { label: "Undo", onClick: () => void putBack(comment) } });
      } catch (error) {
        void showToast({ kind: "error", text: readAppError(error).message });
      }
      await refresh();
    },
  };
}
