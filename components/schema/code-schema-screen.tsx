"use client";

import { useQuery } from "@tanstack/react-query";
import type { GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { ErrorState } from "../ui/error-state.tsx";
import { PageTitle } from "../ui/page-title.tsx";
import { Skeleton } from "../ui/skeleton.tsx";
import { CodeSchemaView } from "./code-schema-view.tsx";

/** The schema that is read out of a version's files. */
export function CodeSchemaScreen({ projectId, generationId }: { projectId: ProjectId; generationId: GenerationId }) {
  const trpc = useTRPC();
  const generation = useQuery(trpc.generation.summary.queryOptions({ generationId }));
  const codeSchema = useQuery(trpc.generation.codeSchema.queryOptions({ generationId }, { staleTime: Infinity }));
  // Marks are an addition: the schema is shown without them while they load, and where they cannot be had.
  const hasParent = (generation.data?.parentGenerationIds.length ?? 0) > 0;
  const diff = useQuery(
    trpc.generation.schemaDiff.queryOptions({ generationId }, { staleTime: Infinity, enabled: hasParent }),
  );
  const version = generation.data === undefined ? "" : ` of v${generation.data.version}`;
  return (
    <div className="mx-auto flex max-w-6xl flex-col gap-4 px-4 py-4">
      <PageTitle text={`Schema${version}`} />
      <div>
        <h1 className="text-xl font-semibold">Schema{version}</h1>
        <p className="text-sm text-muted">
          Read out of the files by rules, without a model. An iteration is told of it, and checked against it.
        </p>
      </div>
      {codeSchema.data?.partialPaths !== undefined && (
        <p className="text-sm text-muted">
          Not all is listed: {codeSchema.data.partialPaths.join(", ")} declares more than 2,000 of a kind.
        </p>
      )}
      {diff.error !== null && (
        <p className="text-sm text-muted">
          The changes against the parent could not be read. The schema itself is complete.
        </p>
      )}
      {codeSchema.error !== null && <ErrorState error={codeSchema.error} onRetry={() => void codeSchema.refetch()} />}
      {codeSchema.data !== undefined ? (
        <CodeSchemaView
          projectId={projectId}
          generationId={generationId}
          codeSchema={codeSchema.data}
          diff={diff.data}
        />
      ) : (
        codeSchema.error === null && (
          <div aria-busy className="flex flex-col gap-3">
            <p className="sr-only">Loading schema</p>
            <Skeleton className="h-48 w-full" />
            <Skeleton className="h-48 w-full" />
          </div>
        )
      )}
    </div>
  );
}
