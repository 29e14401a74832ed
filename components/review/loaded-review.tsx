"use client";

import { useMemo, useRef, useState } from "react";
import type { FilePath, ProjectId } from "#lib/contracts/ids.ts";
import { formatCount } from "#lib/format-count.ts";
import { formatLedger } from "../generation/format-ledger.ts";
import { keysInReview } from "../shell/key-list.ts";
import { useElementWidth } from "../ui/element-width.ts";
import { ErrorState } from "../ui/error-state.tsx";
import { lazyDialog } from "../ui/lazy-dialog.tsx";
import { LiveRegion, useLiveRegion } from "../ui/live-region.tsx";
import { ChangeReader } from "./change-reader.tsx";
import { chooseView } from "../diff-surface/choose-view.ts";
import type { Comparison } from "./data/comparison.ts";
import { describeOrigin } from "./versions/describe-origin.ts";
import type { DiffSurfaceHandle } from "../diff-surface/surface-types.ts";
import { FileListPlace, useFileListPlace } from "./file-list-place.tsx";
import { FileList } from "./file-list.tsx";
import { FindBar } from "../diff-surface/find-bar.tsx";
import { useFoldedFiles } from "./session/folded-files.ts";
import { useGoToNote } from "./session/go-to-note.ts";
import { IdenticalVersions } from "./versions/identical-versions.tsx";
import { useKeepParent } from "./decisions/keep-parent.ts";
import { useReviewDecisions } from "./decisions/review-decisions.ts";
import { useKeptTexts } from "./data/kept-texts.ts";
import { KeptTray } from "./decisions/kept-tray.tsx";
import { LazyDiffSurface } from "../diff-surface/lazy-diff-surface.tsx";
import { LineLevelHint } from "./line-level-hint.tsx";
import { readLinkedLines, toLinkedPlace, useLinkedPlace } from "./session/linked-place.ts";
import { useListedFiles } from "./session/listed-files.ts";
import { useMergeOrigins } from "./data/merge-origins.ts";
import { NewerVersionNotice } from "./versions/newer-version-notice.tsx";
import { NoFileFits } from "./no-file-fits.tsx";
import { areSiblings } from "./versions/relate-versions.ts";
import { ReviewBrief } from "./review-brief.tsx";
import { ReviewActions } from "./review-actions.tsx";
import { listChanges } from "./session/review-changes.ts";
import { useReviewCommands, type ReviewPanel } from "./session/commands.ts";
import { useReviewComments } from "./comments/review-comments.tsx";
import { ReviewFileHeader } from "./review-file-header.tsx";
import type { ReviewFile } from "#lib/contracts/diff.ts";
import { useReviewFind } from "./session/review-find.ts";
import { useReviewIssues } from "./data/review-findings.ts";
import { useReviewFindings } from "./findings/review-findings.tsx";
import { buildHunkActions } from "./session/review-hunks.tsx";
import { useReviewNavigation } from "./session/place.ts";
import type { ReviewState, SetReviewState } from "./session/review-state.ts";
import { useReviewTexts } from "./data/review-texts.ts";
import { ReviewToolbar } from "./review-toolbar.tsx";
import { SiblingScoreboard } from "./versions/sibling-scoreboard.tsx";
import { buildSurfaceItems } from "./session/surface-items.ts";
import { SurfaceSkeleton } from "../diff-surface/surface-skeleton.tsx";
import { VersionPicker } from "./versions/version-picker.tsx";
import { ViewMenu } from "./view-menu.tsx";
import { whenDrawn } from "../diff-surface/when-drawn.ts";

// Few visits open them.
const CommentListDialog = lazyDialog(() =>
  import("./comments/comment-list-dialog.tsx").then((module) => module.CommentListDialog),
);
const KeyHelp = lazyDialog(() => import("../shell/key-help.tsx").then((module) => module.KeyHelp));

