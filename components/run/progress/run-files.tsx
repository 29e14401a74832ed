"use client";

import { Check, CircleAlert, CirclePause, LoaderCircle } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { Badge } from "../../ui/badge.tsx";
import { cn } from "../../ui/class-names.ts";
import { LineCounts } from "../../ui/text/line-counts.tsx";
import type { GenerationId, RunId } from "#lib/contracts/ids.ts";
import type { RunEventStore } from "./run-event-store.ts";
import { DraftDiff } from "../texts/draft-diff.tsx";
import type { RunFileView } from "./followed/followed-files.ts";
import { StreamedEdits } from "../texts/streamed-edits.tsx";
import { StreamedText } from "../texts/streamed-text.tsx";

const operationWords = { write: "write", edit: "edit", delete: "delete", move: "move" };

const statusLooks = {
  writing: { icon: LoaderCircle, className: "animate-spin text-accent", word: "being written" },
  written: { icon: Check, className: "text-faint", word: "written, not applied yet" },
  done: { icon: Check, className: "text-positive", word: "applied" },
  failed: { icon: CircleAlert, className: "text-caution", word: "refused" },
  stopped: { icon: CirclePause, className: "text-faint", word: "stopped" },
};

/** Fits below the run's header, and leaves enough to read in low windows. */
const filesHeight = "md:h-[max(26rem,calc(var(--app-height)-22rem))] max-md:min-h-48";

/** The run and the version that the files belong to. */
type FilesOf = {
  runId: RunId;
  /** The version that the changes are compared with; null if there is none. */
  parentGenerationId: GenerationId | null;
};

/**
 * The files that the run writes, and the changes to one of them: its difference once it is complete. Follows the file
 * that is being written until the user selects a file, scrolls in it, or scrolls the list.
 */
export function RunFiles({
  store,
  files,
  isActive,
  ...filesOf
}: FilesOf & {
  store: RunEventStore;
  files: readonly RunFileView[];
  isActive: boolean;
}) {
  const [chosenPath, setChosenPath] = useState<string | null>(null);
  const [isScrolled, setIsScrolled] = useState(false);
  const current =
    files.find(({ path }) => path === chosenPath) ??
    files.findLast(({ status }) => status === "writing") ??
    files.at(-1);
  const list = useRef<HTMLUListElement>(null);
  const isFollowing = chosenPath === null && !isScrolled;
  useEffect(() => {
    if (isActive && isFollowing) showRow(list.current);
  }, [current?.path, files.length, isActive, isFollowing]);
  const totals = files.reduce(
    (sum, file) => ({ additions: sum.additions + file.additions, deletions: sum.deletions + file.deletions }),
    { additions: 0, deletions: 0 },
  );
  const follow = () => {
    setChosenPath(null);
    setIsScrolled(false);
  };
  return (
    <section aria-labelledby="run-files" className="overflow-hidden rounded-md border">
      <div className="flex h-9 items-center gap-3 border-b bg-surface px-3">
        <h2 id="run-files" className="flex-1 text-sm font-medium">
          {files.length === 0 ? "Files" : `${files.length} ${files.length === 1 ? "file" : "files"}`}
        </h2>
        {files.length > 0 && <LineCounts {...totals} />}
      </div>
      {current === undefined ? (
        <NoFile store={store} isActive={isActive} />
      ) : (
        <div className="grid md:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
          <ul
            ref={list}
            // Only the user's own scrolling sends this event.
            onWheel={() => setIsScrolled(true)}
            onTouchMove={() => setIsScrolled(true)}
            className={cn("relative overflow-y-auto max-md:max-h-72 max-md:border-b", filesHeight)}
          >
            {files.map((file) => (
              <li key={file.path}>
                <FileRow file={file} isShown={file.path === current.path} onChoose={() => setChosenPath(file.path)} />
              </li>
            ))}
          </ul>
          <FileText
            {...filesOf}
            store={store}
            file={current}
            isFollowing={isFollowing}
            onFollow={follow}
            onScroll={() => {
              if (isActive) setChosenPath(current.path);
            }}
            isActive={isActive}
          />
        </div>
      )}
    </section>
  );
}

/** Shown before the first file: the plan as it streams in, or the model's text before it writes. */
function NoFile({ store, isActive }: { store: RunEventStore; isActive: boolean }) {
  const isPlanning = store.planText.length > store.modelText.length;
  if (isActive && (isPlanning || store.modelText.length > 0))
    return (
      <div className={cn("overflow-hidden", filesHeight)}>
        <StreamedText
          key={isPlanning ? "plan" : "words"}
          store={store}
          stream={isPlanning ? store.planText : store.modelText}
          label={isPlanning ? "The plan, as it comes" : "What the model says"}
        />
      </div>
    );
  return (
    <p
      className={cn(
        "flex items-center justify-center px-4 text-center text-sm text-muted",
        isActive ? filesHeight : "h-12",
      )}
    >
      {isActive ? "Files appear here as the model writes them." : "The model wrote no file."}
    </p>
  );
}

