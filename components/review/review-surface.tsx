import type { FilePath, ProjectId } from "#lib/contracts/ids.ts";
import { LazyDiffSurface } from "../diff-surface/lazy-diff-surface.tsx";
import { SurfaceSkeleton } from "../diff-surface/surface-skeleton.tsx";
import type { DiffView } from "../diff-surface/surface-types.ts";
import type { Comparison } from "./data/comparison.ts";
import type { KeepWords } from "./decisions/keep-words.ts";
import type { ReviewDecisions } from "./decisions/review-decisions.ts";
import { ReviewFileHeader } from "./review-file-header.tsx";
import type { ReviewActs } from "./session/review-acts.ts";
import { buildHunkActions } from "./session/review-hunks.tsx";
import type { ReviewSession } from "./session/review-session.ts";
import type { ReviewState, SetReviewState } from "./session/review-state.ts";
import { describeOrigin } from "./versions/describe-origin.ts";

type Reviewed = {
  projectId: ProjectId;
  comparison: Comparison;
  session: ReviewSession;
  acts: ReviewActs;
  decisions: ReviewDecisions;
  canDecide: { files: boolean; lines: boolean };
  words: KeepWords;
};

/** The lines of a review, with its notes and line actions. */
export function ReviewSurface({
  state,
  setState,
  view,
  title,
  ...reviewed
}: Reviewed & { state: ReviewState; setState: SetReviewState; view: DiffView; title: string }) {
  const { session, acts, decisions, canDecide, words } = reviewed;
  const { navigation, drawn, comments, findings, find } = session;
  const { selection } = navigation;
  const { oldLines } = decisions;
  return (
    <LazyDiffSurface
      fallback={<SurfaceSkeleton />}
      handle={session.surface}
      items={drawn.onSurface}
      view={view}
      isWrapped={state.wrap}
      label={`Differences of ${title}`}
      selection={selection === null ? null : { ...selection, id: selection.path }}
      notes={session.notes}
      renderNote={(note) => findings.renderNote(note) ?? comments.renderNote(note)}
      found={find.found}
      onLineClick={navigation.selectLine}
      onCommentAt={({ id, side, first, last }) => {
        const place = { path: id as FilePath, side, first, last };
        navigation.select(place);
        comments.write(place);
      }}
      loadTexts={drawn.loadTexts}
      onFilesInView={navigation.followScroll}
      onReady={session.onSurfaceReady}
      hunkActions={buildHunkActions({
        navigation,
        changes: drawn.changes,
        old: oldLines,
        words,
        onToggle: canDecide.lines
          ? ({ path, hunk }) =>
              acts.decideLines({ path, hunk, decision: oldLines.get(path)?.has(hunk) === true ? "take" : "old" })
          : null,
        onComment: comments.write,
        onAddress: setState,
      })}
      renderHeader={(id) => <HeaderOf id={id} {...reviewed} />}
    />
  );
}

function HeaderOf({
  id,
  projectId,
  comparison: { base, head, patches, viewed },
  session: { drawn, comments, findings },
  acts,
  decisions,
  canDecide,
  words,
}: Reviewed & { id: string }) {
  const file = drawn.fileByPath.get(id);
  if (file === undefined) return null;
  const { path, status } = file;
  const patch = patches.byPath.get(path);
  const isKept = decisions.kept.get(path) === "file";
  const isAgainstParent = head.parentGenerationIds[0] === base.generationId;
  return (
    <ReviewFileHeader
      projectId={projectId}
      base={base.generationId}
      head={head.generationId}
      file={file}
      note={drawn.notes.get(id)}
      hasLines={!file.isBinary && patch?.hunks.length !== 0}
      isFolded={drawn.folding.folded.has(id)}
      onToggle={() => drawn.folding.toggle(path)}
      isViewed={viewed.paths.has(path)}
      onViewedChange={(isViewed) => acts.setViewed({ file, isViewed })}
      origin={isAgainstParent ? describeOrigin({ kind: head.kind, status, path, mergeOriginOf: drawn.originOf }) : null}
      findings={findings.byPath.get(path) ?? []}
      onGoToFinding={findings.goTo}
      seenIn={viewed.seenIn.get(path)}
      onRetry={patches.error !== null && status !== "kept" && patch === undefined ? patches.retry : null}
      isKept={isKept}
      keepLabel={words.keep}
      onKeep={
        canDecide.files && status !== "kept"
          ? () => decisions.session.decide({ paths: [path], decision: isKept ? "take" : "old" })
          : null
      }
      onComment={() => acts.writeOnFile(file)}
      fileNotes={
        drawn.itemById.get(id)?.isCollapsed === true ? (
          <>
            {comments.renderFileNotes(path)}
            {findings.renderFileNotes(path)}
          </>
        ) : null
      }
    />
  );
}
