import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import type { FilePath, GenerationId } from "#lib/contracts/ids.ts";
import type { ReviewComment } from "#lib/contracts/review-comment.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { CommentForm, CommentNote } from "./comment-note.tsx";
import type { LineNote } from "./diff-surface.tsx";
import type { Place } from "./review-changes.ts";

const draftKey = "draft";

/**
 * The comments on a comparison, and the one that is being written: as notes for the surface, and what renders them. `onClosed`
 * is told when the field for one goes away, and the focus with it.
 */
export function useReviewComments({ base, head, onClosed }: { base: GenerationId; head: GenerationId; onClosed: () => void }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const comments = useQuery(trpc.comment.list.queryOptions({ generationId: head }));
  const [draft, setDraft] = useState<Place | null>(null);
  const close = () => {
    setDraft(null);
    onClosed();
  };
  const refresh = () => queryClient.invalidateQueries({ queryKey: trpc.comment.pathKey() });
  const add = useMutation(
    trpc.comment.add.mutationOptions({
      onSuccess: async () => {
        await refresh();
        close();
      },
    }),
  );
  const remove = useMutation(trpc.comment.remove.mutationOptions({ onSettled: refresh }));
  const shown = useMemo(() => (comments.data ?? []).filter(({ againstGenerationId, side }) => side === "additions" || againstGenerationId === base), [comments.data, base]);
  const notes = useMemo(
    (): LineNote[] => [
      ...shown.map((comment) => ({ id: comment.path, side: comment.side, line: comment.lastLine, key: `${comment.commentId}${comment.isSent ? "s" : ""}` })),
      ...(draft === null ? [] : [{ id: draft.path, side: draft.side, line: draft.last, key: draftKey }]),
    ],
    [shown, draft],
  );
  const renderNote = ({ key }: LineNote) => {
    if (key === draftKey && draft !== null) {
      const { path, side, first, last } = draft;
      return (
        <CommentForm
          label={`Comment on ${path}, line ${last}`}
          error={add.error}
          isPending={add.isPending}
          onSave={(body) => add.mutate({ generationId: head, againstGenerationId: base, path, side, firstLine: first, lastLine: last, body })}
          onCancel={close}
        />
      );
    }
    const comment = shown.find(({ commentId }) => key.startsWith(commentId));
    return comment === undefined ? null : <CommentNote comment={comment} onRemove={() => remove.mutate({ commentId: comment.commentId })} />;
  };
  return {
    notes,
    renderNote,
    unsent: shown.filter(({ isSent }) => !isSent) as readonly ReviewComment[],
    write: (place: Place) => setDraft(place),
    /** The comment behind or before a place, in the order of the files. */
    next: ({ from, by, paths }: { from: Place | null; by: 1 | -1; paths: readonly FilePath[] }): Place | null => {
      const rank = ({ path, last }: { path: FilePath; last: number }) => paths.indexOf(path) * 10_000_000 + last;
      const places = shown.map(({ path, side, firstLine, lastLine }): Place => ({ path, side, first: firstLine, last: lastLine })).toSorted((one, other) => rank(one) - rank(other));
      if (from === null) return places.at(by === 1 ? 0 : -1) ?? null;
      return (by === 1 ? places.find((place) => rank(place) > rank(from)) : places.findLast((place) => rank(place) < rank(from))) ?? null;
    },
  };
}
