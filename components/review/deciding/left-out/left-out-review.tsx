"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useMemo, useState, useSyncExternalStore } from "react";
import type { ProposedChange, RunOutput } from "#lib/contracts/runs/run.ts";
import { reviewHref } from "#lib/hrefs.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { Button } from "../../../ui/button.tsx";
import { ErrorState } from "../../../ui/states/error-state.tsx";
import { Skeleton } from "../../../ui/states/skeleton.tsx";
import { fileDecisionOf } from "../choices.ts";
import { DecidingReview } from "../deciding-review.tsx";
import type { DecisionWords } from "../decision-choice.tsx";
import { DecisionResult } from "../decision-result.tsx";
import { DecisionSession } from "../decision-session.ts";
import { storedChoices } from "../stored-choices.ts";
import { toLeftOutChanges } from "./left-out-files.ts";

type RunRef = Pick<RunOutput, "runId" | "projectId">;

/**
 * Changes that the model proposed outside the limit or on a locked file: not applied; the user can view and apply them.
 */
export function LeftOutReview({ run }: { run: RunRef }) {
  const trpc = useTRPC();
  const { data, error, refetch } = useQuery(
    trpc.run.proposed.queryOptions({ runId: run.runId }, { staleTime: Number.POSITIVE_INFINITY }),
  );
  if (data === undefined)
    return error === null ? (
      <Skeleton className={heightClass} />
    ) : (
      <ErrorState error={error} onRetry={() => void refetch()} />
    );
  if (data.length === 0) return null;
  return (
    <section aria-labelledby="left-out" className="flex flex-col gap-3 rounded-md border p-3">
      <div>
        <h2 id="left-out" className="font-semibold">
          Left out: outside the files you allowed
        </h2>
        <p className="text-sm text-muted">The model proposed these changes; none of them was applied.</p>
      </div>
      <LoadedLeftOut key={run.runId} run={run} proposed={data} />
    </section>
  );
}

const heightClass = "h-[60dvh] min-h-96";

const words: DecisionWords = {
  take: { label: "Apply", description: "The change is applied in a new version." },
  old: { label: "Leave out", description: "The change is not made." },
  again: null,
};

const none: readonly never[] = [];

function LoadedLeftOut({ run: { runId, projectId }, proposed }: { run: RunRef; proposed: readonly ProposedChange[] }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const router = useRouter();
  const { indexOf, ...changes } = useMemo(() => toLeftOutChanges(proposed), [proposed]);
  const [session] = useState(() => {
    const paths = changes.files.map(({ path }) => path);
    return new DecisionSession({
      paths,
      proposed: new Map(paths.map((path) => [path, "old" as const])),
      storage: storedChoices(`left-out.${runId}`),
    });
  });
  const { choices } = useSyncExternalStore(session.subscribe, session.getState, session.getProposed);
  const apply = useMutation(
    trpc.run.applyProposed.mutationOptions({
      onSuccess: ({ generationId }) => {
        session.forget();
        for (const queryKey of [trpc.project.pathKey(), trpc.generation.list.pathKey()])
          void queryClient.invalidateQueries({ queryKey });
        router.push(reviewHref({ projectId, generationId }));
      },
    }),
  );
  const indexes = changes.files.flatMap(({ path }) =>
    fileDecisionOf(choices.get(path)) === "take" ? [indexOf.get(path) ?? -1] : [],
  );
  const isPending = apply.isPending || apply.isSuccess;
  const submit = () => {
    if (indexes.length > 0 && !isPending) apply.mutate({ runId, indexes });
  };
  const count = indexes.length === 1 ? "1 change" : `${indexes.length} changes`;
  return (
    <DecidingReview
      label="What the run left out"
      className={heightClass}
      changes={{
        key: `left-out ${runId}`,
        ...changes,
        wholePaths: new Set(indexOf.keys()),
        arePatchesComplete: true,
        patchError: null,
        onRetry: () => undefined,
        issues: none,
      }}
      session={session}
      choices={choices}
      words={words}
      onSave={submit}
      renderResult={(goTo) => (
        <DecisionResult
          text={`Result: ${indexes.length} of ${changes.files.length} applied`}
          hint={
            indexes.length === 0
              ? "Nothing is chosen, so there is nothing to apply."
              : "Applying makes a new version. The run's result does not change."
          }
          problems={none}
          errors={[{ error: apply.error }]}
          onShow={goTo}
        >
          <Button look="primary" disabled={indexes.length === 0} isPending={isPending} onClick={submit}>
            {indexes.length === 0 ? "Apply" : `Apply ${count}`}
          </Button>
        </DecisionResult>
      )}
    />
  );
}
