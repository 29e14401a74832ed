import { Ellipsis, Undo2 } from "lucide-react";
import type { ReactNode } from "react";
import type { GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import type { ReviewFile } from "#lib/contracts/comparisons/diff.ts";
import { compareHref, filesHref } from "#lib/hrefs.ts";
import { limitPromptTo } from "../composer/scope/prompt-scope.ts";
import { toScopeGlob } from "../composer/scope/scope-globs.ts";
import { FileHeader } from "../diff-surface/header/file-header.tsx";
import { Badge } from "../ui/badge.tsx";
import { Button } from "../ui/button.tsx";
import { Checkbox } from "../ui/checkbox.tsx";
import { copyText } from "../ui/text/copy-text.ts";
import { Link } from "../ui/link.tsx";
import { Menu } from "../ui/menus/menu.tsx";
import { FindingBadge } from "./findings/finding-badge.tsx";
import type { Finding } from "./findings/list-findings.ts";
import { ImagePair, readMediaType } from "./image-pair.tsx";

/**
 * The header of a file within a comparison: with its images, its notes if its lines are not rendered, and its actions.
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
  findings,
  onGoToFinding,
  seenIn,
  onRetry,
  isKept,
  keepLabel,
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
  findings: readonly Finding[];
  onGoToFinding: (finding: Finding) => void;
  /** The version in which the file was viewed, if it changed since. */
  seenIn: GenerationId | undefined;
  /** Null once the file's diff is loaded. */
  onRetry: (() => void) | null;
  /** It will be restored from the base. */
  isKept: boolean;
  keepLabel: string;
  /** Null if it cannot be. */
  onKeep: (() => void) | null;
  onComment: () => void;
  fileNotes: ReactNode;
}) {
  const { path, status, previousPath } = file;
  const isImage = file.isBinary && readMediaType(path) !== null;
  const openHref = filesHref({ projectId, generationId: status === "deleted" ? base : head, path });
  return (
    <FileHeader
      file={file}
      note={isImage && status !== "kept" ? undefined : note}
      isCollapsed={isFolded}
      onToggle={hasLines || isImage ? onToggle : null}
      details={
        <>
          {origin !== null && <Badge>{origin}</Badge>}
          <FindingBadge findings={findings} onGoTo={onGoToFinding} />
          {seenIn !== undefined && (
            <Link
              href={`${compareHref({ projectId, base: seenIn, head })}?file=${encodeURIComponent(path)}`}
              className="text-xs text-caution underline"
            >
              Changed since you viewed it
            </Link>
          )}
        </>
      }
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
              {keepLabel}
            </Button>
          )}
          <FileMenu projectId={projectId} path={path} openHref={openHref} onComment={onComment} />
          {status !== "kept" && <Checkbox label="Viewed" isChecked={isViewed} onChange={onViewedChange} />}
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

function FileMenu({
  projectId,
  path,
  openHref,
  onComment,
}: {
  projectId: ProjectId;
  path: string;
  openHref: string;
  onComment: () => void;
}) {
  return (
    <Menu
      label={`More for ${path}`}
      icon={<Ellipsis aria-hidden />}
      entries={[
        { kind: "action", label: "Comment", onSelect: onComment },
        {
          kind: "action",
          label: "Limit the prompt to this file",
          onSelect: () => limitPromptTo({ projectId, glob: toScopeGlob({ path, isFolder: false }) }),
        },
        { kind: "link", label: "Open file", href: openHref },
        { kind: "link", label: "File history", href: `${openHref}?view=history` },
        {
          kind: "action",
          label: "Copy path",
          onSelect: () => void copyText({ text: path, done: "The path is copied." }),
        },
      ]}
    />
  );
}
