"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import type { ProposedChange, RunOutput } from "#lib/contracts/run.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { PatchView } from "../../diff-surface/patch-view.tsx";
import { reviewHref } from "#lib/hrefs.ts";
import { Button } from "../../ui/button.tsx";
import { Checkbox } from "../../ui/checkbox.tsx";
import { ErrorState } from "../../ui/error-state.tsx";
import { Skeleton } from "../../ui/skeleton.tsx";

const words: Record<ProposedChange["type"], string> = { write: "write", edit: "edit", delete: "delete", move: "move" };

/** What the model proposed outside of the limit or on a locked file: not applied, to look at, and to apply by hand. */
export function ProposedChanges({ run }: { run: Pick<RunOutput, "runId" | "projectId"> }) {
  const { runId, projectId } = run;
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const router = useRouter();
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  const proposed = useQuery(trpc.run.proposed.queryOptions({ runId }, { staleTime: Number.POSITIVE_INFINITY }));
  const apply = useMutation(
    trpc.run.applyProposed.mutationOptions({
      onSuccess: async ({ generationId }) => {
        await Promise.all(
          [trpc.project.pathKey(), trpc.generation.list.pathKey()].map((queryKey) =>
            queryClient.invalidateQueries({ queryKey }),
          ),
        );
        router.push(reviewHref({ projectId, generationId }));
      },
    }),
  );
  if (proposed.data === undefined)
    return proposed.error === null ? (
      <Skeleton className="h-20 w-full" />
    ) : (
      <ErrorState error={proposed.error} onRetry={() => void proposed.refetch()} />
    );
  if (proposed.data.length === 0) return null;
  return (
    <section aria-labelledby="proposed-changes" className="flex flex-col gap-3 rounded-md border p-3">
      <div>
        <h2 id="proposed-changes" className="font-semibold">
          Proposed, not applied
        </h2>
        <p className="text-sm text-muted">
          These changes lie outside of what the run was allowed to change. Applying them makes a version of your own.
        </p>
      </div>
      <ul aria-label="Proposed changes" className="overflow-hidden rounded-md border">
        {proposed.data.map((change) => (
          <li key={change.index} className="flex flex-col gap-1 border-b px-3 py-2 last:border-b-0">
            <Checkbox
              label={
                <span className="font-mono text-xs break-all">
                  {words[change.type]} {change.path}
                </span>
              }
              isChecked={chosen.has(change.index)}
              isDisabled={change.problem !== null}
              onChange={(isChecked) => {
                const next = new Set(chosen);
                if (isChecked) next.add(change.index);
                else next.delete(change.index);
                setChosen(next);
              }}
            />
            <p className="text-xs text-muted">{change.problem ?? change.reason}</p>
            {change.patch !== "" && (
              <details className="text-sm">
                <summary className="w-fit text-muted hover:text-foreground">Show the change</summary>
                <div className="mt-1">
                  <PatchView
                    path={change.path}
                    patch={change.patch}
                    cacheKey={`proposed:${runId}:${change.index}`}
                    label={`Proposed change of ${change.path}`}
                  />
                </div>
              </details>
            )}
          </li>
        ))}
      </ul>
      {apply.error !== null && <ErrorState error={apply.error} />}
      <Button
        className="self-start"
        disabled={chosen.size === 0}
        isPending={apply.isPending || apply.isSuccess}
        onClick={() => apply.mutate({ runId, indexes: [...chosen] })}
      >
        {chosen.size === 0
          ? "Choose what to apply"
          : `Apply ${chosen.size} ${chosen.size === 1 ? "change" : "changes"}`}
      </Button>
    </section>
  );
}
