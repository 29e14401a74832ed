"use client";

import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import type { GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { filesHref } from "../project/project-href.ts";
import { buttonClass } from "../ui/button.tsx";
import { EmptyState } from "../ui/empty-state.tsx";
import { ErrorState } from "../ui/error-state.tsx";
import { PageTitle } from "../ui/page-title.tsx";
import { useReviewFiles } from "./review-files.ts";
import { useReviewState } from "./review-state.ts";
import { LoadedReview } from "./loaded-review.tsx";
import { SurfaceSkeleton } from "./surface-skeleton.tsx";

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
