"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { reviewHref, runHref } from "#lib/hrefs.ts";
import { isDoubt } from "#lib/is-doubt.ts";
import type { FilePath, GenerationId, RunId } from "#lib/contracts/ids.ts";
import type { LedgerEntry } from "#lib/contracts/ledger.ts";
import type { FileDecision, ProposedDecision, RunCandidate, RunOutput } from "#lib/contracts/run.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { Button } from "../../ui/button.tsx";
import { ErrorState } from "../../ui/error-state.tsx";
import { DecisionCheck, useDecisionCheck } from "./decision-check.tsx";
import { groupHeldChanges } from "./group-held-changes.ts";
import { HeldGroup } from "./held-group.tsx";
import { HeldFile, type Decision } from "./held-file.tsx";

/**
 * What a run has without a version: each file with a decision, files that belong together with one for all, and what
 * the result comes to. Doubtful files come first.
 */
export function HeldChanges({ run, candidate }: { run: RunOutput; candidate: RunCandidate }) {
  const trpc = useTRPC();
  const { runId, projectId } = run;
  const proposed = useQuery(
    trpc.run.proposedDecisions.queryOptions({ runId }, { staleTime: Number.POSITIVE_INFINITY }),
  );
  const project = useQuery(trpc.project.get.queryOptions({ projectId }));
  const [chosen, setChosen] = useState<ReadonlyMap<FilePath, Decision>>(new Map());
  const decisionOf = listDecisions({ proposed: proposed.data?.items, chosen });
  const { changes } = candidate;
  const decisions = changes.flatMap(({ path }): FileDecision[] => {
    const decision = decisionOf(path);
    return decision === null ? [] : [{ path, decision }];
  });
  const isDecided = decisions.length === changes.length;
  const check = useDecisionCheck({ runId, decisions: isDecided ? decisions : null });
  const { save, goOn, isPending, error } = useSave(run);
  const asksForRepair = decisions.some(({ decision }) => decision === "repair");
  const takenCount = decisions.filter(({ decision }) => decision === "accept").length;
  const canContinue = candidate.isPartial && !asksForRepair;
  const isChecking = !isDecided || check.isPlaceholderData || check.isPending;
  const problemCount = isChecking ? 0 : (check.data?.problems.length ?? 0);
  const decideAll = (paths: readonly FilePath[], decision: Decision) =>
    setChosen(new Map([...chosen, ...paths.map((path) => [path, decision] as const)]));
  const saveDecided = () => save({ runId, decisions, acceptIssues: problemCount > 0 });
  const version = project.data === undefined ? "" : ` as v${project.data.generationCount + 1}`;
  const saveLabel =
    problemCount === 0
      ? `Save${version}`
      : `Save${version} with ${problemCount} ${problemCount === 1 ? "problem" : "problems"}`;
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (canContinue) goOn({ runId, decisions });
        else saveDecided();
      }}
    >
      <div className="flex flex-wrap gap-2">
        <Button
          onClick={() =>
            decideAll(
              changes.map(({ path }) => path),
              "accept",
            )
          }
        >
          Take all
        </Button>
        <Button
          onClick={() =>
            decideAll(
              changes.map(({ path }) => path),
              "keep-parent",
            )
          }
        >
          Keep all old
        </Button>
      </div>
      <HeldList
        runId={runId}
        candidate={candidate}
        proposed={proposed.data?.items ?? []}
        decisionOf={decisionOf}
        onDecide={decideAll}
      />
      {proposed.error !== null && <ErrorState error={proposed.error} onRetry={() => void proposed.refetch()} />}
      <DecisionCheck
        check={check.data}
        isChecking={isChecking}
        error={check.error}
        onRetry={() => void check.refetch()}
        takenCount={takenCount}
        totalCount={changes.length}
      />
      {error !== null && <ErrorState error={error} />}
      <div className="flex flex-wrap items-center gap-2">
        <Button
          type="submit"
          look="primary"
          isPending={isPending}
          disabled={!isDecided || (takenCount === 0 && !canContinue && !asksForRepair)}
        >
          {asksForRepair ? "Ask again" : canContinue ? "Continue with what is missing" : saveLabel}
        </Button>
        {canContinue && (
          <Button isPending={isPending} disabled={!isDecided || takenCount === 0} onClick={saveDecided}>
            Save without the rest
          </Button>
        )}
        <p className="text-sm text-muted">
          {describeNext({ asksForRepair, canContinue, takesNothing: takenCount === 0 })}
        </p>
      </div>
    </form>
  );
}

