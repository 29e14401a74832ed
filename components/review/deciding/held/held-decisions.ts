import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useEffectEvent, useMemo, useState, useSyncExternalStore } from "react";
import type { FilePath } from "#lib/contracts/ids.ts";
import type { FileDecision, ProposedDecision, RunCandidate, RunOutput } from "#lib/contracts/runs/run.ts";
import type { ValidationIssue } from "#lib/contracts/versions/validation.ts";
import { useTRPCClient } from "#lib/trpc/client.tsx";
import type { ReviewPatch } from "../../data/review-patches.ts";
import { countChoices } from "../choices.ts";
import { DecisionSession } from "../decision-session.ts";
import { LatestCheck } from "../latest-check.ts";
import { storedChoices } from "../stored-choices.ts";
import { toFileDecisions } from "./held-files.ts";
import { useSaveDecisions } from "./save-decisions.ts";

const none: readonly ValidationIssue[] = [];

/** The user's decisions on a held run: checked while they decide, then saved as a version or continued. */
export function useHeldDecisions({
  run,
  candidate: { changes, isPartial },
  proposed,
  paths,
  patches,
}: {
  run: RunOutput;
  candidate: RunCandidate;
  proposed: readonly ProposedDecision[];
  paths: readonly FilePath[];
  patches: ReadonlyMap<FilePath, ReviewPatch>;
}) {
  const { runId } = run;
  const client = useTRPCClient();
  const queryClient = useQueryClient();
  const [session] = useState(
    () =>
      new DecisionSession({
        paths: changes.map(({ path }) => path),
        proposed: new Map(
          proposed.map(({ path, decision }) => [path, decision === "accept" ? ("take" as const) : ("old" as const)]),
        ),
        storage: storedChoices(runId),
      }),
  );
  const [check] = useState(
    () =>
      new LatestCheck((decisions: FileDecision[]) =>
        queryClient.fetchQuery({
          queryKey: ["checked-decisions", runId, decisions],
          queryFn: () => client.run.checkDecisions.mutate({ runId, decisions }),
          // The held result of an ended run is immutable.
          staleTime: Number.POSITIVE_INFINITY,
        }),
      ),
  );
  const { choices } = useSyncExternalStore(session.subscribe, session.getState, session.getProposed);
  const { result, isChecking: isAsked, error } = useSyncExternalStore(check.subscribe, check.getState, check.getState);
  const decisions = useMemo(
    () => toFileDecisions({ paths, choices, lineCountOf: (path) => patches.get(path)?.hunks.length }),
    [paths, choices, patches],
  );
  const ask = useEffectEvent(() => {
    if (decisions !== null) check.ask(decisions);
  });
  useEffect(() => ask(), [decisions]);
  const saving = useSaveDecisions(run, { onSaved: () => session.forget() });
  const isChecking = decisions === null || isAsked || result === null;
  const problems = isChecking ? none : result.problems;
  const counts = countChoices({ choices, paths });
  const isEmpty = counts.taken + counts.mixed === 0;
  const asksAgain = counts.again > 0;
  const canContinue = isPartial && !asksAgain;
  const save = () => {
    if (decisions !== null && !saving.isPending && (!isEmpty || asksAgain))
      saving.save({ runId, decisions, acceptIssues: problems.length > 0 });
  };
  const goOn = () => {
    if (decisions !== null && !saving.isPending) saving.goOn({ runId, decisions });
  };
  return {
    session,
    choices,
    counts,
    problems,
    isChecking,
    checkError: error,
    checkAgain: () => check.retry(),
    isDecided: decisions !== null,
    isEmpty,
    asksAgain,
    canContinue,
    isPending: saving.isPending,
    error: saving.error,
    save,
    goOn,
    /** The most helpful action here. */
    finish: canContinue ? goOn : save,
  };
}

export type HeldDecisions = ReturnType<typeof useHeldDecisions>;
