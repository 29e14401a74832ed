import { useQuery } from "@tanstack/react-query";
import { parseAsString, useQueryState } from "nuqs";
import { useMemo, type ReactNode } from "react";
import type { GenerationOutput } from "#lib/contracts/versions/generation.ts";
import type { FilePath, GenerationId } from "#lib/contracts/ids.ts";
import type { CommentWithFate, ReviewComment } from "#lib/contracts/comparisons/review-comment.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { copyLink } from "../../ui/text/copy-link.ts";
import { startTypeAhead } from "../../ui/keys/type-ahead.ts";
import { toPlace } from "./comment-place.ts";
import type { LineNote } from "../../diff-surface/surface-types.ts";
import type { CommentDraft } from "./draft-list.ts";
import { useReviewDrafts } from "./review-drafts.ts";
import { ReviewNoteView, type ReviewNote } from "./review-note.tsx";
import { placeAnswered } from "./place-answered.ts";
import { formatLines, type Place } from "../session/review-changes.ts";
import type { ReviewFile } from "#lib/contracts/comparisons/diff.ts";

/**
 * The comments on a comparison: drafts, existing ones, and, compared with the parent, those from which the version was
 * made. Returns notes for the surface and their renderer. `onFocusLost` is called when a focused form unmounts.
 */
export function useReviewComments({
  base,
  head,
  files,
  onFocusLost,
}: {
  base: GenerationId;
  head: GenerationOutput;
  files: readonly ReviewFile[];
  onFocusLost: () => void;
}) {
  const trpc = useTRPC();
  const { generationId, parentGenerationIds, runId } = head;
  const [linkedId, setLinkedId] = useQueryState("c", parseAsString);
  const comments = useQuery(trpc.comment.list.queryOptions({ generationId }));
  const answered = useQuery(
    trpc.comment.answered.queryOptions(
      { generationId },
      { staleTime: Number.POSITIVE_INFINITY, enabled: runId !== null && parentGenerationIds[0] === base },
    ),
  );
  const { session, state, list: drafts, queued } = useReviewDrafts({ base, head: generationId });
  const shown = useMemo(
    () =>
      (comments.data ?? []).filter(
        ({ againstGenerationId, side }) => side === "additions" || againstGenerationId === base,
      ),
    [comments.data, base],
  );
  const { textKey } = session.store;
  const entries = useMemo(
    () =>
      listEntries({
        drafts,
        textKey,
        comments: shown,
        answered: answered.data ?? [],
        parentId: base,
        files,
      }),
    [drafts, textKey, shown, answered.data, base, files],
  );
  const notes = useMemo(
    () => entries.map(({ key, place }): LineNote => ({ id: place.path, side: place.side, line: place.last, key })),
    [entries],
  );
  const countByPath = useMemo(
    () => new Map([...Map.groupBy(entries, ({ place }) => place.path)].map(([path, ofPath]) => [path, ofPath.length])),
    [entries],
  );
  const linked = shown.find(({ commentId }) => commentId === linkedId);

  const render = (note: ReviewNote): ReactNode => (
    <ReviewNoteView
      note={note}
      session={session}
      state={state}
      isQueued={note.kind === "draft" && queued.has(note.draft.draftId)}
      isLinked={note.kind === "comment" && note.comment.commentId === linkedId}
      onCopyLink={(commentId) => void setLinkedId(commentId).then(copyLink)}
      onFocusLost={onFocusLost}
    />
  );

  return {
    /** Why no comments can be shown; null if they are loaded, even if a refetch failed. */
    error: [comments, answered].find(({ data, error }) => data === undefined && error !== null)?.error ?? null,
    retry: () => void Promise.all([comments, answered].map(({ isError, refetch }) => (isError ? refetch() : null))),
    notes,
    renderNote: ({ key }: LineNote) => {
      const note = entries.find((entry) => entry.key === key);
      return note === undefined ? null : render(note);
    },
    /** The notes of a whole file, for a file without rendered lines. Null if there are none. */
    renderFileNotes: (path: string): ReactNode => {
      const ofFile = entries.filter(({ place }) => place.path === path && place.first === 0);
      return ofFile.length === 0 ? null : ofFile.map((note) => <div key={note.key}>{render(note)}</div>);
    },
    entries: entries as readonly ReviewNote[],
    countByPath,
    /** The place of the comment that the address names; undefined until the comments are loaded. */
    linked: linkedId === null ? null : linked !== undefined ? toPlace(linked) : comments.isPending ? undefined : null,
    /** Whether the address names a comment at this place, by file and lines. */
    isLinkedAt: ({ file, L }: { file: FilePath; L: string | null }) =>
      linked !== undefined &&
      linked.path === file &&
      (L === null ? linked.firstLine === 0 : L === formatLines(toPlace(linked))),
    unsent: shown.filter(({ isSent }) => !isSent) as readonly ReviewComment[],
    write: (place: Place) => {
      startTypeAhead();
      session.begin({ place, commentId: null });
    },
    /** The place of the next or previous note, in the order of files. */
    next: (step: Omit<Parameters<typeof findNextNote>[0], "entries">): Place | null =>
      findNextNote({ entries, ...step }),
  };
}

/** A comment being edited is replaced by its form. Drafts come first, so that later notes do not move their forms. */
function listEntries({
  drafts,
  textKey,
  comments,
  answered,
  parentId,
  files,
}: {
  drafts: readonly CommentDraft[];
  textKey: (draft: CommentDraft) => string;
  comments: readonly ReviewComment[];
  answered: readonly CommentWithFate[];
  parentId: GenerationId;
  files: readonly ReviewFile[];
}): ReviewNote[] {
  const unsent = new Map(
    comments.flatMap((comment) => (comment.isSent ? [] : [[comment.commentId, comment] as const])),
  );
  const edited = new Set(drafts.map(({ commentId }) => commentId));
  return [
    ...drafts.map((draft): ReviewNote => ({
      kind: "draft",
      key: `draft ${draft.draftId}`,
      place: draft.place,
      draft,
      textKey: textKey(draft),
      comment: (draft.commentId === null ? undefined : unsent.get(draft.commentId)) ?? null,
    })),
    ...comments.flatMap((comment): ReviewNote[] =>
      edited.has(comment.commentId) && !comment.isSent
        ? []
        : [{ kind: "comment", key: comment.commentId, place: toPlace(comment), comment }],
    ),
    ...answered.map((comment): ReviewNote => ({
      kind: "answered",
      key: `answered ${comment.commentId}`,
      place: placeAnswered({ comment, parentId, files }),
      comment,
    })),
  ];
}

function findNextNote({
  entries,
  from,
  by,
  paths,
}: {
  entries: readonly ReviewNote[];
  from: { path: FilePath; last: number } | null;
  by: 1 | -1;
  paths: readonly FilePath[];
}): Place | null {
  const rank = ({ path, last }: { path: FilePath; last: number }) => paths.indexOf(path) * 10_000_000 + last;
  const places = entries
    .flatMap(({ place }) => (paths.includes(place.path) ? [place] : []))
    .toSorted((one, other) => rank(one) - rank(other));
  if (from === null) return places.at(by === 1 ? 0 : -1) ?? null;
  const next =
    by === 1 ? places.find((place) => rank(place) > rank(from)) : places.findLast((place) => rank(place) < rank(from));
  return next ?? null;
}
