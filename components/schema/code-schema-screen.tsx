"use client";

import { useQuery } from "@tanstack/react-query";
import type { GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { ErrorState } from "../ui/states/error-state.tsx";
import { PageTitle } from "../ui/page-title.tsx";
import { Skeleton } from "../ui/states/skeleton.tsx";
import { CodeSchemaView } from "./code-schema-view.tsx";

/** The schema extracted from a version's files. */
export function CodeSchemaScreen({ projectId, generationId }: { projectId: ProjectId; generationId: GenerationId }) {
  const trpc = useTRPC();
  const generation = useQuery(trpc.generation.summary.queryOptions({ generationId }));
  const codeSchema = useQuery(trpc.generation.codeSchema.queryOptions({ generationId }, { staleTime: Infinity }));
  const [parentId] = generation.data?.parentGenerationIds ?? [];
  // Marks are optional: the schema is shown without them while they load or if they fail.
  const diff = useQuery(
    trpc.generation.schemaDiff.queryOptions({ generationId }, { staleTime: Infinity, enabled: parentId !== undefined }),
  );
  const hasLost = Object.values(diff.data ?? {}).some((changes) => changes.some(({ change }) => change === "removed"));
  const parentSchema = useQuery(
    trpc.generation.codeSchema.queryOptions(
      { generationId: parentId ?? generationId },
      { staleTime: Infinity, enabled: hasLost && parentId !== undefined },
    ),
  );
  const version = generation.data === undefined ? "" : ` of v${generation.data.version}`;
  return (
    <div className="mx-auto flex max-w-[120rem] flex-col gap-3 px-4 py-4">
      <PageTitle text={`Schema${version}`} />
      <div>
        <h1 className="text-xl font-semibold">Schema{version}</h1>
        <p className="text-sm text-muted">Read from the code. Sent with every prompt and checked after it.</p>
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
          version={{ projectId, generationId }}
          codeSchema={codeSchema.data}
          diff={diff.data}
          parent={parentId === undefined ? undefined : { generationId: parentId, codeSchema: parentSchema.data }}
        />
      ) : (
        codeSchema.error === null && (
          <div aria-busy className="flex flex-col gap-3">
            <p className="sr-only">Loading schema</p>
            <Skeleton className="h-7 w-36" />
            <Skeleton className="h-[max(24rem,calc(var(--app-height)-18rem))] w-full" />
          </div>
        )
      )}
    </div>
  );
}