/** A comparison whose files are known: the list of files, the surface, and what a person does with both. */
export function LoadedReview({
  projectId,
  comparison: { base, head, files: filesByPath, keptCount, patches, viewed, isLarge },
  state,
  setState,
  title,
}: {
  projectId: ProjectId;
  comparison: Comparison;
  state: ReviewState;
  setState: SetReviewState;
  title: string;
}) {
  const surface = useRef<DiffSurfaceHandle>(null);
  const filterInput = useRef<HTMLInputElement>(null);
  const [opened, setOpened] = useState<ReviewPanel | null>(null);
  const [isSurfaceReady, setIsSurfaceReady] = useState(false);
  const [surfaceColumn, surfaceWidthPx] = useElementWidth("review-surface");
  const { view, isSplitPossible } = chooseView({ widthPx: surfaceWidthPx ?? 0, chosen: state.view });
  const { region, say } = useLiveRegion();
  const isAgainstParent = head.parentGenerationIds[0] === base.generationId;
  const pair = { base: base.generationId, head: head.generationId };

  const issues = useReviewIssues(head);
  const findingCounts = useMemo(
    () => new Map([...Map.groupBy(issues, ({ path }) => path)].map(([path, { length }]) => [path, length])),
    [issues],
  );
  const originOf = useMergeOrigins(head);
  const list = useListedFiles({
    files: filesByPath,
    state,
    setState,
    findings: findingCounts,
    originOf,
    viewedPaths: viewed.paths,
  });
  const { files, changed, shown } = list;
  const folding = useFoldedFiles({ files, viewedPaths: viewed.paths });
  const { folded, fold, toggle } = folding;
  const keptTexts = useKeptTexts({
    head: pair.head,
    paths: useMemo(
      () =>
        files.flatMap(({ status, isBinary, path }) =>
          status === "kept" && !isBinary && !folded.has(path) ? [path] : [],
        ),
      [files, folded],
    ),
  });
  const { items, notes } = useMemo(
    () =>
      buildSurfaceItems({
        versions: `${base.generationId} ${head.generationId} ${state.w ? "w" : ""}`,
        files: shown,
        patches: patches.byPath,
        keptTexts,
        collapsed: folded,
        hasFailed: patches.error !== null,
      }),
    [base.generationId, head.generationId, state.w, shown, patches.byPath, patches.error, keptTexts, folded],
  );
  const changes = useMemo(() => listChanges(items), [items]);
  const loadTexts = useReviewTexts({ ...pair, files });
  const fileByPath = useMemo(() => new Map<string, ReviewFile>(files.map((file) => [file.path, file])), [files]);
  const focusSurface = () => surface.current?.focus();
  const comments = useReviewComments({ base: pair.base, head, files, onFocusLost: focusSurface });

  // One file at a time is the current one, or the first. Of very many none is read before it is asked for.
  const onlyId = isLarge
    ? (state.file ?? "")
    : state.one
      ? (items.find(({ id }) => id === state.file) ?? items[0])?.id
      : undefined;
  const onSurface = useMemo(
    () => (onlyId === undefined ? items : items.filter(({ id }) => id === onlyId)),
    [items, onlyId],
  );
  const linkedLines = readLinkedLines({ file: state.file, lines: state.L });
  const navigation = useReviewNavigation({
    surface,
    files: shown,
    changes,
    areAllKnown: patches.isComplete,
    address: { file: state.file, lines: linkedLines },
    collapsed: folded,
    viewedPaths: viewed.paths,
    isOnSurface: (path) => onlyId === undefined || path === onlyId,
    reveal: (path) => {
      fold({ paths: [path], isFolded: false });
      if (!shown.some((file) => file.path === path)) list.clear();
    },
    // A comment that the address names gives way to the place that one moves to.
    onAddress: ({ isJump, ...place }) =>
      void setState(
        { ...place, ...(comments.isLinkedAt(place) ? {} : { c: null }) },
        isJump ? { history: "push" } : {},
      ),
    say,
  });
  const { current, change, changeIndex, selection } = navigation;
  const find = useReviewFind({
    shown,
    patches: patches.byPath,
    query: state.q,
    currentPath: state.file,
    onQueryChange: (q) => void setState({ q: q === "" ? null : q }),
    onGoTo: navigation.goToPlace,
    onClosed: focusSurface,
  });
  const goToNote = useGoToNote({
    shown,
    navigation,
    onShowAll: ({ path }) => {
      list.clear();
      if (!fileByPath.has(path)) void setState({ kept: true });
    },
  });
  useLinkedPlace({
    address: { file: state.file, L: state.L },
    place: toLinkedPlace({ file: state.file, lines: linkedLines, comment: comments.linked }),
    isReady: isSurfaceReady && patches.isComplete,
    onGoTo: ({ path, lines }) => {
      if (lines !== null) goToNote(lines);
      else if (fileByPath.has(path)) navigation.showFile(path);
    },
  });

  const decisions = useReviewDecisions({ ...pair, changed, patches: patches.byPath });
  const { session, kept, oldLines } = decisions;
  const keepParent = useKeepParent({ projectId, base: pair.base, head, onMade: () => session.clear() });
  // Where white space is ignored, the hunks that are shown are not those of the texts.
  const canKeepHunks = keepParent.isPossible && !state.w;
  const makeVersion = () => keepParent.keep({ kept, files });

  const writeOnFile = ({ path, status }: ReviewFile) =>
    comments.write({ path, side: status === "deleted" ? "deletions" : "additions", first: 0, last: 0 });
  /** On the lines or the change that a person is at, or else on the file. */
  const writeComment = () => {
    const place = selection ?? change;
    if (place === null) return navigation.here === null ? undefined : writeOnFile(navigation.here);
    navigation.bringInSight(place);
    comments.write(place);
  };
  const leavePanel = () => {
    setOpened(null);
    focusSurface();
  };
  const listPlace = useFileListPlace({ opened, onOpen: setOpened, filterInput });
  const findings = useReviewFindings({ issues, files, navigation, goToNote, say });
  const { setViewed, setOneFile, decideLines, undoKept, clearKept } = useReviewCommands({
    navigation,
    list,
    viewed,
    folding,
    decisions,
    lineCountOf: (path) => patches.byPath.get(path)?.hunks.length ?? 0,
    canKeep: { files: keepParent.isPossible, hunks: canKeepHunks },
    comments,
    goToNote,
    stepFinding: findings.step,
    find,
    writeComment,
    view,
    state,
    setState,
    onOpen: setOpened,
    onLeave: () => opened === "reader" && leavePanel(),
    onFocusSurface: focusSurface,
    onToggleList: listPlace.toggle,
    onFilter: listPlace.filter,
    onMake: makeVersion,
    say,
  });

  const notesAtLines = useMemo(() => [...comments.notes, ...findings.notes], [comments.notes, findings.notes]);
  const itemById = useMemo(() => new Map(items.map((item) => [item.id, item])), [items]);
  const renderHeader = (id: string) => {
    const file = fileByPath.get(id);
    if (file === undefined) return null;
    const { path, status } = file;
    return (
      <ReviewFileHeader
        projectId={projectId}
        {...pair}
        file={file}
        note={notes.get(id)}
        hasLines={!file.isBinary && patches.byPath.get(path)?.hunks.length !== 0}
        isFolded={folded.has(id)}
        onToggle={() => toggle(path)}
        isViewed={viewed.paths.has(path)}
        onViewedChange={(isViewed) => setViewed({ file, isViewed })}
        origin={isAgainstParent ? describeOrigin({ kind: head.kind, status, path, mergeOriginOf: originOf }) : null}
        findings={findings.byPath.get(path) ?? []}
        onGoToFinding={findings.goTo}
        seenIn={viewed.seenIn.get(path)}
        onRetry={patches.error !== null && status !== "kept" && !patches.byPath.has(path) ? patches.retry : null}
        isKept={kept.get(path) === "file"}
        onKeep={
          keepParent.isPossible && status !== "kept"
            ? () => session.decide({ paths: [path], decision: kept.get(path) === "file" ? "take" : "old" })
            : null
        }
        onComment={() => writeOnFile(file)}
        fileNotes={
          itemById.get(id)?.isCollapsed === true ? (
            <>
              {comments.renderFileNotes(path)}
              {findings.renderFileNotes(path)}
            </>
          ) : null
        }
      />
    );
  };

  return (
    <>
      <ReviewToolbar
        picker={<VersionPicker projectId={projectId} base={base} head={head} />}
        summary={
          isAgainstParent && head.counts !== null
            ? formatLedger(head.counts)
            : `${changed.length} files differ, ${keptCount} are the same`
        }
        changed={changed}
        viewedCount={changed.length - list.unviewed.length}
        view={view}
        isSplitPossible={isSplitPossible}
        onViewChange={(next) => void setState({ view: next })}
        viewMenu={
          <ViewMenu
            state={state}
            setState={setState}
            keptCount={keptCount}
            onOneFileChange={setOneFile}
            isListShown={listPlace.isBeside ? listPlace.isOpen : null}
            onListShownChange={listPlace.toggle}
          />
        }
        actions={
          <ReviewActions
            unsentCount={comments.unsent.length}
            commentCount={comments.entries.length}
            onOpenComments={() => setOpened("comments")}
            onOpenList={listPlace.isBeside ? null : () => setOpened("list")}
            onFind={find.open}
            onHelp={() => setOpened("help")}
            onComment={selection === null ? null : writeComment}
          />
        }
      />
      {files.length > 0 && (
        <ReviewBrief
          {...pair}
          projectId={projectId}
          onGoTo={(path) => goToNote({ path, side: "additions", first: 0, last: 0 })}
          onFilter={(status) => void setState({ status: [status] })}
        />
      )}
      <NewerVersionNotice projectId={projectId} reviewed={head} />
      {isLarge && (
        <p className="border-b bg-surface px-3 py-1 text-sm text-muted">
          {formatCount(changed.length)} files differ, so each is read when you choose it. Find looks in those that were
          read.
        </p>
      )}
      {areSiblings(base, head) && <SiblingScoreboard base={base} head={head} />}
      {find.isOpen && <FindBar {...find.bar} onShowHidden={list.clear} />}
      {[
        { error: keepParent.error },
        { error: patches.error, onRetry: patches.retry },
        { error: comments.error, onRetry: comments.retry },
      ].map(
        (each, index) =>
          each.error !== null && (
            <div key={index} className="p-2">
              <ErrorState {...each} />
            </div>
          ),
      )}
      {files.length === 0 ? (
        <IdenticalVersions
          projectId={projectId}
          base={base}
          head={head}
          keptCount={keptCount}
          onShowKept={() => void setState({ kept: true })}
        />
      ) : (
        <div className="flex min-h-0 flex-1">
          <FileListPlace {...listPlace}>
            <FileList
              list={list}
              state={state}
              setState={setState}
              current={current?.path ?? null}
              filterInput={filterInput}
              onFilterLeave={(file) => {
                listPlace.leave();
                if (file !== null) navigation.goToFile(file, { isJump: true });
                whenDrawn(focusSurface);
              }}
              isMerge={originOf !== null}
              commentCounts={comments.countByPath}
              findings={findingCounts}
              viewedPaths={viewed.paths}
              onSelect={(file) => {
                listPlace.leave();
                navigation.goToFile(file, { isJump: true });
              }}
            />
          </FileListPlace>
          <div ref={surfaceColumn} className="flex min-w-0 flex-1 flex-col">
            <KeptTray
              kept={kept}
              projectId={projectId}
              head={head}
              isPending={keepParent.isPending}
              onMake={makeVersion}
              onUndo={undoKept}
              onClear={clearKept}
            />
            {shown.length === 0 && <NoFileFits onClear={list.clear} />}
            <div className="min-h-0 flex-1">
              {surfaceWidthPx === null ? (
                <SurfaceSkeleton />
              ) : (
                <LazyDiffSurface
                  fallback={<SurfaceSkeleton />}
                  handle={surface}
                  items={onSurface}
                  view={view}
                  isWrapped={state.wrap}
                  label={`Differences of ${title}`}
                  selection={selection === null ? null : { ...selection, id: selection.path }}
                  notes={notesAtLines}
                  renderNote={(note) => findings.renderNote(note) ?? comments.renderNote(note)}
                  found={find.found}
                  onLineClick={navigation.selectLine}
                  onCommentAt={({ id, side, first, last }) => {
                    const place = { path: id as FilePath, side, first, last };
                    navigation.select(place);
                    comments.write(place);
                  }}
                  loadTexts={loadTexts}
                  onFilesInView={navigation.followScroll}
                  onReady={() => setIsSurfaceReady(true)}
                  hunkActions={buildHunkActions({
                    navigation,
                    changes,
                    old: oldLines,
                    onToggle: canKeepHunks
                      ? ({ path, hunk }) =>
                          decideLines({
                            path,
                            hunk,
                            decision: oldLines.get(path)?.has(hunk) === true ? "take" : "old",
                          })
                      : null,
                    onComment: comments.write,
                    onAddress: setState,
                  })}
                  renderHeader={renderHeader}
                />
              )}
            </div>
          </div>
        </div>
      )}
      {navigation.isAtLines && <LineLevelHint />}
      {opened === "reader" && change !== null && (
        <ChangeReader
          path={change.path}
          hunk={change.hunk}
          position={`${changeIndex + 1} of ${navigation.changes.length}`}
          onStep={navigation.stepChange}
          onGoTo={({ side, line }) => {
            navigation.goToPlace({ path: change.path, side, first: line, last: line });
            focusSurface();
          }}
          onClose={leavePanel}
        />
      )}
      <LiveRegion region={region} label="Where you are" />
      {opened === "comments" && (
        <CommentListDialog
          notes={comments.entries}
          onGoTo={({ place }) => goToNote(place)}
          onClose={() => setOpened(null)}
        />
      )}
      {opened === "help" && <KeyHelp groups={keysInReview} onClose={() => setOpened(null)} />}
    </>
  );
}
