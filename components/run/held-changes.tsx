"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import type { FilePath, GenerationId, RunId } from "#lib/contracts/ids.ts";
import type { RunCandidate, RunOutput } from "#lib/contracts/run.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { reviewHref, runHref } from "#lib/hrefs.ts";
import { Button } from "../ui/button.tsx";
import { ErrorState } from "../ui/error-state.tsx";
import { HeldFile, type Decision } from "./held-file.tsx";

/** What a run has without a version: each file with a decision, and the ways on from here. Doubtful files come first. */
export function HeldChanges({ run, candidate }: { run: RunOutput; candidate: RunCandidate }) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const router = useRouter();
  const issuesByPath = Map.groupBy(candidate.issues, ({ path }) => path);
  const isDoubtful = (path: FilePath) =>
    issuesByPath.get(path)?.some(({ severity }) => severity !== "warning") ?? false;
  const changes = [
    ...candidate.changes.filter(({ path }) => isDoubtful(path)),
    ...candidate.changes.filter(({ path }) => !isDoubtful(path)),
  ];
  const [chosen, setChosen] = useState<ReadonlyMap<FilePath, Decision>>(new Map());
  const [openPath, setOpenPath] = useState<FilePath | null>(changes[0]?.path ?? null);
  const decisionOf = (path: FilePath): Decision => chosen.get(path) ?? (isDoubtful(path) ? "keep-parent" : "accept");
  const decisions = changes
    .map(({ path }) => ({ path, decision: decisionOf(path) }))
    .filter(({ path, decision }) => isDoubtful(path) || decision !== "accept");
  const goOn = async (result: { generationId: GenerationId } | { runId: RunId }) => {
    await Promise.all(
      [trpc.run.pathKey(), trpc.project.pathKey(), trpc.generation.list.pathKey()].map((queryKey) =>
        queryClient.invalidateQueries({ queryKey }),
      ),
    );
    const { projectId } = run;
    router.push(
      "generationId" in result
        ? reviewHref({ projectId, generationId: result.generationId })
        : runHref({ projectId, runId: result.runId }),
    );
  };
  const resolve = useMutation(trpc.run.resolve.mutationOptions({ onSuccess: goOn }));
  const continueRun = useMutation(trpc.run.continue.mutationOptions({ onSuccess: goOn }));
  const asksForRepair = decisions.some(({ decision }) => decision === "repair");
  const takesNothing = changes.every(({ path }) => decisionOf(path) === "keep-parent");
  const isPending = resolve.isPending || resolve.isSuccess || continueRun.isPending || continueRun.isSuccess;
  const error = resolve.error ?? continueRun.error;
  const canContinue = candidate.isPartial && !asksForRepair;
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (canContinue) continueRun.mutate({ runId: run.runId, decisions });
        else resolve.mutate({ runId: run.runId, decisions });
      }}
    >
      <ul aria-label="Held files" className="overflow-hidden rounded-md border">
        {changes.map((change) => (
          <HeldFile
            key={change.path}
            runId={run.runId}
            change={change}
            issues={issuesByPath.get(change.path) ?? []}
            decision={decisionOf(change.path)}
            onDecide={(decision) => setChosen(new Map(chosen).set(change.path, decision))}
            isOpen={openPath === change.path}
            onToggle={() => setOpenPath(openPath === change.path ? null : change.path)}
          />
        ))}
      </ul>
      {error !== null && <ErrorState error={error} />}
      <div className="flex flex-wrap items-center gap-2">
        <Button type="submit" look="primary" isPending={isPending} disabled={takesNothing && !canContinue}>
          {asksForRepair ? "Start the repair" : canContinue ? "Continue with what is missing" : "Make the version"}
        </Button>
        {canContinue && (
          <Button
            isPending={isPending}
            disabled={takesNothing}
            onClick={() => resolve.mutate({ runId: run.runId, decisions })}
          >
            Make a version without the rest
          </Button>
        )}
        <p className="text-sm text-muted">{describeNext({ asksForRepair, canContinue, takesNothing })}</p>
      </div>
    </form>
  );
}

function describeNext({
  asksForRepair,
  canContinue,
  takesNothing,
}: {
  asksForRepair: boolean;
  canContinue: boolean;
  takesNothing: boolean;
}): string {
  if (asksForRepair) return "A new run does those files once more and keeps the rest as decided here.";
  if (canContinue) return "A new run begins with these files and makes only what is missing.";
  return takesNothing
    ? "Every file keeps the parent's text, so there is nothing to make a version of."
    : "The version holds what you accept; every other file stays the parent's.";
}
