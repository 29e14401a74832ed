import { Undo2 } from "lucide-react";
import type { ReactNode } from "react";
import type { GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import { compareHref, filesHref } from "#lib/hrefs.ts";
import { Button } from "../ui/button.tsx";
import { FileHeader } from "../diff-surface/file-header.tsx";
import { ImagePair, readMediaType } from "./image-pair.tsx";
import type { ReviewFile } from "#lib/contracts/diff.ts";

/**
 * The header of a file within a comparison: with its images, the notes on it where its lines are not drawn, and what
 * can be done with it.
 */
export function ReviewFileHeader({
  projectId,
  base,
  head,
  file,
  note,
  hasLines,
  isFolded,
  onToggle,
  isViewed,
  onViewedChange,
  origin,
  findingCount,
  seenIn,
  onRetry,
  isKept,
  onKeep,
  onComment,
  fileNotes,
}: {
  projectId: ProjectId;
  base: GenerationId;
  head: GenerationId;
  file: ReviewFile;
  note: string | undefined;
  hasLines: boolean;
  isFolded: boolean;
  onToggle: () => void;
  isViewed: boolean;
  onViewedChange: (isViewed: boolean) => void;
  origin: string | null;
  findingCount: number;
  /** The version in which the file was viewed, where it changed since. */
  seenIn: GenerationId | undefined;
  /** Null where the file's differences are there. */
  onRetry: (() => void) | null;
  /** It is to be the parent's again. */
  isKept: boolean;
  /** Null where it cannot be. */
  onKeep: (() => void) | null;
  onComment: () => void;
  fileNotes: ReactNode;
}) {
  const { path, status, previousPath } = file;
  const isImage = file.isBinary && readMediaType(path) !== null;
  const fileHref = filesHref({ projectId, generationId: status === "deleted" ? base : head, path });
  return (
    <FileHeader
      file={file}
      note={isImage && status !== "kept" ? undefined : note}
      isCollapsed={isFolded}
      onToggle={hasLines || isImage ? onToggle : null}
      isViewed={isViewed}
      onViewedChange={onViewedChange}
      openHref={fileHref}
      historyHref={`${fileHref}?view=history`}
      origin={origin}
      findingCount={findingCount}
      changedSinceHref={
        seenIn === undefined
          ? null
          : `${compareHref({ projectId, base: seenIn, head })}?file=${encodeURIComponent(path)}`
      }
      onComment={onComment}
      actions={
        <>
          {onRetry !== null && (
            <Button size="sm" onClick={onRetry}>
              Retry
            </Button>
          )}
          {onKeep !== null && (
            <Button size="sm" look={isKept ? "secondary" : "ghost"} aria-pressed={isKept} onClick={onKeep}>
              <Undo2 aria-hidden />
              Keep the parent&apos;s
            </Button>
          )}
        </>
      }
    >
      {isImage && !isFolded && (
        <ImagePair
          before={status === "added" || status === "kept" ? null : { generationId: base, path: previousPath ?? path }}
          after={status === "deleted" ? null : { generationId: head, path }}
        />
      )}
      {fileNotes}
    </FileHeader>
  );
}
