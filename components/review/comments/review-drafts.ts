import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useEffectEvent, useMemo, useState, useSyncExternalStore } from "react";
import type { GenerationId } from "#lib/contracts/ids.ts";
import { readAppError } from "#lib/trpc/app-error.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { useIsReachable } from "#lib/trpc/is-reachable.ts";
import { randomKey } from "../../composer/idempotency-key.ts";
import { writeDraftText } from "../../ui/hooks/draft-text.ts";
import { readStoredText, useStoredText } from "../../ui/hooks/stored-text.ts";
import { showToast } from "../../ui/overlays/toast.ts";
import { parseQueue } from "./comment-queue.ts";
import { CommentSession, type CommentPorts } from "./comment-session.ts";

/** The drafts of a comparison and their actions; re-renders on changes, including those of other tabs. */
export function useReviewDrafts({ base, head }: { base: GenerationId; head: GenerationId }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const [session] = useState(() => {
    const mutations = queryClient.getMutationCache();
    const ports: CommentPorts = {
      storage: { read: readStoredText, write: writeDraftText },
      api: {
        create: ({ place: { path, side, first, last }, body, commentId }) =>
          mutations.build(queryClient, trpc.comment.add.mutationOptions()).execute({
            commentId,
            generationId: head,
            againstGenerationId: base,
            path,
            side,
            firstLine: first,
            lastLine: last,
            body,
          }),
        edit: (comment) => mutations.build(queryClient, trpc.comment.edit.mutationOptions()).execute(comment),
        remove: (comment) => mutations.build(queryClient, trpc.comment.remove.mutationOptions()).execute(comment),
        refresh: () => queryClient.invalidateQueries({ queryKey: trpc.comment.pathKey() }),
      },
      explain: (error) => {
        const { code, message } = readAppError(error);
        return { isAway: code === "OFFLINE", message };
      },
      tell: ({ kind, text, undo }) =>
        void showToast({
          kind,
          text,
          ...(undo === undefined ? {} : { action: { label: "Undo", onClick: undo } }),
        }),
      newId: randomKey,
    };
    return new CommentSession({ base, head, ports });
  });
  const { store } = session;
  const state = useSyncExternalStore(session.subscribe, session.getState, session.getState);
  const [storedDrafts] = useStoredText(store.key);
  const [storedQueue] = useStoredText(store.queueKey);
  const { begun } = state;
  const list = useMemo(() => {
    // Before hydration there is no browser storage, and the server knows no drafts.
    return storedDrafts === null && begun.size === 0 ? [] : session.listDrafts();
  }, [session, storedDrafts, begun]);
  const queued = useMemo(() => new Set(parseQueue(storedQueue).map(({ draftId }) => draftId)), [storedQueue]);
  const isReachable = useIsReachable();
  const hasQueued = queued.size > 0;
  const saveQueued = useEffectEvent(() => void session.saveQueued());
  useEffect(() => {
    if (isReachable && hasQueued) saveQueued();
  }, [isReachable, hasQueued]);
  return { session, state, list, queued };
}