/** Brings the row of the file that is shown into sight, within its list alone. */
function showRow(list: HTMLUListElement | null): void {
  const row = list?.querySelector<HTMLElement>("[aria-pressed=true]");
  if (list === null || row == null) return;
  const { offsetTop, offsetHeight } = row;
  if (offsetTop < list.scrollTop) list.scrollTop = offsetTop;
  else if (offsetTop + offsetHeight > list.scrollTop + list.clientHeight)
    list.scrollTop = offsetTop + offsetHeight - list.clientHeight;
}

function FileRow({ file, isShown, onChoose }: { file: RunFileView; isShown: boolean; onChoose: () => void }) {
  const { icon: Icon, className, word } = statusLooks[file.status];
  return (
    <button
      type="button"
      onClick={onChoose}
      aria-pressed={isShown}
      className={cn(
        "flex min-h-8 w-full items-center gap-2 px-3 py-1 text-left text-sm -outline-offset-2 hover:bg-hover",
        isShown && "bg-hover",
      )}
    >
      <Icon aria-hidden className={cn("size-4 shrink-0", className)} />
      <RunFilePath file={file} className="flex-1" />
      <span className="sr-only">{`${operationWords[file.operation]}, ${word}`}</span>
      <LineCounts additions={file.additions} deletions={file.deletions} />
    </button>
  );
}

/** The folder is truncated before the name; a move shows its source. */
function RunFilePath({ file, className }: { file: RunFileView; className?: string }) {
  const { path, previousPath, operation } = file;
  const cut = path.lastIndexOf("/") + 1;
  return (
    <span
      className={cn("flex min-w-0 font-mono text-xs", operation === "delete" && "line-through", className)}
      title={previousPath === undefined ? path : `${previousPath} → ${path}`}
    >
      <span className="sr-only">{path}</span>
      {previousPath !== undefined && (
        <span aria-hidden className="min-w-0 shrink-[9999] truncate text-faint">
          {previousPath.slice(previousPath.lastIndexOf("/") + 1)} →{" "}
        </span>
      )}
      <span aria-hidden className="min-w-0 shrink-[9999] truncate text-muted">
        {path.slice(0, cut)}
      </span>
      <span aria-hidden className="min-w-0 truncate">
        {path.slice(cut)}
      </span>
    </span>
  );
}

function FileText({
  runId,
  parentGenerationId,
  store,
  file,
  isFollowing,
  onFollow,
  onScroll,
  isActive,
}: FilesOf & {
  store: RunEventStore;
  file: RunFileView;
  isFollowing: boolean;
  onFollow: () => void;
  /** The user scrolled in the text, so it must not move. */
  onScroll: () => void;
  isActive: boolean;
}) {
  const text =
    file.operation === "edit" ? (
      <StreamedEdits key={file.path} store={store} path={file.path} isFollowing={isActive} />
    ) : file.operation === "write" ? (
      <StreamedText
        key={file.path}
        store={store}
        stream={store.files.text(file.path)}
        label={`Text written for ${file.path}`}
      />
    ) : (
      <p className="flex h-96 items-center justify-center px-4 text-center text-sm text-muted">
        {file.operation === "delete" ? "This file is deleted." : "This file is moved; its text is unchanged."}
      </p>
    );
  return (
    <div className="min-w-0 md:border-l" onWheel={onScroll} onTouchMove={onScroll}>
      <div className="flex min-h-9 flex-wrap items-center gap-2 border-b px-3 py-1">
        <RunFilePath file={file} className="flex-1" />
        <Badge tone={file.status === "writing" ? "accent" : "neutral"}>
          {file.status === "done" ? "raw answer" : "draft"}
        </Badge>
        {isActive && !isFollowing && (
          <button type="button" onClick={onFollow} className="h-6 rounded-sm px-1 text-xs text-accent hover:underline">
            Follow
          </button>
        )}
      </div>
      {file.problem !== null && (
        <p className="border-b bg-caution-surface px-3 py-1.5 text-xs text-caution">Refused: {file.problem}</p>
      )}
      {parentGenerationId !== null && (file.status === "written" || file.status === "done") ? (
        <DraftDiff
          key={file.path}
          runId={runId}
          parentGenerationId={parentGenerationId}
          file={file}
          operations={store.files.operations(file.path)}
        >
          {text}
        </DraftDiff>
      ) : (
        text
      )}
    </div>
  );
}
