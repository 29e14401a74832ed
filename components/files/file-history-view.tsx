"use client";

import { useQuery } from "@tanstack/react-query";
import type { FileRevision } from "#lib/contracts/comparisons/file-history.ts";
import type { FilePath, GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { kindWords } from "../generation/kind-words.ts";
import { filesHref, generationHref, reviewHref } from "#lib/hrefs.ts";
import { LineCounts } from "../ui/text/line-counts.tsx";
import { Badge } from "../ui/badge.tsx";
import { ErrorState } from "../ui/states/error-state.tsx";
import { Link } from "../ui/link.tsx";
import { RelativeTime } from "../ui/text/relative-time.tsx";
import { Skeleton } from "../ui/states/skeleton.tsx";

/** The versions that changed a file, back to its creation, across moves. */
export function FileHistoryView({
  projectId,
  generationId,
  path,
}: {
  projectId: ProjectId;
  generationId: GenerationId;
  path: FilePath;
}) {
  const trpc = useTRPC();
  const { data, error, refetch } = useQuery(
    trpc.generation.fileHistory.queryOptions({ generationId, path }, { staleTime: Number.POSITIVE_INFINITY }),
  );
  if (error !== null && data === undefined) {
    return (
      <div className="p-3">
        <ErrorState error={error} onRetry={() => void refetch()} />
      </div>
    );
  }
  if (data === undefined) return <Skeleton className="m-3 h-60" />;
  return (
    <div className="h-full overflow-y-auto p-3">
      <p className="pb-2 text-sm text-muted">
        {data.revisions.length === 1
          ? "One version made this file; none has changed it since."
          : `${data.revisions.length} versions changed this file.`}
      </p>
      <ol aria-label="Versions of this file" className="rounded-md border">
        {data.revisions.map((revision) => (
          <RevisionRow key={revision.generationId} projectId={projectId} revision={revision} />
        ))}
      </ol>
      {!data.isComplete && (
        <p className="pt-2 text-sm text-muted">
          Older changes are not listed. Open the oldest one here and look at its history.
        </p>
      )}
    </div>
  );
}

function RevisionRow({
  projectId,
  revision: { generationId, version, kind, prompt, createdAt, path, previousPath, disposition, additions, deletions },
}: {
  projectId: ProjectId;
  revision: FileRevision;
}) {
  const place = { projectId, generationId };
  return (
    <li className="flex min-h-12 flex-wrap items-center gap-x-3 gap-y-1 border-b px-3 py-1.5 text-sm last:border-b-0">
      <Link href={generationHref(place)} className="font-semibold hover:underline">
        v{version}
      </Link>
      <Badge>{kindWords[kind]}</Badge>
      <span className="min-w-40 flex-1 truncate" title={prompt ?? undefined}>
        {prompt ?? ""}
        {previousPath !== null && (
          <span className="block truncate font-mono text-xs text-muted">was {previousPath}</span>
        )}
      </span>
      <span className="text-xs text-muted">{disposition}</span>
      <LineCounts additions={additions} deletions={deletions} />
      <RelativeTime at={createdAt} className="text-xs text-muted" />
      <Link href={reviewHref({ ...place, path })} className="text-xs underline">
        Difference
      </Link>
      <Link href={filesHref({ ...place, path })} className="text-xs underline">
        Open
      </Link>
    </li>
  );
}