function listDecisions({
  proposed,
  chosen,
}: {
  proposed: readonly ProposedDecision[] | undefined;
  chosen: ReadonlyMap<FilePath, Decision>;
}): (path: FilePath) => Decision | null {
  const defaults = new Map(proposed?.map(({ path, decision }) => [path, decision]));
  return (path) => chosen.get(path) ?? defaults.get(path) ?? null;
}

function useSave({ projectId }: RunOutput) {
  const trpc = useTRPC();
  const queryClient = useQueryClient();
  const router = useRouter();
  const onSuccess = async (result: { generationId: GenerationId } | { runId: RunId }) => {
    await Promise.all(
      [trpc.run.pathKey(), trpc.project.pathKey(), trpc.generation.list.pathKey()].map((queryKey) =>
        queryClient.invalidateQueries({ queryKey }),
      ),
    );
    router.push(
      "generationId" in result
        ? reviewHref({ projectId, generationId: result.generationId })
        : runHref({ projectId, runId: result.runId }),
    );
  };
  const resolve = useMutation(trpc.run.resolve.mutationOptions({ onSuccess }));
  const continueRun = useMutation(trpc.run.continue.mutationOptions({ onSuccess }));
  return {
    save: resolve.mutate,
    goOn: continueRun.mutate,
    isPending: resolve.isPending || resolve.isSuccess || continueRun.isPending || continueRun.isSuccess,
    error: resolve.error ?? continueRun.error,
  };
}

function HeldList({
  runId,
  candidate: { changes, issues },
  proposed,
  decisionOf,
  onDecide,
}: {
  runId: RunId;
  candidate: RunCandidate;
  proposed: readonly ProposedDecision[];
  decisionOf: (path: FilePath) => Decision | null;
  onDecide: (paths: readonly FilePath[], decision: Decision) => void;
}) {
  const issuesByPath = Map.groupBy(issues, ({ path }) => path);
  const { single, groups } = groupHeldChanges({ changes, issues, proposed });
  const [openPath, setOpenPath] = useState<FilePath | null>(
    changes.find(({ path }) => issuesByPath.get(path)?.some(isDoubt) === true)?.path ?? changes[0]?.path ?? null,
  );
  const toFile = (change: LedgerEntry) => (
    <HeldFile
      key={change.path}
      runId={runId}
      change={change}
      issues={issuesByPath.get(change.path) ?? []}
      decision={decisionOf(change.path)}
      onDecide={(decision) => onDecide([change.path], decision)}
      isOpen={openPath === change.path}
      onToggle={() => setOpenPath(openPath === change.path ? null : change.path)}
    />
  );
  return (
    <>
      {groups.map(({ cause, changes: ofGroup }) => {
        const paths = ofGroup.map(({ path }) => path);
        const made = new Set(paths.map(decisionOf));
        const [only] = made;
        return (
          <HeldGroup
            key={paths[0]}
            cause={cause}
            count={paths.length}
            decision={made.size === 1 && (only === "accept" || only === "keep-parent") ? only : null}
            onDecide={(decision) => onDecide(paths, decision)}
          >
            {ofGroup.map(toFile)}
          </HeldGroup>
        );
      })}
      {single.length > 0 && (
        <ul aria-label="Held files" className="overflow-hidden rounded-md border">
          {single.map(toFile)}
        </ul>
      )}
    </>
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
  if (asksForRepair) return "The model does those files again; the rest stays as decided here.";
  if (canContinue) return "A new run starts with these files and makes only what is missing.";
  return takesNothing
    ? "Nothing is taken, so there is nothing to save."
    : "Saves what you took; all other files stay as they were.";
}
