"use client";

import { useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { ProposedDecision, RunCandidate, RunOutput } from "#lib/contracts/runs/run.ts";
import { useTRPC } from "#lib/trpc/client.tsx";
import { ErrorState } from "../../../ui/states/error-state.tsx";
import { Skeleton } from "../../../ui/states/skeleton.tsx";
import { groupByCause } from "../causes.ts";
import { DecidingReview } from "../deciding-review.tsx";
import type { DecisionWords } from "../decision-choice.tsx";
import { useHeldDecisions } from "./held-decisions.ts";
import { toHeldFiles } from "./held-files.ts";
import { useHeldPatches, useHeldTexts } from "./held-patches.ts";
import { HeldResult } from "./held-result.tsx";

type Held = { run: RunOutput; candidate: RunCandidate };

/** A run's held result as changes to decide on: the accepted ones make the version. */
export function HeldReview({ run, candidate }: Held) {
  const trpc = useTRPC();
  const { data, error, refetch } = useQuery(
    trpc.run.proposedDecisions.queryOptions({ runId: run.runId }, { staleTime: Number.POSITIVE_INFINITY }),
  );
  if (data !== undefined)
    return <LoadedHeldReview key={run.runId} run={run} candidate={candidate} proposed={data.items} />;
  return error === null ? (
    <Skeleton className={heightClass} />
  ) : (
    <ErrorState error={error} onRetry={() => void refetch()} />
  );
}

/** Most of the window's height: the content above scrolls away. */
const heightClass = "h-[calc(var(--app-height)-7rem)] min-h-128";

const words: DecisionWords = {
  take: { label: "Take new", description: "The change is what you want." },
  old: { label: "Keep old", description: "The file stays as it was." },
  leaveOut: { label: "Leave out", description: "The file is new; the version will not have it." },
  again: {
    label: "Ask again",
    description: "The model does this file again, from the old text. The other files stay as decided here.",
  },
};

function LoadedHeldReview({ run, candidate, proposed }: Held & { proposed: readonly ProposedDecision[] }) {
  const { runId } = run;
  const { changes, issues: found } = candidate;
  const patches = useHeldPatches({ runId, changes });
  const loadTexts = useHeldTexts(runId);
  const { byPath } = patches;
  const files = useMemo(
    () => toHeldFiles({ changes, isBinary: (path) => byPath.get(path)?.isBinary === true }),
    [changes, byPath],
  );
  const paths = useMemo(() => files.map(({ path }) => path), [files]);
  const decided = useHeldDecisions({ run, candidate, proposed, paths, patches: byPath });
  const { problems } = decided;
  const causes = useMemo(() => groupByCause({ paths, issues: found, proposed }), [paths, found, proposed]);
  const issues = useMemo(() => [...found, ...problems], [found, problems]);
  return (
    <DecidingReview
      label="What the run holds"
      className={heightClass}
      changes={{
        key: `held ${runId}`,
        files,
        patches: byPath,
        arePatchesComplete: patches.isComplete,
        patchError: patches.error,
        onRetry: patches.retry,
        causes,
        issues,
      }}
      session={decided.session}
      choices={decided.choices}
      words={words}
      loadTexts={loadTexts}
      onSave={decided.finish}
      renderResult={(goTo) => <HeldResult projectId={run.projectId} decided={decided} onShow={goTo} />}
    />
  );
}
