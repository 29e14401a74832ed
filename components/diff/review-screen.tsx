"use client";

import { useQuery } from "@tanstack/react-query";
import { Undo2 } from "lucide-react";
import dynamic from "next/dynamic";
import Link from "next/link";
import { useMemo, useRef, useState, useSyncExternalStore } from "react";
import type { GenerationOutput } from "#lib/contracts/generation.ts";
import type { FilePath, GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { formatLedger } from "../generation/format-ledger.ts";
import { filesHref, generationHref } from "../project/project-href.ts";
import { Button, buttonClass } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { ErrorState } from "../ui/error-state.tsx";
import { useHotkeys } from "../ui/hotkeys.ts";
import { PageTitle } from "../ui/page-title.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import type { DiffSide, DiffSurfaceHandle, DiffSurfaceItem, HunkTarget } from "./diff-surface.tsx";
import { FileHeader } from "./file-header.tsx";
import { FileList } from "./file-list.tsx";
import { useKeepParent } from "./keep-parent.ts";
import { nothingKept, toggleFile, toggleHunk } from "./kept-choice.ts";
import type { KeptChoice } from "./kept-choice.ts";
import { KeptTray } from "./kept-tray.tsx";
import { findFirstChange, findLastChange, parseHunks } from "./parse-hunks.ts";
import { useReviewFiles, useReviewPatches } from "./review-files.ts";
import type { ReviewFile } from "./review-files.ts";
import { ReviewHelp } from "./review-help.tsx";
import { useReviewState } from "./review-state.ts";
import { ReviewToolbar } from "./review-toolbar.tsx";
import { VersionPicker } from "./version-picker.tsx";
import { useViewedFiles } from "./viewed-files.ts";

/** Loaded when a review is opened: the surface and its colours are the largest part of the product's code. */
const DiffSurface = dynamic(() => import("./diff-surface.tsx").then((module) => module.DiffSurface), { ssr: false, loading: () => <SurfaceSkeleton /> });

/** Narrower than this, two columns of code leave no room for either. */
const splitMinWidthPx = 900;

function subscribeToWidth(onChange: () => void): () => void {
  window.addEventListener("resize", onChange);
  return () => window.removeEventListener("resize", onChange);
}

/** The review of a version against its parent. */
export function ParentReviewScreen({ projectId, generationId }: { projectId: ProjectId; generationId: GenerationId }) {
  const trpc = useTRPC();
  const generation = useQuery(trpc.generation.get.queryOptions({ generationId }));
  if (generation.error !== null) {
    return (
      <div className="p-4">
        <ErrorState error={generation.error} onRetry={() => void generation.refetch()} />
      </div>
    );
  }
  if (generation.data === undefined) return <SurfaceSkeleton />;
  const [parentId] = generation.data.parentGenerationIds;
  if (parentId === undefined) {
    return (
      <div className="mx-auto max-w-3xl px-4 py-6">
        <PageTitle text={`Review v${generation.data.version}`} />
        <h1 className="mb-4 text-xl font-semibold">v{generation.data.version} has no parent</h1>
        <EmptyState
          title="The first version has nothing to be compared with."
          action={
            <Link href={filesHref({ projectId, generationId })} className={buttonClass({ look: "primary" })}>
              Read its files
            </Link>
          }
        />
      </div>
    );
  }
  return <ReviewScreen projectId={projectId} base={parentId} head={generationId} />;
}

/** Any two versions of a project, file by file. */
export function ReviewScreen({ projectId, base, head }: { projectId: ProjectId; base: GenerationId; head: GenerationId }) {
  const trpc = useTRPC();
  const [state, setState] = useReviewState();
  const versions = useQuery(trpc.generation.list.queryOptions({ projectId, limit: 1_000 }));
  const { files, keptCount, error, retry } = useReviewFiles({ base, head, showsKept: state.kept });
  const known = versions.data?.items ?? [];
  const nameOf = (id: GenerationId) => {
    const version = known.find(({ generationId }) => generationId === id)?.version;
    return version === undefined ? "a version" : `v${version}`;
  };
  const title = `${nameOf(head)} against ${nameOf(base)}`;
  return (
    <div className="flex h-[calc(100dvh-77px)] min-h-96 flex-col max-md:h-[calc(100dvh-125px)]">
      <PageTitle text={`Review ${title}`} />
      <h1 className="sr-only">Review of {title}</h1>
      {error !== null ? (
        <div className="p-4">
          <ErrorState error={error} onRetry={retry} />
        </div>
      ) : files === null || versions.data === undefined ? (
        <SurfaceSkeleton />
      ) : (
        <LoadedReview projectId={projectId} base={base} head={head} versions={known} files={files} keptCount={keptCount} state={state} setState={setState} title={title} />
      )}
    </div>
  );
}

function LoadedReview({
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
  const listed = files.filter(({ path }) => path.toLowerCase().includes(filter.trim().toLowerCase()));
  const collapsed = useMemo(() => new Set<string>(files.filter((file) => toggled.has(file.path) !== startsFolded(file)).map(({ path }) => path)), [files, toggled]);
  const patches = useReviewPatches({ base, head, files, ignoreWhitespace: state.w, collapsed });
  const headVersion = versions.find(({ generationId }) => generationId === head);
  const [kept, setKept] = useState<KeptChoice>(nothingKept);
  /** The choices before, for Undo. */
  const [keptBefore, setKeptBefore] = useState<KeptChoice[]>([]);
  const [change, setChange] = useState<Change | null>(null);
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
  const goToChange = (by: 1 | -1) => {
    const from = change === null ? -1 : changes.findIndex(({ path, hunk }) => path === change.path && hunk === change.hunk);
    const next = changes[change === null ? (by === 1 ? 0 : changes.length - 1) : from + by];
    if (next === undefined) return;
    setChange(next);
    void setState({ file: next.path });
    surface.current?.scrollToLine({ id: next.path, line: next.first, side: next.side });
  };
  const currentHunk = useMemo(() => (change === null ? null : { id: change.path, hunk: change.hunk }), [change]);
  const hunkActions = canKeepHunks
    ? {
        current: currentHunk,
        chosen: keptHunks,
        onSelect: ({ id, hunk }: HunkTarget) => setChange(changes.find((each) => each.path === id && each.hunk === hunk) ?? null),
        onToggle: ({ id, hunk }: HunkTarget) => choose(toggleHunk({ choice: kept, path: id as FilePath, hunk })),
      }
    : null;
  const keepFile = (file: ReviewFile) => choose(toggleFile({ choice: kept, path: file.path }));

  useHotkeys({
    n: () => goToChange(1),
    p: () => goToChange(-1),
    r: () => {
      if (change !== null && canKeepHunks) choose(toggleHunk({ choice: kept, path: change.path, hunk: change.hunk }));
    },
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
          <Button size="sm" look="ghost" aria-label="Keys" onClick={() => setIsHelpOpen(true)}>
            ?
          </Button>
          <Link href={`${generationHref({ projectId, generationId: head })}?iterate=1`} className={buttonClass({ size: "sm" })}>
            Iterate
          </Link>
        </>
      }
    />
  );

  return (
    <>
      {toolbar}
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
          <FileList files={listed} current={current?.path ?? null} filter={filter} onFilterChange={setFilter} isViewed={viewed.isViewed} onSelect={goTo} />
          <DiffSurface
            handle={surface}
            items={patches.items}
            view={view}
            isWrapped={state.wrap}
            label={`Differences of ${title}`}
            selection={change === null ? null : { id: change.path, side: change.side, first: change.first, last: change.last }}
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
      <ReviewHelp isOpen={isHelpOpen} onOpenChange={setIsHelpOpen} />
    </>
  );
}

/** A hunk of one file, with the side and lines that stand for it. */
type Change = { path: FilePath; hunk: number; side: DiffSide; first: number; last: number };

function listChanges(items: readonly DiffSurfaceItem[]): Change[] {
  return items.flatMap((item) => {
    if (item.type !== "patch" || item.isCollapsed) return [];
    return parseHunks(item.patch).map((hunk, index): Change => {
      const { side, line } = findLastChange(hunk);
      return { path: item.id as FilePath, hunk: index, side, first: findFirstChange({ hunk, side }) ?? line, last: line };
    });
  });
}

function startsFolded(file: ReviewFile): boolean {
  return file.status === "kept";
}

function SurfaceSkeleton() {
  return (
    <div className="flex flex-col gap-3 p-3" aria-busy>
      <Skeleton className="h-8 w-full" />
      <Skeleton className="h-64 w-full" />
      <Skeleton className="h-64 w-full" />
    </div>
  );
}
