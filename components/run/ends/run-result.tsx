"use client";

import { useQuery } from "@tanstack/react-query";
import { CheckCheck } from "lucide-react";
import type { GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { usePreparedReview } from "../../review/data/prepared-review.ts";
import { ContinueSteps } from "../../conversation/continue-steps.tsx";
import { ChangeList } from "../../generation/change-list.tsx";
import { LedgerLine } from "../../generation/ledger-line.tsx";
import { describeUndoneSteps } from "../../generation/describe-steps.ts";
import { useVersionBrief } from "../../generation/version-brief.ts";
import { MergeButton } from "../../generation/merge/merge-button.tsx";
import { filesHref, historyHref, reviewHref } from "#lib/hrefs.ts";
import { Button, buttonClass } from "../../ui/button.tsx";
import { ErrorState } from "../../ui/states/error-state.tsx";
import { Link } from "../../ui/link.tsx";
import { Skeleton } from "../../ui/states/skeleton.tsx";
import { useWorkbench } from "../../workbench/workbench-context.tsx";

/** Next steps, for users with at most two versions. */
const nextSteps = {
  iterate: "Next: describe a change. The rest stays untouched.",
  review: "Next: review the changes. There you can also show the kept files, to see that nothing was lost.",
};

/** The run's details stay visible below. */
const firstFiles = 12;

/** The result of a successful run: the version, its ledger and its changed files. */
export function RunResult({
  projectId,
  generationId,
  isBranch,
}: {
  projectId: ProjectId;
  generationId: GenerationId;
  /** The head had moved when the version was stored. A later version after it is not a branch. */
  isBranch: boolean;
}) {
  const trpc = useTRPC();
  const { focusComposer } = useWorkbench();
  const generation = useQuery(trpc.generation.get.queryOptions({ generationId }));
  const brief = useVersionBrief({ generationId });
  usePreparedReview({ base: generation.data?.parentGenerationIds[0], head: generationId });
  if (generation.error !== null && generation.data === undefined)
    return <ErrorState error={generation.error} onRetry={() => void generation.refetch()} />;
  if (generation.data === undefined || brief.isPending) return <ResultSkeleton />;
  const undone = describeUndoneSteps(brief.data?.plan ?? []);
  const summary = brief.data?.summary?.trim() ?? "";
  const { version, counts, ledger, isHead, parentGenerationIds } = generation.data;
  const place = { projectId, generationId };
  const hasParent = parentGenerationIds.length > 0;
  const changes = ledger.filter(({ disposition }) => disposition !== "kept");
  return (
    <section aria-labelledby="run-result" className="flex flex-col gap-3 rounded-md border border-positive/50 p-3">
      <div className="flex flex-wrap items-center gap-3">
        <CheckCheck aria-hidden className="size-5 shrink-0 text-positive" />
        <div className="min-w-48 flex-1">
          <h2 id="run-result" className="font-semibold">
            v{version} is stored{isHead ? " and active" : isBranch ? " as a branch" : ""}
          </h2>
          <LedgerLine counts={counts} className="text-sm text-muted" />
        </div>
        <div className="flex flex-wrap gap-2">
          {hasParent && (
            <Link href={reviewHref(place)} className={buttonClass({ look: "primary" })}>
              Review changes
            </Link>
          )}
          <Link href={filesHref(place)} className={buttonClass(hasParent ? {} : { look: "primary" })}>
            Files
          </Link>
          <Button onClick={focusComposer}>Iterate</Button>
        </div>
      </div>
      {isBranch && !isHead && (
        <div className="flex flex-wrap items-center gap-3">
          <p className="text-sm text-caution">
            Another version was active by then, so this one became a branch. Nothing was overwritten.{" "}
            <Link href={historyHref(projectId)} className="underline">
              Show history
            </Link>
          </p>
          <MergeButton projectId={projectId} generation={generation.data} />
        </div>
      )}
      {version <= 2 && <p className="text-sm text-muted">{hasParent ? nextSteps.review : nextSteps.iterate}</p>}
      {undone !== null && (
        <div className="flex flex-wrap items-center gap-2">
          <p className="min-w-0 text-sm text-caution">{undone}</p>
          <ContinueSteps projectId={projectId} generationId={generationId} plan={brief.data?.plan ?? []} />
        </div>
      )}
      {summary !== "" && (
        <p className="max-h-40 overflow-y-auto text-sm break-words whitespace-pre-wrap text-muted">{summary}</p>
      )}
      <ChangeList
        projectId={projectId}
        generationId={generationId}
        changes={changes}
        target={hasParent ? "review" : "files"}
        firstCount={firstFiles}
      />
    </section>
  );
}

function ResultSkeleton() {
  return (
    <div aria-busy className="flex flex-col gap-3 rounded-md border p-3">
      <Skeleton className="h-5 w-56" />
      <Skeleton className="h-4 w-40" />
      <Skeleton className="h-32 w-full" />
    </div>
  );
}
