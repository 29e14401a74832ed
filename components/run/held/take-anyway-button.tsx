"use client";

import type { RunCandidate, RunOutput } from "#lib/contracts/runs/run.ts";
import { useSaveDecisions } from "../../review/deciding/held/save-decisions.ts";
import { storedChoices } from "../../review/deciding/stored-choices.ts";
import { Button } from "../../ui/button.tsx";
import { ErrorState } from "../../ui/states/error-state.tsx";

/** Stores the whole result despite failing checks of the project. The version is marked with them. */
export function TakeAnywayButton({ run, candidate }: { run: RunOutput; candidate: RunCandidate }) {
  const { runId } = run;
  const { save, isPending, error } = useSaveDecisions(run, { onSaved: () => storedChoices(runId).write(null) });
  const decisions = candidate.changes.map(({ path }) => ({ path, decision: "accept" as const }));
  return (
    <>
      <Button isPending={isPending} onClick={() => save({ runId, decisions, acceptIssues: true })}>
        Take anyway
      </Button>
      {error !== null && <ErrorState error={error} />}
    </>
  );
}
