"use client";

import { Undo2 } from "lucide-react";
import dynamic from "next/dynamic";
import { useCallback, useMemo, useRef, useState } from "react";
import type { FilePath, ProjectId } from "#lib/contracts/ids.ts";
import { formatLedger } from "../generation/format-ledger.ts";
import { compareHref, filesHref } from "../project/project-href.ts";
import { Button } from "../ui/button.tsx";
import { copyLink } from "../ui/copy-link.ts";
import { EmptyState } from "../ui/empty-state.tsx";
import { ErrorState } from "../ui/error-state.tsx";
import { useIsAtLeast } from "../ui/window-width.ts";
import { ChangeReader } from "./change-reader.tsx";
import type { Comparison } from "./comparison.ts";
import type { DiffSurfaceHandle, HunkTarget } from "./diff-surface.tsx";
import { FileHeader } from "./file-header.tsx";
import { FileList } from "./file-list.tsx";
import { FindBar } from "./find-bar.tsx";
import { useFoldedFiles } from "./folded-files.ts";
import { ImagePair, readMediaType } from "./image-pair.tsx";
import { useKeepParent } from "./keep-parent.ts";
import { useKeptLines } from "./kept-lines.ts";
import { useKeptTexts } from "./kept-texts.ts";
import { KeptTray } from "./kept-tray.tsx";
import { LazyDiffSurface } from "./lazy-diff-surface.tsx";
import { LineLevelHint } from "./line-level-hint.tsx";
import { useLinkedPlace } from "./linked-place.ts";
import { NewerVersionNotice } from "./newer-version-notice.tsx";
import { ReviewActions } from "./review-actions.tsx";
import { listChanges } from "./review-changes.ts";
import { useReviewComments } from "./review-comments.tsx";
import type { ReviewFile } from "./review-files.ts";
import { useReviewFind } from "./review-find.ts";
import { useReviewKeys } from "./review-keys.ts";
import { useReviewNavigation } from "./review-navigation.ts";
import type { useReviewState } from "./review-state.ts";
import { useReviewTexts } from "./review-texts.ts";
import { ReviewToolbar } from "./review-toolbar.tsx";
import { buildSurfaceItems } from "./surface-items.ts";
import { SurfaceSkeleton } from "./surface-skeleton.tsx";
import { VersionPicker } from "./version-picker.tsx";
import { whenDrawn } from "./when-drawn.ts";

// Few visits open it.
const ReviewHelp = dynamic(() => import("./review-help.tsx").then((module) => module.ReviewHelp), { ssr: false });

/** Narrower than this, two columns of code leave no room for either. */
const splitMinWidthPx = 900;

