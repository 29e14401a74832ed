"use client";

import { useQuery } from "@tanstack/react-query";
import { FileX } from "lucide-react";
import type { ReactNode } from "react";
import type { FileLocationOutput } from "#lib/contracts/comparisons/file-history.ts";
import type { FilePath, GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { filesHref, reviewHref } from "#lib/hrefs.ts";
import { buttonClass } from "../ui/button.tsx";
import { EmptyState } from "../ui/states/empty-state.tsx";
import { ErrorState } from "../ui/states/error-state.tsx";
import { Link } from "../ui/link.tsx";
import { Skeleton } from "../ui/states/skeleton.tsx";

/**
 * A path without a file in this version: what happened to it, and links to it. `paths` are the version's paths;
 * `actions` are rendered beside its name.
 */
export function MissingFile({
  projectId,
  generationId,
  version,
  path,
  paths,
  actions,
}: {
  projectId: ProjectId;
  generationId: GenerationId;
  version: number;
  path: FilePath;
  paths: ReadonlySet<string>;
  actions: ReactNode;
}) {
  const trpc = useTRPC();
  const { data, error, refetch } = useQuery(trpc.generation.locateFile.queryOptions({ generationId, path }));
  return (
    <section aria-label={path} className="flex flex-col">
      <div className="flex min-h-10 items-center gap-3 border-b px-3 py-1 text-sm">
        {actions}
        <FileX aria-hidden className="size-4 shrink-0 text-muted" />
        <h2 className="min-w-0 flex-1 truncate font-mono" title={path}>
          {path}
        </h2>
      </div>
      <div className="p-6 max-md:p-3">
        {data !== undefined ? (
          <EmptyState
            title={`v${version} does not have this file`}
            action={
              <WaysToFile projectId={projectId} generationId={generationId} path={path} paths={paths} location={data} />
            }
          >
            {describeLocation({ location: data, version })}
          </EmptyState>
        ) : error === null ? (
          <Skeleton className="h-40" />
        ) : (
          <ErrorState error={error} onRetry={() => void refetch()} />
        )}
      </div>
    </section>
  );
}

function WaysToFile({
  projectId,
  generationId,
  path,
  paths,
  location: { removedIn, lastIn },
}: {
  projectId: ProjectId;
  generationId: GenerationId;
  path: FilePath;
  paths: ReadonlySet<string>;
  location: FileLocationOutput;
}) {
  const movedTo = removedIn?.movedTo ?? null;
  const last = lastIn === null ? null : { projectId, generationId: lastIn.generationId, path };
  return (
    <>
      {removedIn !== null && movedTo !== null && (
        <Link
          href={filesHref({
            projectId,
            generationId: paths.has(movedTo) ? generationId : removedIn.generationId,
            path: movedTo,
          })}
          className={buttonClass({ look: "primary" })}
        >
          Open where it is now
        </Link>
      )}
      {lastIn !== null && last !== null && (
        <>
          <Link href={filesHref(last)} className={buttonClass(movedTo === null ? { look: "primary" } : {})}>
            Open in v{lastIn.version}
          </Link>
          <Link href={`${filesHref(last)}?view=history`} className={buttonClass()}>
            History of the file
          </Link>
        </>
      )}
      {removedIn !== null && (
        <Link
          href={reviewHref({ projectId, generationId: removedIn.generationId, path: movedTo ?? path })}
          className={buttonClass()}
        >
          Changes of v{removedIn.version}
        </Link>
      )}
    </>
  );
}

function describeLocation({
  location: { removedIn, lastIn },
  version,
}: {
  location: FileLocationOutput;
  version: number;
}): string {
  if (removedIn?.movedTo != null) return `v${removedIn.version} moved it to ${removedIn.movedTo}.`;
  if (removedIn !== null)
    return `v${removedIn.version} deleted it. Nothing is lost: the versions before still have it.`;
  if (lastIn === null) return "No version of this project has a file at this path.";
  return `No version on the way to v${version} had it. v${lastIn.version} does.`;
}
