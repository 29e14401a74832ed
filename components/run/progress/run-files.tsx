"use client";

import { Check, CircleAlert, CirclePause, LoaderCircle } from "lucide-react";
import { useState } from "react";
import { Badge } from "../../ui/badge.tsx";
import { cn } from "../../ui/class-names.ts";
import { LineCounts } from "../../ui/line-counts.tsx";
import type { RunEventStore } from "./run-event-store.ts";
import type { RunFileView } from "./run-progress.ts";
import { StreamedText } from "./streamed-text.tsx";

const operationWords = { write: "write", edit: "edit", delete: "delete", move: "move" };

const statusLooks = {
  writing: { icon: LoaderCircle, className: "animate-spin text-accent", word: "being written" },
  written: { icon: Check, className: "text-faint", word: "written, not applied yet" },
  done: { icon: Check, className: "text-positive", word: "applied" },
  failed: { icon: CircleAlert, className: "text-caution", word: "refused" },
  stopped: { icon: CirclePause, className: "text-faint", word: "stopped" },
};

/**
 * The files as the run writes them, and the text of one of them. Follows the file that is being written until one is
 * chosen.
 */
export function RunFiles({
  store,
  files,
  isActive,
}: {
  store: RunEventStore;
  files: readonly RunFileView[];
  isActive: boolean;
}) {
  const [chosenPath, setChosenPath] = useState<string | null>(null);
  const current =
    files.find(({ path }) => path === chosenPath) ??
    files.findLast(({ status }) => status === "writing") ??
    files.at(-1);
  const totals = files.reduce(
    (sum, file) => ({ additions: sum.additions + file.additions, deletions: sum.deletions + file.deletions }),
    { additions: 0, deletions: 0 },
  );
  return (
    <section aria-labelledby="run-files" className="overflow-hidden rounded-md border">
      <div className="flex h-9 items-center gap-3 border-b bg-surface px-3">
        <h2 id="run-files" className="flex-1 text-sm font-medium">
          {files.length === 0 ? "Files" : `${files.length} ${files.length === 1 ? "file" : "files"}`}
        </h2>
        {files.length > 0 && <LineCounts {...totals} />}
      </div>
      {current === undefined ? (
        <p
          className={cn(
            "flex items-center justify-center px-4 text-center text-sm text-muted",
            isActive ? "h-105" : "h-24",
          )}
        >
          {isActive ? "Files appear here as the model writes them." : "The model wrote no file."}
        </p>
      ) : (
        <div className="grid md:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
          <ul className="max-h-72 overflow-y-auto max-md:border-b md:max-h-105">
            {files.map((file) => (
              <li key={file.path}>
                <FileRow file={file} isShown={file.path === current.path} onChoose={() => setChosenPath(file.path)} />
              </li>
            ))}
          </ul>
          <FileText
            store={store}
            file={current}
            isFollowing={chosenPath === null}
            onFollow={() => setChosenPath(null)}
            isActive={isActive}
          />
        </div>
      )}
    </section>
  );
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
      <span
        className={cn("min-w-0 flex-1 truncate font-mono text-xs", file.operation === "delete" && "line-through")}
        title={file.path}
      >
        {file.path}
      </span>
      <span className="sr-only">{`${operationWords[file.operation]}, ${word}`}</span>
      <LineCounts additions={file.additions} deletions={file.deletions} />
    </button>
  );
}

function FileText({
  store,
  file,
  isFollowing,
  onFollow,
  isActive,
}: {
  store: RunEventStore;
  file: RunFileView;
  isFollowing: boolean;
  onFollow: () => void;
  isActive: boolean;
}) {
  const hasText = file.operation === "write" || file.operation === "edit";
  return (
    <div className="min-w-0 md:border-l">
      <div className="flex min-h-9 flex-wrap items-center gap-2 border-b px-3 py-1">
        <span className="min-w-0 flex-1 truncate font-mono text-xs" title={file.path}>
          {file.path}
        </span>
        <Badge tone={file.status === "writing" ? "accent" : "neutral"}>
          {file.status === "done" ? "as the model wrote it" : "provisional"}
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
      {hasText ? (
        <StreamedText
          key={file.path}
          store={store}
          stream={store.fileText(file.path)}
          label={`Text written for ${file.path}`}
        />
      ) : (
        <p className="flex h-96 items-center justify-center text-sm text-muted">
          {file.operation === "delete" ? "This file is deleted." : "This file is moved, its text stays as it is."}
        </p>
      )}
    </div>
  );
}