/** A comparison whose files are known: the list of files, the surface, and what a person does with both. */
export function LoadedReview({
  projectId,
  comparison: { base, head, files, keptCount, patches, viewed },
  state,
  setState,
  title,
}: {
  projectId: ProjectId;
  comparison: Comparison;
  state: ReturnType<typeof useReviewState>[0];
  setState: ReturnType<typeof useReviewState>[1];
  title: string;
}) {
  const surface = useRef<DiffSurfaceHandle>(null);
  const [filter, setFilter] = useState("");
  const [opened, setOpened] = useState<"help" | "reader" | "list" | null>(null);
  const [isSurfaceReady, setIsSurfaceReady] = useState(false);
  const isWide = useIsAtLeast(splitMinWidthPx);
  const view = isWide ? (state.view ?? "split") : "unified";
  const pair = { base: base.generationId, head: head.generationId };

  const changed = useMemo(() => files.filter(({ status }) => status !== "kept"), [files]);
  const shown = useMemo(() => (state.status.length === 0 ? files : files.filter(({ status }) => status !== "kept" && state.status.includes(status))), [files, state.status]);
  const listed = shown.filter(({ path }) => path.toLowerCase().includes(filter.trim().toLowerCase()) && (state.viewed !== "0" || !viewed.paths.has(path)));
  const unviewed = changed.filter(({ path }) => !viewed.paths.has(path));
  const { folded, fold, toggle, followMark } = useFoldedFiles({ files, viewedPaths: viewed.paths });
  const keptTexts = useKeptTexts({ head: pair.head, paths: useMemo(() => files.flatMap(({ status, isBinary, path }) => (status === "kept" && !isBinary && !folded.has(path) ? [path] : [])), [files, folded]) });
  const { items, notes } = useMemo(
    () => buildSurfaceItems({ versions: `${base.generationId} ${head.generationId} ${state.w ? "w" : ""}`, files: shown, patches: patches.byPath, keptTexts, collapsed: folded, hasFailed: patches.error !== null }),
    [base.generationId, head.generationId, state.w, shown, patches.byPath, patches.error, keptTexts, folded],
  );
  const changes = useMemo(() => listChanges(items), [items]);
  const loadTexts = useReviewTexts({ ...pair, files });

  // One file at a time is the current one, or the first.
  const onlyId = state.one ? (items.find(({ id }) => id === state.file) ?? items[0])?.id : undefined;
  const onSurface = useMemo(() => (onlyId === undefined ? items : items.filter(({ id }) => id === onlyId)), [items, onlyId]);
  const navigation = useReviewNavigation({
    surface,
    files,
    changes,
    currentPath: state.file,
    collapsed: folded,
    isOnSurface: (path) => onlyId === undefined || path === onlyId,
    unfold: (path) => fold({ paths: [path], isFolded: false }),
    onAddress: (place) => void setState(place),
  });
  const { current, change, changeIndex, selection } = navigation;
  const comments = useReviewComments({ ...pair, onClosed: () => surface.current?.focus() });
  const find = useReviewFind({ changes, query: state.q, onQueryChange: (q) => void setState({ q: q === "" ? null : q }), onGoTo: navigation.goToPlace });
  useLinkedPlace({ file: state.file, lines: state.L, changes, isReady: isSurfaceReady && patches.isComplete, onGoTo: navigation.goToPlace });

  const kept = useKeptLines();
  const keepParent = useKeepParent({ projectId, base: pair.base, head, onMade: kept.clear });
  // Where white space is ignored, the hunks that are shown are not those of the texts.
  const canKeepHunks = keepParent.isPossible && !state.w;

  const setOneFile = (isOn: boolean) => {
    void setState({ one: isOn });
    if (current !== null) whenDrawn(() => surface.current?.scrollToFile(current.path));
  };
  const setViewed = ({ file, isViewed }: { file: ReviewFile; isViewed: boolean }) => {
    viewed.setViewed({ path: file.path, isViewed });
    followMark(file.path);
  };
  const writeComment = () => {
    const place = selection ?? change ?? changes.find(({ path }) => path === current?.path);
    if (place !== undefined) comments.write(place);
  };

  useReviewKeys({
    navigation,
    actions: {
      listed,
      unviewed,
      markViewed: () => {
        const file = current ?? changed[0];
        if (file === undefined || file.status === "kept") return;
        setViewed({ file, isViewed: !viewed.paths.has(file.path) });
        const at = files.indexOf(file);
        navigation.goToFile(unviewed.find((other) => files.indexOf(other) > at) ?? unviewed.find((other) => other !== file));
      },
      keepHunk: () => {
        if (change !== null && canKeepHunks) kept.toggleHunk({ path: change.path, hunk: change.index });
      },
      keepFile: () => {
        if (current !== null && current.status !== "kept" && keepParent.isPossible) kept.toggleFile(current.path);
      },
      fold: () => current !== null && toggle(current.path),
      foldAll: () => fold({ paths: changed.map(({ path }) => path), isFolded: changed.some(({ path }) => !folded.has(path)) }),
      comment: writeComment,
      stepComment: (by) => {
        const next = comments.next({ from: selection, by, paths: files.map(({ path }) => path) });
        if (next !== null) navigation.goToPlace(next);
      },
      copyLink: () => void copyLink(),
      find,
      openReader: (by) => {
        setOpened("reader");
        navigation.stepChange(by);
      },
      closeReader: () => setOpened(null),
      toggleView: () => void setState({ view: view === "split" ? "unified" : "split" }),
      toggleWhitespace: () => void setState({ w: !state.w }),
      toggleWrap: () => void setState({ wrap: !state.wrap }),
      toggleOneFile: () => setOneFile(!state.one),
      openHelp: () => setOpened("help"),
    },
  });

  const fileByPath = useMemo(() => new Map<string, ReviewFile>(files.map((file) => [file.path, file])), [files]);
  const tellReady = useCallback(() => setIsSurfaceReady(true), []);
  const renderHeader = (id: string) => {
    const file = fileByPath.get(id);
    if (file === undefined) return null;
    const { path, status, previousPath } = file;
    const seenIn = viewed.seenIn.get(path);
    const isImage = file.isBinary && readMediaType(path) !== null;
    const isMissing = patches.error !== null && status !== "kept" && !patches.byPath.has(path);
    return (
      <FileHeader
        file={file}
        note={isImage && status !== "kept" ? undefined : notes.get(id)}
        isCollapsed={folded.has(id)}
        onToggle={() => toggle(path)}
        isViewed={viewed.paths.has(path)}
        onViewedChange={(isViewed) => setViewed({ file, isViewed })}
        openHref={filesHref({ projectId, generationId: status === "deleted" ? pair.base : pair.head, path })}
        changedSinceHref={seenIn === undefined ? null : `${compareHref({ projectId, base: seenIn, head: pair.head })}?file=${encodeURIComponent(path)}`}
        actions={
          <>
            {isMissing && (
              <Button size="sm" onClick={patches.retry}>
                Retry
              </Button>
            )}
            {keepParent.isPossible && status !== "kept" && (
              <Button size="sm" look={kept.choice.get(path) === "file" ? "secondary" : "ghost"} aria-pressed={kept.choice.get(path) === "file"} onClick={() => kept.toggleFile(path)}>
                <Undo2 aria-hidden />
                Keep the parent&apos;s
              </Button>
            )}
          </>
        }
      >
        {isImage && !folded.has(id) && (
          <ImagePair
            before={status === "added" || status === "kept" ? null : { generationId: pair.base, path: previousPath ?? path }}
            after={status === "deleted" ? null : { generationId: pair.head, path }}
          />
        )}
      </FileHeader>
    );
  };

  const isAgainstParent = head.parentGenerationIds[0] === base.generationId;
  return (
    <>
      <ReviewToolbar
        picker={<VersionPicker projectId={projectId} base={base} head={head} />}
        summary={isAgainstParent && head.counts !== null ? formatLedger(head.counts) : `${changed.length} files differ, ${keptCount} are the same`}
        additions={changed.reduce((sum, file) => sum + file.additions, 0)}
        deletions={changed.reduce((sum, file) => sum + file.deletions, 0)}
        viewedCount={changed.length - unviewed.length}
        fileCount={changed.length}
        view={view}
        isSplitPossible={isWide}
        onViewChange={(next) => void setState({ view: next })}
        ignoresWhitespace={state.w}
        onWhitespaceChange={(isOn) => void setState({ w: isOn })}
        isWrapped={state.wrap}
        onWrapChange={(isOn) => void setState({ wrap: isOn })}
        isOneFile={state.one}
        onOneFileChange={setOneFile}
        showsKept={state.kept}
        onKeptChange={(isOn) => void setState({ kept: isOn })}
        keptCount={keptCount}
        actions={
          <ReviewActions
            projectId={projectId}
            head={pair.head}
            unsentCount={comments.unsent.length}
            onOpenList={() => setOpened("list")}
            onFind={find.open}
            onHelp={() => setOpened("help")}
            onComment={selection === null ? null : writeComment}
          />
        }
      />
      <NewerVersionNotice projectId={projectId} reviewed={head} />
      {find.isOpen && <FindBar {...find.bar} />}
      {[keepParent.error, patches.error].map(
        (error, index) =>
          error !== null && (
            <div key={index} className="p-2">
              <ErrorState error={error} {...(error === patches.error ? { onRetry: patches.retry } : {})} />
            </div>
          ),
      )}
      {files.length === 0 ? (
        <div className="mx-auto w-full max-w-3xl px-4 py-6">
          <EmptyState title={`${title}: no file differs.`}>
            <p>{keptCount} files are the same on both sides. Switch on the kept files to see them.</p>
          </EmptyState>
        </div>
      ) : (
        <div className="grid min-h-0 flex-1 md:grid-cols-[260px_minmax(0,1fr)]">
          <FileList
            files={listed}
            current={current?.path ?? null}
            filter={filter}
            onFilterChange={setFilter}
            statuses={state.status}
            onStatusesChange={(status) => void setState({ status: status.length === 0 ? null : status })}
            viewedPaths={viewed.paths}
            unviewedCount={unviewed.length}
            isUnviewedOnly={state.viewed === "0"}
            onUnviewedOnlyChange={(isOn) => void setState({ viewed: isOn ? "0" : null })}
            isOpen={opened === "list"}
            onClose={() => setOpened(null)}
            onSelect={(file) => {
              setOpened(null);
              navigation.goToFile(file);
            }}
          />
          <LazyDiffSurface
            fallback={<SurfaceSkeleton />}
            handle={surface}
            items={onSurface}
            view={view}
            isWrapped={state.wrap}
            label={`Differences of ${title}`}
            selection={selection === null ? null : { id: selection.path, side: selection.side, first: selection.first, last: selection.last }}
            notes={comments.notes}
            renderNote={comments.renderNote}
            onLineClick={navigation.selectLine}
            loadTexts={loadTexts}
            onReady={tellReady}
            hunkActions={
              canKeepHunks
                ? { current: navigation.currentHunk, chosen: kept.hunks, onToggle: ({ id, hunk }: HunkTarget) => kept.toggleHunk({ path: id as FilePath, hunk }) }
                : null
            }
            renderHeader={renderHeader}
          />
        </div>
      )}
      {navigation.isAtLines && <LineLevelHint />}
      {opened === "reader" && change !== null && (
        <ChangeReader
          path={change.path}
          hunk={change.hunk}
          position={`${changeIndex + 1} of ${changes.length}`}
          onStep={navigation.stepChange}
          onGoTo={({ side, line }) => navigation.goToPlace({ path: change.path, side, first: line, last: line })}
          onClose={() => setOpened(null)}
        />
      )}
      <KeptTray choice={kept.choice} head={head} isPending={keepParent.isPending} onMake={() => keepParent.keep({ choice: kept.choice, files })} onUndo={kept.undo} onClear={kept.clear} />
      {opened === "help" && <ReviewHelp isOpen onOpenChange={() => setOpened(null)} />}
    </>
  );
}
