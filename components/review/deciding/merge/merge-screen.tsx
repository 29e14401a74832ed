"use client";

import { skipToken, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import type { GenerationOutput, MergePreviewOutput } from "#lib/contracts/versions/generation.ts";
import type { GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import { generationHref, reviewHref } from "#lib/hrefs.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { useVersionToast } from "../../../generation/version-toast.ts";
import { Button, buttonClass } from "../../../ui/button.tsx";
import { ErrorState } from "../../../ui/states/error-state.tsx";
import { Link } from "../../../ui/link.tsx";
import { PageTitle } from "../../../ui/page-title.tsx";
import { Skeleton } from "../../../ui/states/skeleton.tsx";
import { MergeReview } from "./merge-review.tsx";
import type { DecidedConflict } from "./merge-choices.ts";

type VersionRef = Pick<GenerationOutput, "generationId" | "version">;

/** A merge preview with its conflicts to decide on. Neither side is the default. */
export function MergeScreen({ projectId, from: fromId }: { projectId: ProjectId; from: GenerationId }) {
  const trpc = useTRPC();
  const preview = useQuery(trpc.generation.mergePreview.queryOptions({ projectId, fromGenerationId: fromId }));
  const from = useQuery(trpc.generation.summary.queryOptions({ generationId: fromId }));
  const headId = preview.data?.headGenerationId;
  const head = useQuery(
    trpc.generation.summary.queryOptions(headId === undefined ? skipToken : { generationId: headId }),
  );
  const error = preview.error ?? from.error ?? head.error;
  const merging = useMerge({ projectId, from: from.data, head: head.data });
  const title =
    from.data === undefined || head.data === undefined
      ? "Merge"
      : `Merge v${from.data.version} into v${head.data.version}`;
  return (
    <div className="flex flex-col gap-3 px-4 py-4">
      <PageTitle text={title} />
      <div className="flex flex-wrap items-start gap-3">
        <div className="min-w-60 flex-1">
          <h1 className="text-xl font-semibold">{title}</h1>
          {from.data !== undefined && head.data !== undefined && preview.data !== undefined && (
            <p className="text-sm text-muted">
              {describePreview({ preview: preview.data, from: from.data })} A new version is made of both; v
              {from.data.version} and v{head.data.version} stay as they are.
            </p>
          )}
        </div>
        <Link href={generationHref({ projectId, generationId: fromId })} className={buttonClass()}>
          Cancel
        </Link>
      </div>
      {merging.error !== null && <ErrorState error={merging.error} />}
      {preview.data !== undefined && from.data !== undefined && head.data !== undefined ? (
        preview.data.conflicts.length === 0 ? (
          <Button
            look="primary"
            className="self-start"
            isPending={merging.isPending}
            onClick={() => merging.merge([])}
            autoFocus
          >
            Merge
          </Button>
        ) : (
          <MergeReview
            key={head.data.generationId}
            projectId={projectId}
            from={from.data}
            head={head.data}
            preview={preview.data}
            isPending={merging.isPending}
            onMerge={merging.merge}
          />
        )
      ) : error === null ? (
        <Skeleton className="h-[calc(var(--app-height)-11rem)] min-h-96" />
      ) : (
        <ErrorState
          error={error}
          onRetry={() => void Promise.all([preview, from].map(({ isError, refetch }) => (isError ? refetch() : null)))}
        />
      )}
    </div>
  );
}

/** Merges. On failure refetches the preview: another version may be active by now. */
function useMerge({
  projectId,
  from,
  head,
}: {
  projectId: ProjectId;
  from: VersionRef | undefined;
  head: VersionRef | undefined;
}) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const router = useRouter();
  const { announce, refresh } = useVersionToast({ projectId });
  const merge = useMutation(
    trpc.generation.merge.mutationOptions({
      onSuccess: async ({ generationId }) => {
        await announce({
          generationId,
          before: head ?? null,
          describe: ({ version }) => `Merged v${from?.version}, as v${version}.`,
        });
        router.push(reviewHref({ projectId, generationId }));
      },
      onError: () =>
        Promise.all([refresh(), queryClient.invalidateQueries({ queryKey: trpc.generation.mergePreview.pathKey() })]),
    }),
  );
  return {
    isPending: merge.isPending || merge.isSuccess,
    error: merge.error,
    merge: (decisions: DecidedConflict[]) => {
      if (from !== undefined && head !== undefined)
        merge.mutate({
          projectId,
          fromGenerationId: from.generationId,
          expectedHeadGenerationId: head.generationId,
          decisions,
        });
    },
  };
}

function describePreview({
  preview: { taken, deleted, combined, conflicts },
  from,
}: {
  preview: MergePreviewOutput;
  from: VersionRef;
}): string {
  const parts = [
    taken.length > 0 ? `${taken.length} taken from v${from.version}` : "",
    combined.length > 0 ? `${combined.length} put together of both` : "",
    deleted.length > 0 ? `${deleted.length} deleted` : "",
    conflicts.length > 0 ? `${conflicts.length} in conflict` : "",
  ].filter((part) => part !== "");
  return parts.length === 0
    ? "No file differs from the active version."
    : `Files: ${parts.join(", ")}. All others stay as they are.`;
}
