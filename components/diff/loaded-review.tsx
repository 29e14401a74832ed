"use client";

import { MessageSquare, Search, Undo2 } from "lucide-react";
import dynamic from "next/dynamic";
import Link from "next/link";
import { useMemo, useRef, useState, useSyncExternalStore } from "react";
import type { GenerationOutput } from "#lib/contracts/generation.ts";
import type { FilePath, GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import { formatLedger } from "../generation/format-ledger.ts";
import { filesHref, generationHref } from "../project/project-href.ts";
import { Button, buttonClass } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { ErrorState } from "../ui/error-state.tsx";
import { useHotkeys } from "../ui/hotkeys.ts";
import type { DiffSide, DiffSurfaceHandle, HunkTarget } from "./diff-surface.tsx";
import { FileHeader } from "./file-header.tsx";
import { FileList } from "./file-list.tsx";
import { useKeepParent } from "./keep-parent.ts";
import { nothingKept, toggleFile, toggleHunk } from "./kept-choice.ts";
import type { KeptChoice } from "./kept-choice.ts";
import { ChangeReader } from "./change-reader.tsx";
import { FindBar } from "./find-bar.tsx";
import { useLinkedPlace } from "./linked-place.ts";
import { formatLines, listChanges } from "./review-changes.ts";
import type { Change, Place } from "./review-changes.ts";
import { useReviewComments } from "./review-comments.tsx";
import { useReviewFind } from "./review-find.ts";
import { useReviewTexts } from "./review-texts.ts";
import { KeptTray } from "./kept-tray.tsx";
import { useReviewPatches } from "./review-files.ts";
import type { ReviewFile } from "./review-files.ts";
import type { useReviewState } from "./review-state.ts";
import { ReviewToolbar } from "./review-toolbar.tsx";
import { VersionPicker } from "./version-picker.tsx";
import { useViewedFiles } from "./viewed-files.ts";
import { SurfaceSkeleton } from "./surface-skeleton.tsx";
import { showToast } from "../ui/toast.ts";


/** Loaded when a review is opened: the surface and its colours are the largest part of the product's code. */
const DiffSurface = dynamic(() => import("./diff-surface.tsx").then((module) => module.DiffSurface), { ssr: false, loading: () => <SurfaceSkeleton /> });

// Few visits open it.
const ReviewHelp = dynamic(() => import("./review-help.tsx").then((module) => module.ReviewHelp), { ssr: false });

/** Narrower than this, two columns of code leave no room for either. */
const splitMinWidthPx = 900;

function subscribeToWidth(onChange: () => void): () => void {
  window.addEventListener("resize", onChange);
  return () => window.removeEventListener("resize", onChange);
}

/** A comparison whose files are known: the list of files, the surface, and what a person does with both. */
export function LoadedReview({
  projectId,
  base,
  head,
  versions,
  files,
  keptCount,
  state,
  setState,
  title,
}: {
  projectId: ProjectId;
  base: GenerationId;
  head: GenerationId;
  versions: GenerationOutput[];
  files: ReviewFile[];
  keptCount: number | null;
  state: ReturnType<typeof useReviewState>[0];
  setState: ReturnType<typeof useReviewState>[1];
  title: string;
}) {
  const surface = useRef<DiffSurfaceHandle>(null);
  const viewed = useViewedFiles();
  const [filter, setFilter] = useState("");
  const [isHelpOpen, setIsHelpOpen] = useState(false);
  /** Files whose fold differs from how they start: changed ones open, viewed and kept ones folded. */
  const [toggled, setToggled] = useState<ReadonlySet<string>>(new Set());
  const isWide = useSyncExternalStore(subscribeToWidth, () => window.innerWidth >= splitMinWidthPx, () => true);
  const view = isWide ? (state.view ?? "split") : "unified";
  const changed = files.filter(({ status }) => status !== "kept");
  const shown = useMemo(() => (state.status.length === 0 ? files : files.filter(({ status }) => status !== "kept" && state.status.includes(status))), [files, state.status]);
  const listed = shown.filter(({ path }) => path.toLowerCase().includes(filter.trim().toLowerCase()));
  const collapsed = useMemo(() => new Set<string>(files.filter((file) => toggled.has(file.path) !== startsFolded(file)).map(({ path }) => path)), [files, toggled]);
  const patches = useReviewPatches({ base, head, files: shown, ignoreWhitespace: state.w, collapsed });
  const loadTexts = useReviewTexts({ base, head, files });
  const headVersion = versions.find(({ generationId }) => generationId === head);
  const [kept, setKept] = useState<KeptChoice>(nothingKept);
  /** The choices before, for Undo. */
  const [keptBefore, setKeptBefore] = useState<KeptChoice[]>([]);
  const [change, setChange] = useState<Change | null>(null);
  const [selection, setSelection] = useState<Place | null>(null);
  const [isReaderOpen, setIsReaderOpen] = useState(false);
  const [isSurfaceReady, setIsSurfaceReady] = useState(false);
  const [isListOpen, setIsListOpen] = useState(false);
  const keepParent = useKeepParent({ projectId, base, head: headVersion ?? null, onMade: () => clearKept() });
  const choose = (next: KeptChoice) => {
    setKeptBefore([...keptBefore, kept]);
    setKept(next);
  };
  const clearKept = () => {
    setKept(nothingKept);
    setKeptBefore([]);
  };
  // Where white space is ignored, the hunks that are shown are not those of the texts.
  const canKeepHunks = keepParent.isPossible && !state.w;
  const keptHunks = useMemo(() => new Map([...kept].flatMap(([path, value]) => (value === "file" ? [] : [[path as string, value] as const]))), [kept]);
  const current = files.find(({ path }) => path === state.file) ?? null;

  const toggle = (path: string) => {
    const next = new Set(toggled);
    if (!next.delete(path)) next.add(path);
    setToggled(next);
  };
  const goTo = (file: ReviewFile | undefined) => {
    if (file === undefined) return;
    void setState({ file: file.path });
    surface.current?.scrollToFile(file.path);
  };
  const step = ({ by, among }: { by: 1 | -1; among: ReviewFile[] }) => {
    const index = current === null ? -1 : files.indexOf(current);
    const ordered = by === 1 ? among.filter((file) => files.indexOf(file) > index) : among.filter((file) => index === -1 || files.indexOf(file) < index).reverse();
    goTo(ordered[0]);
  };
  const unviewed = changed.filter(({ pair }) => !viewed.isViewed(pair));
  const setViewed = ({ file, isViewed }: { file: ReviewFile; isViewed: boolean }) => {
    viewed.setViewed({ pair: file.pair, isViewed });
    if (isViewed !== collapsed.has(file.path)) toggle(file.path);
  };

  const changes = useMemo(() => listChanges(patches.items), [patches.items]);
  const goToPlace = (place: Place) => {
    setSelection(place);
    void setState({ file: place.path, L: formatLines(place) });
    if (!collapsed.has(place.path)) return surface.current?.scrollToLine({ id: place.path, line: place.first, side: place.side });
    toggle(place.path);
    // The lines are there after the file was drawn unfolded.
    requestAnimationFrame(() => requestAnimationFrame(() => surface.current?.scrollToLine({ id: place.path, line: place.first, side: place.side })));
  };
  const selectChange = (next: Change | undefined) => {
    if (next === undefined) return;
    setChange(next);
    goToPlace(next);
  };
  const changeIndex = change === null ? -1 : changes.findIndex(({ path, index }) => path === change.path && index === change.index);
  const stepChange = (by: 1 | -1) => selectChange(changes[changeIndex === -1 ? (by === 1 ? 0 : changes.length - 1) : changeIndex + by]);
  const currentHunk = useMemo(() => (change === null ? null : { id: change.path, hunk: change.index }), [change]);
  const comments = useReviewComments({ base, head });
  const find = useReviewFind({ changes, query: state.q, onQueryChange: (q) => void setState({ q: q === "" ? null : q }), onGoTo: goToPlace });
  useLinkedPlace({ file: state.file, lines: state.L, changes, isReady: isSurfaceReady && patches.isComplete, onGoTo: goToPlace });
  const hunkActions = canKeepHunks
    ? {
        current: currentHunk,
        chosen: keptHunks,
        onSelect: ({ id, hunk }: HunkTarget) => {
          const selected = changes.find((each) => each.path === id && each.index === hunk);
          if (selected === undefined) return;
          setChange(selected);
          setSelection(selected);
          void setState({ file: selected.path, L: formatLines(selected) });
        },
        onToggle: ({ id, hunk }: HunkTarget) => choose(toggleHunk({ choice: kept, path: id as FilePath, hunk })),
      }
    : null;
  const selectLine = ({ id, side, line, isExtended }: { id: string; side: DiffSide; line: number; isExtended: boolean }) => {
    const from = isExtended && selection?.path === id && selection.side === side ? selection.first : line;
    const place: Place = { path: id as FilePath, side, first: Math.min(from, line), last: Math.max(from, line) };
    setSelection(place);
    void setState({ file: place.path, L: formatLines(place) });
  };
  const keepFile = (file: ReviewFile) => choose(toggleFile({ choice: kept, path: file.path }));

  useHotkeys({
    n: () => stepChange(1),
    p: () => stepChange(-1),
    r: () => {
      if (change !== null && canKeepHunks) choose(toggleHunk({ choice: kept, path: change.path, hunk: change.index }));
    },
    c: (event) => {
      if (selection === null) return;
      event.preventDefault();
      comments.write(selection);
    },
    y: () => void copyLink(),
    "/": (event) => {
      event.preventDefault();
      find.open();
    },
    "$mod+KeyF": (event) => {
      // Pressed a second time, the browser's own search opens.
      if (find.hasFocus()) return;
      event.preventDefault();
      find.open();
    },
    F7: (event) => {
      event.preventDefault();
      setIsReaderOpen(true);
      stepChange(1);
    },
    "Shift+F7": (event) => {
      event.preventDefault();
      setIsReaderOpen(true);
      stepChange(-1);
    },
    Escape: () => setIsReaderOpen(false),
    "Shift+R": () => {
      if (current !== null && current.status !== "kept" && keepParent.isPossible) keepFile(current);
    },
    j: () => step({ by: 1, among: listed }),
    k: () => step({ by: -1, among: listed }),
    "]": () => step({ by: 1, among: unviewed }),
    "[": () => step({ by: -1, among: unviewed }),
    v: () => {
      const file = current ?? changed[0];
      if (file === undefined || file.status === "kept") return;
      setViewed({ file, isViewed: !viewed.isViewed(file.pair) });
      const at = files.indexOf(file);
      goTo(unviewed.find((other) => files.indexOf(other) > at) ?? unviewed.find((other) => other !== file));
    },
    e: () => {
      if (current !== null) toggle(current.path);
    },
    u: () => void setState({ view: view === "split" ? "unified" : "split" }),
    w: () => void setState({ w: !state.w }),
    z: () => void setState({ wrap: !state.wrap }),
    t: (event) => {
      event.preventDefault();
      document.getElementById("review-filter")?.focus();
    },
    "Shift+?": () => setIsHelpOpen(true),
  });

  const counts = headVersion?.parentGenerationIds[0] === base ? headVersion.counts : null;
  const toolbar = (
    <ReviewToolbar
      picker={<VersionPicker projectId={projectId} base={base} head={head} versions={versions} />}
      summary={counts === null ? `${changed.length} files differ, ${keptCount ?? 0} are the same` : formatLedger(counts)}
      additions={changed.reduce((sum, file) => sum + file.additions, 0)}
      deletions={changed.reduce((sum, file) => sum + file.deletions, 0)}
      viewedCount={changed.length - unviewed.length}
      fileCount={changed.length}
      view={view}
      onViewChange={(next) => void setState({ view: next })}
      ignoresWhitespace={state.w}
      onWhitespaceChange={(isOn) => void setState({ w: isOn })}
      isWrapped={state.wrap}
      onWrapChange={(isOn) => void setState({ wrap: isOn })}
      showsKept={state.kept}
      onKeptChange={(isOn) => void setState({ kept: isOn })}
      keptCount={keptCount}
      actions={
        <>
          <Button size="sm" look="ghost" className="md:hidden" onClick={() => setIsListOpen(true)}>
            Files
          </Button>
          <Button size="sm" look="ghost" onClick={find.open}>
            <Search aria-hidden />
            Find
          </Button>
          <Button size="sm" look="ghost" aria-label="Keys" onClick={() => setIsHelpOpen(true)}>
            ?
          </Button>
          {selection !== null && (
            <Button size="sm" look="ghost" onClick={() => comments.write(selection)}>
              <MessageSquare aria-hidden />
              Comment
            </Button>
          )}
          <Link href={`${generationHref({ projectId, generationId: head })}?iterate=1`} className={buttonClass({ size: "sm", ...(comments.unsent.length > 0 ? { look: "primary" as const } : {}) })}>
            {comments.unsent.length === 0 ? "Iterate" : `Iterate with ${comments.unsent.length === 1 ? "1 comment" : `${comments.unsent.length} comments`}`}
          </Link>
        </>
      }
    />
  );

  return (
    <>
      {toolbar}
      {find.isOpen && <FindBar {...find.bar} />}
      {keepParent.error !== null && (
        <div className="p-2">
          <ErrorState error={keepParent.error} />
        </div>
      )}
      {files.length === 0 ? (
        <div className="mx-auto w-full max-w-3xl px-4 py-6">
          <EmptyState title={`${title}: no file differs.`}>{keptCount !== null && <p>{keptCount} files are the same on both sides. Switch on the kept files to see them.</p>}</EmptyState>
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
            isViewed={viewed.isViewed}
            isOpen={isListOpen}
            onClose={() => setIsListOpen(false)}
            onSelect={(file) => {
              setIsListOpen(false);
              goTo(file);
            }}
          />
          <DiffSurface
            handle={surface}
            items={patches.items}
            view={view}
            isWrapped={state.wrap}
            label={`Differences of ${title}`}
            selection={selection === null ? null : { id: selection.path, side: selection.side, first: selection.first, last: selection.last }}
            notes={comments.notes}
            renderNote={comments.renderNote}
            onLineClick={selectLine}
            loadTexts={loadTexts}
            onReady={() => setIsSurfaceReady(true)}
            hunkActions={hunkActions}
            renderHeader={(id) => {
              const file = files.find(({ path }) => path === id);
              if (file === undefined) return null;
              return (
                <FileHeader
                  file={file}
                  note={patches.notes.get(id)}
                  isCollapsed={collapsed.has(id)}
                  onToggle={() => toggle(id)}
                  isViewed={viewed.isViewed(file.pair)}
                  onViewedChange={(isViewed) => setViewed({ file, isViewed })}
                  openHref={filesHref({ projectId, generationId: file.status === "deleted" ? base : head, path: file.path })}
                  actions={
                    keepParent.isPossible &&
                    file.status !== "kept" && (
                      <Button size="sm" look={kept.get(file.path) === "file" ? "secondary" : "ghost"} aria-pressed={kept.get(file.path) === "file"} onClick={() => keepFile(file)}>
                        <Undo2 aria-hidden />
                        Keep the parent&apos;s
                      </Button>
                    )
                  }
                />
              );
            }}
          />
        </div>
      )}
      {isReaderOpen && change !== null && (
        <ChangeReader
          path={change.path}
          hunk={change.hunk}
          position={`${changeIndex + 1} of ${changes.length}`}
          onStep={stepChange}
          onGoTo={({ side, line }) => goToPlace({ path: change.path, side, first: line, last: line })}
          onClose={() => setIsReaderOpen(false)}
        />
      )}
      {headVersion !== undefined && (
        <KeptTray
          choice={kept}
          head={headVersion}
          isPending={keepParent.isPending}
          onMake={() => keepParent.keep({ choice: kept, files })}
          onUndo={() => {
            setKept(keptBefore.at(-1) ?? nothingKept);
            setKeptBefore(keptBefore.slice(0, -1));
          }}
          onClear={clearKept}
        />
      )}
      {isHelpOpen && <ReviewHelp isOpen={isHelpOpen} onOpenChange={setIsHelpOpen} />}
    </>
  );
}

async function copyLink(): Promise<void> {
  try {
    await navigator.clipboard.writeText(window.location.href);
    void showToast({ kind: "success", text: "The link to this place is copied." });
  } catch {
    void showToast({ kind: "error", text: "The browser did not allow copying. The link stands in the address bar." });
  }
}

function startsFolded(file: ReviewFile): boolean {
  return file.status === "kept";
}
