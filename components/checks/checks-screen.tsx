"use client";

import { skipToken, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { GenerationChecksOutput } from "#lib/contracts/versions/check.ts";
import type { GenerationId, ProjectId } from "#lib/contracts/ids.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { Button } from "../ui/button.tsx";
import { ErrorState } from "../ui/states/error-state.tsx";
import { lazyDialog } from "../ui/overlays/lazy-dialog.tsx";
import { PageTitle } from "../ui/page-title.tsx";
import { Skeleton } from "../ui/states/skeleton.tsx";
import { CheckRow } from "./check-row.tsx";
import { summarizeChecks } from "./check-words.ts";
import { ConfirmChecks } from "./confirm-checks.tsx";
import { useGenerationChecks } from "./generation-checks.ts";
import { LastGreenButton } from "./last-green-button.tsx";

// Loaded on demand: few visits open it.
const ChecksDialog = lazyDialog(() => import("./checks-dialog.tsx").then((module) => module.ChecksDialog));

/** The checks of a version, compared with its parent or the version `against`. */
export function ChecksScreen({
  projectId,
  generationId,
  against,
}: {
  projectId: ProjectId;
  generationId: GenerationId;
  against: GenerationId | undefined;
}) {
  const trpc = useTRPC();
  const generation = useQuery(trpc.generation.summary.queryOptions({ generationId }));
  const other = useQuery(
    trpc.generation.summary.queryOptions(against === undefined ? skipToken : { generationId: against }),
  );
  const checks = useGenerationChecks({ generationId, against });
  const [isEditing, setIsEditing] = useState(false);
  const { data, error } = checks;
  const title = [
    generation.data === undefined ? "Checks" : `Checks of v${generation.data.version}`,
    ...(other.data === undefined ? [] : [`against v${other.data.version}`]),
  ].join(" ");
  return (
    <div className="mx-auto flex max-w-6xl flex-col gap-3 px-4 py-4">
      <PageTitle text={title} />
      <div className="flex min-h-8 flex-wrap items-center gap-2">
        <h1 className="text-xl font-semibold">{title}</h1>
        {data?.isConfirmed === true && (
          <>
            <p role="status" className="flex-1 text-sm text-muted">
              {data.items.length === 0 ? "None is switched on" : summarizeChecks(data.items)}
            </p>
            <ChecksActions projectId={projectId} generationId={generationId} checks={data} />
            <Button size="sm" look="ghost" onClick={() => setIsEditing(true)}>
              Edit checks
            </Button>
          </>
        )}
      </div>
      {data === undefined ? (
        error === null ? (
          <Skeleton className="h-12 w-full" />
        ) : (
          <ErrorState error={error} onRetry={() => void checks.refetch()} />
        )
      ) : data.isConfirmed ? (
        data.items.length > 0 && (
          <ul className="divide-y rounded-md border" aria-label="Checks">
            {data.items.map((check) => (
              <CheckRow key={check.checkId} projectId={projectId} generationId={generationId} check={check} />
            ))}
          </ul>
        )
      ) : (
        <ConfirmChecks projectId={projectId} onOpen={() => setIsEditing(true)} />
      )}
      {isEditing && <ChecksDialog projectId={projectId} isOpen={isEditing} onOpenChange={setIsEditing} />}
    </div>
  );
}

function ChecksActions({
  projectId,
  generationId,
  checks: { items, isGreen },
}: {
  projectId: ProjectId;
  generationId: GenerationId;
  checks: GenerationChecksOutput;
}) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const project = useQuery(trpc.project.get.queryOptions({ projectId }));
  const keep = (saved: GenerationChecksOutput) => {
    const queryKey = trpc.generation.checks.queryKey({ generationId });
    queryClient.setQueryData(queryKey, saved);
    // Results compared with other versions come from the same runs.
    return queryClient.invalidateQueries({ queryKey });
  };
  const run = useMutation(trpc.check.run.mutationOptions({ onSuccess: keep }));
  const cancel = useMutation(trpc.check.cancel.mutationOptions({ onSuccess: keep }));
  const isActive = items.some(({ status }) => status === "queued" || status === "running");
  const isActiveVersion = project.data?.headGenerationId === generationId;
  const hasFailure = items.some(({ status }) => status === "failed");
  return (
    <>
      {isActiveVersion && hasFailure && !isGreen && <LastGreenButton projectId={projectId} headId={generationId} />}
      {isActive ? (
        <Button size="sm" isPending={cancel.isPending} onClick={() => cancel.mutate({ generationId })}>
          Cancel checks
        </Button>
      ) : (
        items.length > 0 && (
          <Button size="sm" isPending={run.isPending} onClick={() => run.mutate({ generationId })}>
            Run again
          </Button>
        )
      )}
      {(run.error ?? cancel.error) !== null && <ErrorState error={run.error ?? cancel.error} />}
    </>
  );
}
