"use client";

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { FileBlameOutput } from "#lib/contracts/comparisons/file-history.ts";
import type { LineColours } from "#lib/contracts/comparisons/line-colours.ts";
import type { FilePath, GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { reviewHref } from "#lib/hrefs.ts";
import { cn } from "../ui/class-names.ts";
import { EmptyState } from "../ui/states/empty-state.tsx";
import { ErrorState } from "../ui/states/error-state.tsx";
import { Link } from "../ui/link.tsx";
import { ColouredLine } from "../ui/text/coloured-line.tsx";
import { RelativeTime } from "../ui/text/relative-time.tsx";
import { useRowWindow } from "../ui/windows/row-window.ts";
import { Skeleton } from "../ui/states/skeleton.tsx";

/** A line may contain a link, whose target is 24 px. */
const lineHeightPx = 24;
/** Until measured. */
const firstWindowPx = 800;

/** Each line with its version and prompt. */
export function FileBlameView({
  projectId,
  generationId,
  path,
  colours,
}: {
  projectId: ProjectId;
  generationId: GenerationId;
  path: FilePath;
  colours: LineColours | null;
}) {
  const trpc = useTRPC();
  const { data, error, refetch } = useQuery(
    trpc.generation.fileBlame.queryOptions({ generationId, path }, { staleTime: Number.POSITIVE_INFINITY }),
  );
  if (error !== null && data === undefined) {
    return (
      <div className="p-3">
        <ErrorState error={error} onRetry={() => void refetch()} />
      </div>
    );
  }
  if (data === undefined) return <Skeleton className="m-3 h-96" />;
  if (data.ranges.length === 0) {
    return (
      <div className="p-6">
        <EmptyState title="This file is empty">It has no line that could be from a version.</EmptyState>
      </div>
    );
  }
  return (
    <div className="flex h-full min-h-0 flex-col">
      {!data.isComplete && (
        <p className="border-b px-3 py-1 text-xs text-muted">
          Only the newest {data.revisions.length} changes are followed. Older lines are listed under the oldest of them.
        </p>
      )}
      <BlameLines projectId={projectId} path={path} blame={data} colours={colours} />
    </div>
  );
}

function BlameLines({
  projectId,
  path,
  blame: { text, ranges, revisions },
  colours,
}: {
  projectId: ProjectId;
  path: FilePath;
  blame: FileBlameOutput;
  colours: LineColours | null;
}) {
  const lines = useMemo(() => {
    const texts = text.split("\n");
    return ranges.flatMap(({ startLine, lineCount, revisionIndex }, range) =>
      Array.from({ length: lineCount }, (_, offset) => ({
        number: startLine + offset,
        text: texts[startLine + offset - 1] ?? "",
        revisionIndex,
        isFirst: offset === 0,
        isOddRange: range % 2 === 1,
      })),
    );
  }, [text, ranges]);
  const { rows, attach } = useRowWindow({
    count: lines.length,
    rowHeightPx: lineHeightPx,
    firstHeightPx: firstWindowPx,
    pinned: -1,
  });
  return (
    // Scrolls, so it must be focusable.
    <div
      ref={attach}
      tabIndex={0}
      role="region"
      aria-label={`Blame of ${path}`}
      className="min-h-0 flex-1 overflow-auto"
    >
      <ol className="relative min-w-fit" style={{ height: lines.length * lineHeightPx }}>
        {rows.map((index) => {
          const line = lines[index];
          const revision = line === undefined ? undefined : revisions[line.revisionIndex];
          if (line === undefined || revision === undefined) return null;
          return (
            <li
              key={index}
              className={cn(
                "absolute top-0 left-0 flex w-full min-w-max items-center text-xs",
                line.isOddRange ? "bg-surface" : "",
              )}
              style={{ height: lineHeightPx, transform: `translateY(${index * lineHeightPx}px)` }}
            >
              <span className="flex w-80 shrink-0 items-center gap-2 self-stretch border-r px-2 max-md:w-14">
                {line.isFirst && (
                  <>
                    <Link
                      href={reviewHref({ projectId, generationId: revision.generationId, path: revision.path })}
                      className="flex h-6 min-w-6 shrink-0 items-center font-semibold hover:underline"
                    >
                      v{revision.version}
                    </Link>
                    <span
                      className="min-w-0 flex-1 truncate text-muted max-md:hidden"
                      title={revision.prompt ?? undefined}
                    >
                      {revision.prompt ?? revision.kind}
                    </span>
                    <RelativeTime at={revision.createdAt} className="shrink-0 text-muted max-md:hidden" />
                  </>
                )}
              </span>
              <span className="w-12 shrink-0 pr-3 text-right font-mono text-muted tabular-nums">{line.number}</span>
              <code className="pr-4 font-mono text-sm whitespace-pre">
                <ColouredLine
                  parts={[{ start: 0, content: line.text, isMatch: false }]}
                  colours={colours}
                  line={line.number}
                />
              </code>
            </li>
          );
        })}
      </ol>
    </div>
  );
}
