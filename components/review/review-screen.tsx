"use client";

import { useQuery } from "@tanstack/react-query";
import type { FilePath, GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { filesHref } from "#lib/hrefs.ts";
import { buttonClass } from "../ui/button.tsx";
import { EmptyState } from "../ui/states/empty-state.tsx";
import { Link } from "../ui/link.tsx";
import { PageTitle } from "../ui/page-title.tsx";
import { useComparison } from "./data/comparison.ts";
import { loadDiffSurface } from "../diff-surface/lazy-diff-surface.tsx";
import { useReviewState } from "./session/review-state.ts";
import { VersionError } from "../generation/version-error.tsx";
import { LoadedReview } from "./loaded-review.tsx";
import { ReviewSkeleton } from "./review-skeleton.tsx";

// Starts loading the largest part of the review's code in parallel to the versions. If it fails, the surface shows the
// error.
if (typeof window !== "undefined") loadDiffSurface().catch(() => undefined);

/** The review of a version against its parent. */
export function ParentReviewScreen({ projectId, generationId }: { projectId: ProjectId; generationId: GenerationId }) {
  const trpc = useTRPC();
  const generation = useQuery(trpc.generation.summary.queryOptions({ generationId }));
  if (generation.error !== null && generation.data === undefined) {
    return (
      <div className="p-4">
        <PageTitle text="Review" />
        <VersionError projectId={projectId} error={generation.error} onRetry={() => void generation.refetch()} />
      </div>
    );
  }
  if (generation.data === undefined) {
    return (
      <>
        <PageTitle text="Review" />
        <ReviewSkeleton />
      </>
    );
  }
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
export function ReviewScreen({
  projectId,
  base,
  head,
}: {
  projectId: ProjectId;
  base: GenerationId;
  head: GenerationId;
}) {
  const [state, setState] = useReviewState();
  const { comparison, error, retry } = useComparison({
    base,
    head,
    showsKept: state.kept,
    ignoreWhitespace: state.w,
    currentPath: state.file as FilePath | null,
  });
  const title =
    comparison === null ? "two versions" : `v${comparison.head.version} against v${comparison.base.version}`;
  return (
    <div className="flex h-[calc(var(--app-height)-77px)] min-h-96 flex-col max-md:h-[calc(var(--app-height)-125px)]">
      <PageTitle text={`Review ${title}`} />
      <h1 className="sr-only">Review of {title}</h1>
      {error !== null && comparison === null ? (
        <div className="p-4">
          <VersionError projectId={projectId} error={error} onRetry={retry} />
        </div>
      ) : comparison === null ? (
        <ReviewSkeleton />
      ) : (
        <LoadedReview projectId={projectId} comparison={comparison} state={state} setState={setState} title={title} />
      )}
    </div>
  );
}
